import Descriptors
import Glibc

/// A way to somewhere that has a file's name: a device, a named pipe, what a process has open.
enum Stream {
  /// Writes at its end. Refuses what another user would read from, and what is no way for words: a disk, a
  /// socket, a device outside of `/dev`.
  static func write(_ destination: Destination, _ bytes: [UInt8]) throws(FileError) {
    let path = destination.path
    // A pipe that no program reads from would hold the caller; the last name is no link but a kernel's own.
    let flags = O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY
    let file: Descriptor
    do throws(FileError) {
      file = try Descriptor(opening: path, destination.isOpenFile ? flags : flags | O_NOFOLLOW)
    } catch {
      let isPipe = (try? FileStatus(of: path).kind) == .pipe
      throw error.cause == .system(ENXIO) && isPipe ? FileError(path, .noReader) : error
    }
    try check(file, destination)
    // From here on the caller waits for a slow reader.
    guard fcntl(file.raw, F_SETFL, O_APPEND) == 0 else { throw FileError(path) }
    try file.write(bytes, path)
  }

  /// Looks at what was opened, and not at what has the name by now.
  private static func check(
    _ file: borrowing Descriptor, _ destination: Destination
  ) throws(FileError) {
    let path = destination.path
    let status = try FileStatus(ofOpen: file.raw, path)
    switch status.kind {
    case .device where destination.isOpenFile || path.hasPrefix("/dev/"): return
    case .pipe, .file: try AtomicFile.Ownership.own.check(status, path)
    default: throw FileError(path, .notRegular)
    }
  }
}
