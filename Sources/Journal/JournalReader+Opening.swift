/// Reads a journal that this process cannot write, for example on a disk that is full or read-only. Nothing
/// is written to its files.
extension JournalReader {
  /// Opens a file of the present format or of an earlier one. Of an earlier format, a copy in memory is
  /// migrated. The reader must be gone before the journal is opened for writing.
  package convenience init(at path: String) throws(JournalError) {
    try JournalFile(path: path).check()
    let found = try Self.database(path)
    let version = try Schema.checkedVersion(of: found)
    guard version > 0 else { throw .foreign(found.path) }
    try self.init(
      version == Schema.migrations.count ? found : try Self.migratedCopy(of: found, from: version))
  }

  private static func migratedCopy(
    of found: borrowing Database, from version: Int
  ) throws(JournalError) -> Database {
    let copy = try Database(copying: found)
    try Schema.migrate(copy, from: version)
    return copy
  }

  /// True if nothing at `path` could be lost by beginning a new journal there. False also if the file cannot
  /// be read.
  package static func isUnbegun(at path: String) -> Bool {
    let file = JournalFile(path: path)
    // If the disk became full during the first migration, a log exists that has no whole transaction.
    guard file.hasLog, (try? file.check()) != nil else { return file.isUnbegun }
    return (try? database(path).firstInteger("SELECT count(*) FROM sqlite_schema")) == 0
  }

  /// Opens a file in the first way that the disk allows. Each way needs less of the disk than the one before
  /// it. The last way does not read a write-ahead log.
  private static func database(_ path: String) throws(JournalError) -> Database {
    if let readOnly = try open(path, .read) { return readOnly }
    if let exclusive = try open(path, .readWithoutRoom) { return exclusive }
    guard !JournalFile(path: path).hasLog else {
      throw .unusable(path: path, reason: "its write-ahead log cannot be read on this disk")
    }
    return try Database(at: path, for: .readUnchanging)
  }

  /// Nil if the disk does not allow this access. A file that another program has locked is not read in any
  /// way: half of a change may be in it.
  private static func open(_ path: String, _ access: Database.Access) throws(JournalError) -> Database? {
    do throws(JournalError) {
      let database = try Database(at: path, for: access)
      _ = try database.firstInteger("SELECT count(*) FROM sqlite_schema")
      return database
    } catch {
      if case .busy = error { throw error }
      guard error.isTemporary else { throw error }
      return nil
    }
  }
}
