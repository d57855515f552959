import CSQLite

/// An open SQLite database. Used from one queue only.
struct Database: ~Copyable {
  let path: String
  private let handle: OpaquePointer

  /// SQLite's own handle, for what reads beside statements; valid while this lives.
  var connection: OpaquePointer { handle }

  /// What is to be done with a file.
  enum Access {
    /// Read and written; it must exist.
    case write
    /// Read, beside a process that writes.
    case read
    /// Read on a disk that has no room even for the index of its write-ahead log, which is then held in
    /// memory.
    case readWithoutRoom
    /// Read on a disk that takes nothing at all. Only where there is no write-ahead log: it would not be
    /// read.
    case readUnchanging
  }

  /// Opens a file. Nothing is read from it yet. Until `settle`, closing it writes nothing to it.
  init(at path: String, for access: Access = .write) throws(JournalError) {
    var handle: OpaquePointer?
    let mode =
      switch access {
      case .write, .readWithoutRoom: SQLITE_OPEN_READWRITE
      case .read: SQLITE_OPEN_READONLY
      case .readUnchanging: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    let name = access == .readUnchanging ? Self.unchanging(path) : Self.plain(path)
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
    keepLogOnClose(true)
  }

  /// A copy in memory, to be changed at will: nothing of that gets into the file.
  init(copying other: borrowing Database) throws(JournalError) {
    var handle: OpaquePointer?
    var code = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nil)
    if code == SQLITE_OK {
      // All at once. What goes wrong, also with the other one, is the copy's error.
      let backup = sqlite3_backup_init(handle, "main", other.handle, "main")
      let step = sqlite3_backup_step(backup, -1)
      code = backup == nil ? sqlite3_errcode(handle) : sqlite3_backup_finish(backup)
      // A step that waited in vain is no error of the end.
      if code == SQLITE_OK, [SQLITE_BUSY, SQLITE_LOCKED].contains(step & 0xff) { code = step }
    }
    guard code == SQLITE_OK, let handle else {
      let cause = SQLiteFailure(code: code, from: handle)
      sqlite3_close_v2(handle)
      throw JournalError(cause, path: other.path)
    }
    path = other.path
    self.handle = handle
  }

  /// What a connection is told before anything is read.
  private static func settings(for access: Access) -> String {
    // Titles stay out of temporary files, and a schema that someone tampered with calls no functions.
    let all = "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
    // The mode comes first: what follows would read the log, for which there is no room otherwise.
    let mode = access == .readWithoutRoom ? "PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON;" : ""
    // SQLite keeps pages up to a limit that is 2 MiB where none is set: memory would grow with the file for
    // hours. What the daemon asks again and again is on a few of them.
    return all + mode + "PRAGMA cache_size = -\(cache)"
  }

  /// KiB.
  private static let cache = 256

  /// SQLite may be built to take names that begin with "file:" as URIs.
  private static func plain(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

  /// The URI of a file that nobody changes (sqlite.org/uri.html).
  private static func unchanging(_ path: String) -> String {
    var uri = "file:"
    for byte in plain(path).utf8 {
      let isPlain =
        byte > 32 && byte < 127 && !"%?#".utf8.contains(byte)
      let digits = String(byte, radix: 16)
      uri += isPlain ? String(UnicodeScalar(byte)) : digits.count == 1 ? "%0" + digits : "%" + digits
    }
    return uri + "?immutable=1"
  }

  /// The file is what it should be: closing it moves its write-ahead log into it, where nobody else has it
  /// open.
  func settle() { keepLogOnClose(false) }

  /// Closing the file writes nothing to it any more: it is damaged, and stays as it is.
  func abandon() { keepLogOnClose(true) }

  private func keepLogOnClose(_ isKept: Bool) { _ = ritual_sqlite3_keep_log_on_close(handle, isKept ? 1 : 0) }

  deinit {
    // Where statements are still there, it closes with the last of them.
    sqlite3_close_v2(handle)
  }

  /// Milliseconds to wait for another program's write to end. The daemon's one queue waits with us, so it is
  /// short.
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

  /// The numbers of the newest note and the newest entry; 0 where there is none.
  func newest() throws(JournalError) -> (note: Int64, entry: Int64) {
    let note = try firstInteger("SELECT max(id) FROM note") ?? 0
    return (note, try firstInteger("SELECT max(id) FROM entry") ?? 0)
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

  /// What SQLite finds wrong with one table and its indexes; "ok" where it is nothing.
  func integrity(of table: String) throws(JournalError) -> String? {
    try firstText("PRAGMA integrity_check('\(table)')")
  }

  /// Copies the write-ahead log into the database file, as far as readers let it.
  func checkpoint() throws(JournalError) {
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Copies all of the write-ahead log into the database file, wherever that is now, and empties it.
  func emptyLog() throws(JournalError) {
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Leaves nothing of what was deleted: writes the database anew, without the room that deleted rows had,
  /// and empties the write-ahead log, which has them from before. Where another program reads the file, that
  /// is refused as busy.
  func shred() throws(JournalError) {
    // Tried also where there is no room for the first: the log is what still has the words.
    let vacuumed = sqlite3_exec(handle, "VACUUM", nil, nil, nil)
    try emptyLog()
    guard vacuumed == SQLITE_OK else { throw failure(vacuumed) }
  }

  /// Ends what runs, with SQLITE_INTERRUPT, soon after `cancellation` is cancelled, which any thread may do.
  /// It must outlive the database.
  func obey(_ cancellation: Cancellation) {
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
