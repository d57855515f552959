import CSQLite
import Texts

/// A part of a text in the journal.
package struct TextPart: Hashable, Sendable {
  package let text: String
  /// The byte at which the next part begins; nil if this is the last part.
  package let next: Int?
  /// Bytes of the whole text.
  let length: Int
}

/// Reads the texts of one column part by part ("Incremental I/O", sqlite.org/c3ref/blob_open.html): a text
/// that an earlier version let in may have more bytes than the daemon may hold.
struct StoredTexts: ~Copyable {
  private let database: OpaquePointer
  private let path: String
  private let table: String
  private let column: String
  private var handle: OpaquePointer?

  /// The database must outlive this value.
  init(_ database: borrowing Database, table: String, column: String) {
    self.database = database.connection
    path = database.path
    self.table = table
    self.column = column
  }

  deinit { sqlite3_blob_close(handle) }

  /// A part of a row's text, from a byte on and of at most `limit` bytes, in whole characters.
  mutating func text(of row: Int64, from start: Int, upTo limit: Int) throws(JournalError) -> TextPart {
    try open(row)
    let length = Int(sqlite3_blob_bytes(handle))
    let start = min(max(start, 0), length)
    // Three more bytes show if the last character is whole.
    let count = min(length - start, limit + 3)
    var code = SQLITE_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      if count > 0 { code = sqlite3_blob_read(handle, buffer.baseAddress, Int32(count), Int32(start)) }
      filled = code == SQLITE_OK ? count : 0
    }
    guard code == SQLITE_OK else { throw failure(code) }
    guard count > limit else {
      return TextPart(text: String(decoding: bytes, as: UTF8.self), next: nil, length: length)
    }
    let whole = TextBound.wholeCharacters(bytes, upTo: limit)
    return TextPart(
      text: String(decoding: bytes[..<whole], as: UTF8.self), next: start + whole, length: length)
  }

  private mutating func open(_ row: Int64) throws(JournalError) {
    let code =
      handle == nil
      ? sqlite3_blob_open(database, "main", table, column, row, 0, &handle) : sqlite3_blob_reopen(handle, row)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  private func failure(_ code: Int32) -> JournalError {
    JournalError(SQLiteFailure(code: code, from: database), path: path)
  }
}
