import Glibc

/// A way to somewhere that has a file's name: a device, a named pipe, what a process has open.
enum Stream {
  /// Writes at its end. Refuses what another user would read from, or what is no way for words: a disk, a
  /// socket, a device outside of `/dev`.
  static func write(_ destination: Destination, _ bytes: [UInt8]) throws(FileError) {
    let path = destination.path
    // A pipe that no program reads from would hold the caller; the last name is no link but a kernel's own.
    let flags = O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let file = open(path, destination.isOpenFile ? flags : flags | O_NOFOLLOW)
    guard file >= 0 else {
      throw FileError(path, errno == ENXIO && kind(of: path) == S_IFIFO ? .noReader : .system(errno))
    }
    defer { close(file) }
    try check(file, destination)
    // From here on a reader that is slow is waited for.
    guard fcntl(file, F_SETFL, O_APPEND) == 0 else { throw FileError(path) }
    try Temporary.write(bytes, to: file, path)
  }

  /// Looks at what was opened, and not at what has the name by now.
  private static func check(_ file: CInt, _ destination: Destination) throws(FileError) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileError(destination.path) }
    switch status.st_mode & S_IFMT {
    case S_IFCHR where destination.isOpenFile || destination.path.hasPrefix("/dev/"): return
    case S_IFIFO, S_IFREG:
      guard status.st_uid == geteuid() else { throw FileError(destination.path, .foreign) }
    default: throw FileError(destination.path, .notRegular)
    }
  }

  private static func kind(of path: String) -> mode_t? {
    let reason = errno
    defer { errno = reason }
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
