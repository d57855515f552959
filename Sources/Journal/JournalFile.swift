import CSQLite
import Descriptors
import Files
import Glibc

/// The journal's file, and those that SQLite keeps beside it.
struct JournalFile {
  let path: String

  /// What SQLite adds to the name: the write-ahead log, its index, and the rollback journal of other modes.
  static let companions = ["-wal", "-shm", "-journal"]

  /// Makes the file where it is missing, empty; sets the modes to 0600; refuses what is no regular file, and
  /// what a look at its first bytes shows to be no journal. Not while SQLite has it open: closing it here
  /// would drop SQLite's locks.
  func prepare() throws(JournalError) {
    let isNew = !FileStatus.exists(path)
    try makePrivate(path, creating: true)
    for companion in Self.companions where FileStatus.exists(path + companion) {
      try makePrivate(path + companion)
    }
    try look()
    if isNew { Folder(of: path).synchronize() }
  }

  /// Refuses what is no journal of ours, without SQLite.
  func look() throws(JournalError) {
    let size = size(path)
    guard size > 0 else {
      // SQLite throws away the write-ahead log of an empty file.
      guard !hasLog else { throw .damaged(path, "empty, but its write-ahead log is not") }
      return
    }
    // SQLite takes a file of one byte for an empty one.
    guard let header = DatabaseHeader(try firstBytes()) else {
      throw .notAJournal(
        path: path, cause: SQLiteFailure(code: SQLITE_NOTADB, message: "file is not a database"))
    }
    try header.check(path: path, size: size, hasLog: hasLog)
  }

  /// Whether there is nothing here that a journal begun anew could lose: no file, or one that was made and
  /// never got a table. No, too, where that cannot be seen: the folder or the file does not let itself be
  /// looked at.
  var isUnbegun: Bool {
    guard !hasLog else { return false }
    do throws(FileError) {
      guard let status = try FileStatus.find(path) else { return true }
      guard status.kind == .file else { return false }
      return status.size == 0 || (try? firstBytes()).flatMap { DatabaseHeader($0) }?.isUnbegun == true
    } catch {
      return false
    }
  }

  /// Whether there is a write-ahead log that may hold something.
  var hasLog: Bool { size(path + "-wal") > 0 }

  /// Enough for its header and the beginning of the page that the header is on; less where the file is
  /// shorter.
  private func firstBytes() throws(JournalError) -> [UInt8] {
    let size = DatabaseHeader.size + 8
    do throws(FileError) {
      return Array(try FileContents(of: path, upTo: size, followingLinks: false).bytes.prefix(size))
    } catch {
      throw .file(error)
    }
  }

  /// Bytes in a regular file; 0 where there is none.
  private func size(_ path: String) -> Int {
    guard let status = try? FileStatus.find(path), status.kind == .file else {
      return 0
    }
    return status.size
  }

  private func makePrivate(_ path: String, creating: Bool = false) throws(JournalError) {
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
  /// What a failure at the journal's file, or one beside it, means for the journal.
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
