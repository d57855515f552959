import CSQLite

/// An open SQLite database. Used from one queue only.
struct Database: ~Copyable {
  let path: String
  private let handle: OpaquePointer

  /// SQLite's own handle, for `StoredTexts`; valid while this value lives.
  var connection: OpaquePointer { handle }

  /// A way to open a file that exists.
  enum Access {
    /// Reading and writing.
    case write
    /// Reading, beside a process that writes.
    case read
    /// Reading on a disk that has no room even for the index of the write-ahead log: memory holds the index.
    case readWithoutRoom
    /// Reading the file alone, without locks and without its write-ahead log, as if nobody could change it.
    case readUnchanging
    /// The same, for the numbers in the file's header. The file may be shorter than it says: a log may have
    /// the rest.
    case readBeginning
  }

  /// Opens a file, and reads nothing yet. Closing it writes nothing, unless `allowCheckpointOnClose` was
  /// called.
  init(at path: String, for access: Access = .write) throws(JournalError) {
    var handle: OpaquePointer?
    let mode =
      switch access {
      case .write, .readWithoutRoom: SQLITE_OPEN_READWRITE
      case .read: SQLITE_OPEN_READONLY
      case .readUnchanging, .readBeginning: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    let name = mode & SQLITE_OPEN_URI != 0 ? Self.unchanging(path) : Self.plain(path)
    var code = sqlite3_open_v2(name, &handle, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    if code == SQLITE_OK { code = sqlite3_exec(handle, Self.settings(for: access), nil, nil, nil) }
    guard code == SQLITE_OK, let handle else {
      let cause = SQLiteFailure(code: code, from: handle)
      sqlite3_close_v2(handle)
      throw JournalError(cause, path: path)
    }
    sqlite3_busy_timeout(handle, Self.patience)
    self.path = path
    self.handle = handle
    forbidCheckpointOnClose()
  }

  /// Copies a database into memory. Changes of the copy do not get into the file.
  init(copying other: borrowing Database) throws(JournalError) {
    var handle: OpaquePointer?
    var code = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nil)
    if code == SQLITE_OK { code = Self.copyPages(from: other.handle, to: handle) }
    guard code == SQLITE_OK, let handle else {
      let cause = SQLiteFailure(code: code, from: handle)
      sqlite3_close_v2(handle)
      throw JournalError(cause, path: other.path)
    }
    path = other.path
    self.handle = handle
  }

  /// Copies the database, with its write-ahead log, into an empty file. The copy is on the disk when this
  /// returns, and there are no files beside it. Errors have the path of this database.
  func copy(to file: String) throws(JournalError) {
    let copy = try Database(at: file)
    // The file is thrown away after a failure, so SQLite need not be able to undo anything in it.
    try copy.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL")
    let code = Self.copyPages(from: handle, to: copy.handle)
    guard code == SQLITE_OK else {
      throw JournalError(SQLiteFailure(code: code, from: copy.handle), path: path)
    }
  }

  /// Copies all pages in one step. `copy` has the error, also an error of the original.
  private static func copyPages(from original: OpaquePointer, to copy: OpaquePointer?) -> Int32 {
    let backup = sqlite3_backup_init(copy, "main", original, "main")
    let step = sqlite3_backup_step(backup, -1)
    let code = backup == nil ? sqlite3_errcode(copy) : sqlite3_backup_finish(backup)
    // sqlite3_backup_finish does not report a step that found the original locked.
    return code == SQLITE_OK && [SQLITE_BUSY, SQLITE_LOCKED].contains(step & 0xff) ? step : code
  }

  /// Statements for a new connection, run before anything is read.
  private static func settings(for access: Access) -> String {
    // Titles stay out of temporary files, and a schema that another program changed calls no functions.
    let all = "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
    // SQLite refuses a file that was cut short otherwise, and to set the cache it would read the whole
    // schema.
    if access == .readBeginning { return all + "PRAGMA writable_schema = ON" }
    // The mode comes first: the statements after it would read the log, which needs room otherwise.
    let mode = access == .readWithoutRoom ? "PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON;" : ""
    // SQLite caches pages up to 2 MiB by default: memory would grow with the file for hours. The daemon's
    // queries need few pages.
    return all + mode + "PRAGMA cache_size = -\(cache)"
  }

  /// KiB of pages.
  private static let cache = 256

  /// The path as SQLite takes it: some builds take names that begin with "file:" as URIs.
  private static func plain(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

  /// The URI that opens a file as immutable (sqlite.org/uri.html).
  private static func unchanging(_ path: String) -> String {
    let name = plain(path).utf8.map { byte in
      let isPlain = byte > 32 && byte < 127 && !"%?#".utf8.contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
    }
    return "file:\(name.joined())?immutable=1"
  }

  /// Lets closing copy the write-ahead log into the file, if no other process has it open.
  func allowCheckpointOnClose() { _ = ritual_sqlite3_keep_log_on_close(handle, 0) }

  /// Makes closing write nothing: the file is damaged or not checked yet, and stays as it is.
  func forbidCheckpointOnClose() { _ = ritual_sqlite3_keep_log_on_close(handle, 1) }

  deinit {
    // The connection closes with the last of its statements.
    sqlite3_close_v2(handle)
  }

  /// Milliseconds to wait for the end of another program's write. The daemon's one queue waits meanwhile.
  private static let patience: Int32 = 200

  func prepare(_ sql: String) throws(JournalError) -> Statement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure(code) }
    return Statement(statement, path: path)
  }

  /// Runs statements and ignores their rows.
  func execute(_ sql: String) throws(JournalError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// The first column of the first row, as text; nil if there is none.
  func firstText(_ sql: String) throws(JournalError) -> String? {
    var text: String?
    try prepare(sql).forEachRow { row in text = text ?? row.text(0) }
    return text
  }

  /// The first column of the first row, as an integer; nil if there is none.
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
      // After some errors SQLite has rolled back by itself. If this fails, the next BEGIN reports it.
      if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
      throw error
    }
  }

  /// The first damage in one table and its indexes, in SQLite's words; "ok" if there is none.
  func integrity(of table: String) throws(JournalError) -> String? {
    try firstText("PRAGMA integrity_check('\(table)')")
  }

  /// Copies the write-ahead log into the database file, as far as no reader needs it.
  func checkpoint() throws(JournalError) {
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Copies all of the write-ahead log into the database file, also into one that was moved, and empties the
  /// log.
  func emptyLog() throws(JournalError) {
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Removes all traces of deleted rows: writes the database anew without their room, and empties the
  /// write-ahead log, which still has them. Throws `busy` while another program reads the file.
  func shred() throws(JournalError) {
    // The log is emptied even if there is no room for VACUUM: it still has the words.
    let vacuumed = sqlite3_exec(handle, "VACUUM", nil, nil, nil)
    try emptyLog()
    guard vacuumed == SQLITE_OK else { throw failure(vacuumed) }
  }

  /// Ends the running statement with SQLITE_INTERRUPT soon after any thread cancels `cancellation`, which
  /// must outlive the database.
  func stop(on cancellation: Cancellation) {
    let context = Unmanaged.passUnretained(cancellation).toOpaque()
    sqlite3_progress_handler(
      handle, 1_000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<Cancellation>.fromOpaque(context).takeUnretainedValue().isCancelled ? 1 : 0
      }, context)
  }

  private func failure(_ code: Int32) -> JournalError {
    JournalError(SQLiteFailure(code: code, from: handle), path: path)
  }
}
