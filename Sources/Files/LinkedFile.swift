import CLinux
import Glibc

/// Files that cannot be replaced by a new one: they have other names (hard links), which would go on with the
/// old text, or an owner that a new file cannot have. They are written in place.
enum LinkedFile {
  /// Writes a file, if it still holds what was read. False where another program has it open, changes it or
  /// replaces it.
  static func replace(
    _ path: String, of owner: AtomicFile.Ownership, ifStill before: [UInt8], with after: [UInt8]
  ) throws(FileError) -> Bool {
    let file = try opened(path, O_RDWR, of: owner)
    defer { close(file) }
    // Others who open it wait until it is written (fcntl(2), "Leases"). Where there are no leases, a look has
    // to do.
    guard ritual_set_lease(file, Int32(F_WRLCK)) == 0 || errno != EAGAIN else { return false }
    defer { _ = ritual_set_lease(file, Int32(F_UNLCK)) }
    guard try FileContents.bytes(from: file, upTo: before.count, path) == before, isStill(path, file) else {
      return false
    }
    do throws(FileError) {
      try write(after, to: file, path)
    } catch {
      // A full disk must not leave half of it.
      try? write(before, to: file, path)
      throw error
    }
    return isStill(path, file)
  }

  /// Writes a file of this user's, whatever it holds.
  static func overwrite(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let file = try opened(path, O_WRONLY, of: .own)
    defer { close(file) }
    try write(bytes, to: file, path)
  }

  /// Looks at what was opened: another user may have put it there since the name was looked at.
  private static func opened(
    _ path: String, _ flags: CInt, of owner: AtomicFile.Ownership
  ) throws(FileError) -> CInt {
    let file = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else {
      throw FileError(path, errno == EWOULDBLOCK ? .beingWritten : .system(errno))
    }
    do throws(FileError) {
      var status = stat()
      guard fstat(file, &status) == 0 else { throw FileError(path) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(path, .notRegular) }
      try owner.check(status, path)
      return file
    } catch {
      close(file)
      throw error
    }
  }

  /// Writes from the beginning, and makes it durable.
  private static func write(_ bytes: [UInt8], to file: CInt, _ path: String) throws(FileError) {
    guard lseek(file, 0, SEEK_SET) == 0 else { throw FileError(path) }
    try Temporary.write(bytes, to: file, path)
    guard ftruncate(file, bytes.count) == 0, fsync(file) == 0 else { throw FileError(path) }
  }

  private static func isStill(_ path: String, _ file: CInt) -> Bool {
    var status = stat()
    return fstat(file, &status) == 0 && FileIdentity(of: path, followingLinks: false) == FileIdentity(status)
  }
}
