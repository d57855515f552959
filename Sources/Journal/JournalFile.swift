import CSQLite
import Glibc

/// The journal's file, and those that SQLite keeps beside it.
struct JournalFile {
  let path: String

  /// What SQLite adds to the name: the write-ahead log, its index, and the rollback journal of other modes.
  static let companions = ["-wal", "-shm", "-journal"]

  /// Makes the file where it is missing, empty; sets the modes to 0600; refuses what is no regular file, and what a
  /// look at its first bytes shows to be no journal. Not while SQLite has it open: closing it here would drop
  /// SQLite's locks.
  func prepare() throws(JournalError) {
    let isNew = access(path, F_OK) != 0
    try openPrivately(path, O_CREAT)
    for companion in Self.companions where access(path + companion, F_OK) == 0 {
      try openPrivately(path + companion, 0)
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
    var status = stat()
    guard lstat(path, &status) == 0 else { return errno == ENOENT }
    guard status.st_mode & S_IFMT == S_IFREG else { return false }
    return status.st_size == 0 || (try? firstBytes()).flatMap { DatabaseHeader($0) }?.isUnbegun == true
  }

  /// Whether there is a write-ahead log that may hold something.
  var hasLog: Bool { size(path + "-wal") > 0 }

  /// Enough for its header and the beginning of the page that the header is on; less where the file is shorter.
  private func firstBytes() throws(JournalError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: DatabaseHeader.size + 8)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw failure(path, errno) }
    return Array(bytes[..<count])
  }

  /// Bytes in a regular file; 0 where there is none.
  private func size(_ path: String) -> Int {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
    return Int(status.st_size)
  }

  private func openPrivately(_ path: String, _ flags: Int32) throws(JournalError) {
    let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
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

  private func failure(_ path: String, _ error: Int32) -> JournalError {
    switch error {
    case ELOOP: .unusable(path: path, reason: "it is a symbolic link; put the file itself there")
    case EISDIR: .unusable(path: path, reason: "it is a folder; move it away")
    case ENXIO: .unusable(path: path, reason: "it is not a regular file; move it away")
    default: .system(error, path: path)
    }
  }
}
