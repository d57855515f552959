import CSQLite
import Glibc

/// The journal's file, and those that SQLite keeps beside it.
struct JournalFile {
  let path: String

  /// What SQLite adds to the name: the write-ahead log, its index, and the rollback journal of other modes.
  static let companions = ["-wal", "-shm", "-journal"]

  /// Bytes that every database begins with (sqlite.org/fileformat.html, 1.3).
  private static let headerSize = 100

  /// Makes the file where it is missing, empty; sets the modes to 0600; refuses what is no regular file.
  func prepare() throws(JournalError) {
    // SQLite takes a file of one byte for an empty one, and throws away the write-ahead log of an empty one.
    guard !(1..<Self.headerSize).contains(size(path)) else {
      throw .notAJournal(
        path: path, cause: SQLiteFailure(code: SQLITE_NOTADB, message: "file is not a database"))
    }
    guard size(path) > 0 || size(path + "-wal") == 0 else {
      throw .notAJournal(
        path: path,
        cause: SQLiteFailure(code: SQLITE_CORRUPT, message: "empty, but its write-ahead log is not"))
    }
    let isNew = access(path, F_OK) != 0
    try openPrivately(path, O_CREAT)
    for companion in Self.companions where access(path + companion, F_OK) == 0 {
      try openPrivately(path + companion, 0)
    }
    if isNew { Folder(of: path).synchronize() }
  }

  /// Bytes in a regular file; 0 where there is none.
  private func size(_ path: String) -> Int {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
    return Int(status.st_size)
  }

  /// Opened and closed before SQLite opens it: closing would drop SQLite's locks.
  private func openPrivately(_ path: String, _ flags: Int32) throws(JournalError) {
    let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags, 0o600)
    guard descriptor >= 0 else { throw .unusable(path: path, reason: reason(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unusable(path: path, reason: "it is not a regular file; move it away")
    }
    guard status.st_mode & 0o777 != 0o600 else { return }
    guard fchmod(descriptor, 0o600) == 0 else {
      throw .unusable(path: path, reason: "it cannot be made private (mode 0600): \(systemMessage(errno))")
    }
  }

  private func reason(_ error: Int32) -> String {
    switch error {
    case ELOOP: "it is a symbolic link; put the file itself there"
    case EISDIR: "it is a folder; move it away"
    case ENXIO: "it is not a regular file; move it away"
    default: "\(systemMessage(error)); make the file and its folder writable"
    }
  }
}
