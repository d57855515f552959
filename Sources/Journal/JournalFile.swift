import CSQLite
import Descriptors
import Files
import Glibc

/// The journal's file, and the files that SQLite keeps beside it.
struct JournalFile {
  let path: String

  /// Suffixes of the files beside it: the write-ahead log, its index, and the rollback journal of other
  /// modes.
  static let companions = ["-wal", "-shm", "-journal"]

  /// Makes an empty file if it is missing, sets the modes to 0600, and checks the file. Throws for anything
  /// but a regular file. Not while SQLite has it open: closing it here would drop SQLite's locks.
  func prepare() throws(JournalError) {
    let isNew = !FileStatus.exists(path)
    try Self.makePrivate(path, creating: true)
    for companion in Self.companions where FileStatus.exists(path + companion) {
      try Self.makePrivate(path + companion)
    }
    try check()
    if isNew { Folder(of: path).synchronize() }
  }

  /// Throws for a file that is not a journal, is damaged beyond doubt, or is of a later version. Only the
  /// file itself is read, as if nobody could change it: on a plain open, SQLite would finish another
  /// program's transactions, and so write to its file.
  func check() throws(JournalError) {
    let size = size(path)
    guard size > 0 else {
      // SQLite throws away the write-ahead log of an empty file.
      guard !hasLog else { throw .damaged(path, "empty, but its write-ahead log is not") }
      return
    }
    let beginning = try Beginning(of: path, size: size)
    // A new journal has its first tables in the log alone.
    guard !beginning.isUnbegun else { return }
    guard beginning.application == Schema.applicationID else { throw .foreign(path) }
    try Schema.check(beginning.version, path: path)
  }

  /// True if a new journal here could lose nothing: there is no file, or one that never got a table. False
  /// also if the folder or the file cannot be read.
  var isUnbegun: Bool {
    guard !hasLog else { return false }
    do throws(FileError) {
      guard let status = try FileStatus.find(path) else { return true }
      guard status.kind == .file else { return false }
      return status.size == 0 || (try? Beginning(of: path, size: status.size))?.isUnbegun == true
    } catch {
      return false
    }
  }

  /// The statements of a database file about itself, without its write-ahead log.
  private struct Beginning {
    let application: Int64
    let version: Int
    /// True if the file has no application's number, no version and no table. Its log may have some.
    let isUnbegun: Bool

    init(of path: String, size: Int) throws(JournalError) {
      // SQLite takes shorter files for new ones, or fills them up with zeros.
      guard size >= 512 else {
        throw .notAJournal(
          path: path, cause: SQLiteFailure(code: SQLITE_NOTADB, message: "file is not a database"))
      }
      let database = try Database(at: path, for: .readBeginning)
      application = try database.firstInteger("PRAGMA application_id") ?? 0
      version = Int(try database.firstInteger("PRAGMA user_version") ?? 0)
      guard application == 0, version == 0 else {
        isUnbegun = false
        return
      }
      isUnbegun = try database.firstInteger("SELECT count(*) FROM sqlite_schema") == 0
    }
  }

  /// True if there is a write-ahead log that is not empty.
  var hasLog: Bool { size(path + "-wal") > 0 }

  /// Bytes of a regular file; 0 if there is none.
  private func size(_ path: String) -> Int {
    guard let status = try? FileStatus.find(path), status.kind == .file else {
      return 0
    }
    return status.size
  }

  /// Sets the mode of a regular file to 0600.
  static func makePrivate(_ path: String, creating: Bool = false) throws(JournalError) {
    let error: ErrorNumber
    do throws(FileError) {
      let file = try Descriptor.regularFile(path, creating: creating)
      let mode = try FileStatus(ofOpen: file.raw, path).mode
      guard mode & 0o777 != 0o600, fchmod(file.raw, 0o600) != 0 else { return }
      error = .last
    } catch {
      throw .file(error)
    }
    throw .unusable(path: path, reason: "it cannot be made private (mode 0600): \(error)")
  }
}

extension JournalError {
  /// The journal's error for a failure at its file, or at a file beside it.
  static func file(_ error: FileError) -> JournalError {
    switch error.cause {
    case .link: .unusable(path: error.path, reason: "it is a symbolic link; put the file itself there")
    case .system(EISDIR): .unusable(path: error.path, reason: "it is a folder; move it away")
    case .notRegular: .unusable(path: error.path, reason: "it is not a regular file; move it away")
    case .system(let code): .system(code, path: error.path)
    default: .unusable(path: error.path, reason: error.reason)
    }
  }
}
