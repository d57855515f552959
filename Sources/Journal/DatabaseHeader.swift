import CSQLite

/// The first bytes of a database file (sqlite.org/fileformat.html, 1.3): enough to tell whose it is before SQLite
/// touches it. SQLite would finish another program's transactions, which is writing to its file.
struct DatabaseHeader {
  static let size = 100
  private static let magic = Array("SQLite format 3\u{0}".utf8)
  /// Formats beyond this one are no later versions of ours: bits have fallen over.
  private static let lastCredible = 9_999

  /// Bytes of a page; 0 where the file says something impossible.
  let pageSize: Int
  /// Pages of the whole file; nil where the file does not know, which early versions of SQLite leave open.
  let pages: Int?
  let version: Int
  let application: Int64
  /// Whether no table is in the file itself; its write-ahead log may have some.
  let isEmpty: Bool

  /// Reads what a file begins with: its header, and a few bytes of the page that the header is on. Nil where it is
  /// no database.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.size + 8, bytes.starts(with: Self.magic) else { return nil }
    func number(_ place: Int, bytes count: Int) -> Int {
      bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
    }
    let size = number(16, bytes: 2)
    pageSize = size == 1 ? 65_536 : size >= 512 && size & (size - 1) == 0 ? size : 0
    // The count is valid where the change counter is as it was when it was written.
    pages = number(24, bytes: 4) == number(92, bytes: 4) ? number(28, bytes: 4) : nil
    version = number(60, bytes: 4)
    application = Int64(number(68, bytes: 4))
    // The page is the schema's: a leaf (13) with no cells has no tables.
    isEmpty = bytes[Self.size] == 13 && number(Self.size + 3, bytes: 2) == 0
  }

  /// Whether the file itself has nothing of anybody's; its write-ahead log may have some.
  var isUnbegun: Bool { application == 0 && version == 0 && isEmpty }

  /// Refuses a file that is not ours, is damaged beyond doubt, or is of a later version. `hasLog` says whether a
  /// write-ahead log may complete what the file says.
  func check(path: String, size: Int, hasLog: Bool) throws(JournalError) {
    guard pageSize > 0 else { throw .damaged(path, "its header is damaged") }
    // A new journal has its first tables in the log alone.
    if isUnbegun { return }
    guard application == Schema.applicationID else { throw .foreign(path) }
    try Self.check(version, path: path)
    guard hasLog || pages.map({ $0 * pageSize <= size }) ?? true else {
      throw .damaged(path, "it was cut short")
    }
  }

  /// Refuses a format that this version does not know.
  static func check(_ version: Int, path: String) throws(JournalError) {
    guard version <= Schema.migrations.count else {
      guard version <= lastCredible else { throw .damaged(path, "its format is \(version)") }
      throw .tooNew(path: path, found: version, known: Schema.migrations.count)
    }
    guard version > 0 else { throw .foreign(path) }
  }
}

extension JournalError {
  static func damaged(_ path: String, _ what: String) -> JournalError {
    .notAJournal(path: path, cause: SQLiteFailure(code: SQLITE_CORRUPT, message: what))
  }

  static func foreign(_ path: String) -> JournalError {
    let message = "it is another program's database"
    return .notAJournal(path: path, cause: SQLiteFailure(code: SQLITE_NOTADB, message: message))
  }
}
