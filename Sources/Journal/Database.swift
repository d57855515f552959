import CSQLite

/// An open SQLite database. Used from one queue only.
struct Database: ~Copyable {
  let path: String
  private let handle: OpaquePointer

  /// Opens a file that exists. Nothing is read from it yet.
  init(at path: String) throws(JournalError) {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    // SQLite may be built to take names that begin with "file:" as URIs.
    let name = path.hasPrefix("/") ? path : "./" + path
    let code = sqlite3_open_v2(name, &handle, flags, nil)
    guard code == SQLITE_OK, let handle else {
      let cause = SQLiteFailure(code: code, from: handle)
      sqlite3_close_v2(handle)
      throw JournalError(cause, path: path)
    }
    self.path = path
    self.handle = handle
    sqlite3_busy_timeout(handle, Self.patience)
  }

  deinit {
    // Where statements are still there, it closes with the last of them.
    sqlite3_close_v2(handle)
  }

  /// Milliseconds to wait for another program's write to end. The daemon's one queue waits with us, so it is short.
  private static let patience: Int32 = 200

  func prepare(_ sql: String) throws(JournalError) -> Statement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure(code) }
    return Statement(statement, path: path)
  }

  /// Runs statements whose rows are of no interest.
  func execute(_ sql: String) throws(JournalError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// The first column of the first row, as text; nil where there is none.
  func firstText(_ sql: String) throws(JournalError) -> String? {
    var text: String?
    try prepare(sql).forEachRow { row in text = text ?? row.text(0) }
    return text
  }

  /// The first column of the first row, as a number; nil where there is none.
  func firstInteger(_ sql: String) throws(JournalError) -> Int64? {
    var number: Int64?
    try prepare(sql).forEachRow { row in number = number ?? row.integer(0) }
    return number
  }

  /// Runs `body` in one transaction: all of it is durable when this returns, or none of it happened.
  func transaction(_ body: () throws(JournalError) -> Void) throws(JournalError) {
    try execute("BEGIN IMMEDIATE")
    do throws(JournalError) {
      try body()
      try execute("COMMIT")
    } catch {
      // After some errors SQLite has rolled back by itself. Should this fail, the next BEGIN says so.
      if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
      throw error
    }
  }

  /// Copies the write-ahead log into the database file, as far as readers let it.
  func checkpoint() throws(JournalError) {
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Gives back the memory that a pass over the whole file took.
  func releaseMemory() { sqlite3_db_release_memory(handle) }

  private func failure(_ code: Int32) -> JournalError {
    JournalError(SQLiteFailure(code: code, from: handle), path: path)
  }
}
