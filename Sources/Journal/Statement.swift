import CSQLite
import Texts

/// A prepared statement, used again and again. Used from one queue only.
struct Statement: ~Copyable {
  private let handle: OpaquePointer
  private let path: String

  /// Takes over a handle that `sqlite3_prepare_v3` gave.
  init(_ handle: OpaquePointer, path: String) {
    self.handle = handle
    self.path = path
  }

  deinit { sqlite3_finalize(handle) }

  /// The last row that any statement of the database has inserted.
  var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(sqlite3_db_handle(handle)) }

  /// Runs it to its end.
  func run(_ values: Value...) throws(JournalError) {
    try run(values) { _ in true }
  }

  /// Runs it to its end and calls `body` with each row. A row is valid only during that call.
  func forEachRow(_ values: Value..., body: (Row) throws(JournalError) -> Void) throws(JournalError) {
    try run(values) { row throws(JournalError) in
      try body(row)
      return true
    }
  }

  /// Runs it until `body` returns false.
  func takeRows(_ values: Value..., body: (Row) throws(JournalError) -> Bool) throws(JournalError) {
    try run(values, body)
  }

  private func run(
    _ values: [Value], _ body: (Row) throws(JournalError) -> Bool
  ) throws(JournalError) {
    defer {
      // Reset returns the failure of the last step, which is thrown already.
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (offset, value) in values.enumerated() {
      let code = bind(value, at: Int32(offset) + 1)
      guard code == SQLITE_OK else { throw failure(code) }
    }
    while true {
      let code = sqlite3_step(handle)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure(code) }
      guard try body(Row(handle)) else { return }
    }
  }

  private func bind(_ value: Value, at index: Int32) -> Int32 {
    switch value {
    case .null:
      return sqlite3_bind_null(handle, index)
    case .integer(let number):
      return sqlite3_bind_int64(handle, index, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        // A null pointer would bind NULL, and an empty text may have one.
        guard let start = bytes.baseAddress else { return ritual_sqlite3_bind_text(handle, index, "", 0) }
        return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
          ritual_sqlite3_bind_text(handle, index, start, Int32(clamping: bytes.count))
        }
      }
    }
  }

  private func failure(_ code: Int32) -> JournalError {
    JournalError(SQLiteFailure(code: code, from: sqlite3_db_handle(handle)), path: path)
  }
}

/// A parameter of a statement.
enum Value {
  case null
  case integer(Int64)
  case text(String)

  static func optional(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }
  static func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
}

/// A row of a statement's result; columns count from 0.
struct Row {
  private let handle: OpaquePointer

  fileprivate init(_ handle: OpaquePointer) { self.handle = handle }

  /// The integer in a column; nil if there is none.
  func integer(_ column: Int32) -> Int64? {
    guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { return nil }
    return sqlite3_column_int64(handle, column)
  }

  /// The whole text in a column, for programs, such as an id; nil if there is none.
  func text(_ column: Int32) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The text in a column for people, such as a title, cut at the bound of all texts: an earlier version may
  /// have let in more. Nil if there is none.
  func words(_ column: Int32) -> String? { bytes(column).map { TextBound.cut($0) } }

  private func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8>? {
    guard sqlite3_column_type(handle, column) == SQLITE_TEXT,
      let start = sqlite3_column_text(handle, column)
    else { return nil }
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }
}
