import CLinux
import Glibc
import ICalendar

/// A file that others may change at any time: it is never found half-written, and what somebody else wrote meanwhile is
/// not lost.
package enum VdirFile {
  /// A file's bytes, at most one over 1 MiB.
  package static func bytes(_ path: String) throws(VdirError) -> [UInt8] { try read(path).bytes }

  static func read(_ path: String) throws(VdirError) -> (bytes: [UInt8], stamp: FileStamp) {
    // Without O_NONBLOCK a pipe in the folder would hold everything until somebody writes into it.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw VdirError(code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw VdirError(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw VdirError("it is not a regular file") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(Int(status.st_size), Bounds.file) + 1)
    while bytes.count <= Bounds.file {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw VdirError(code: errno) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return (bytes, FileStamp(status))
  }

  /// Writes a new file, with the permissions that the user gives to new files. Throws where there is one already.
  package static func create(_ path: String, _ bytes: [UInt8]) throws(VdirError) {
    let temporary = try written(bytes, beside: path)
    defer { unlink(temporary) }
    // Unlike rename, link does not take the place of a file that came in the meantime.
    guard link(temporary, path) == 0 else { throw VdirError(code: errno) }
    syncFolder(of: path)
  }

  /// Changes a file. `change` is given what is in it, and returns what is to be; nil leaves it alone. Where somebody else
  /// writes the file at the same time, their version comes back into its place, and `change` is asked about that one.
  /// Returns whether it was written.
  package static func update(_ path: String, _ change: ([UInt8]) throws -> [UInt8]?) throws -> Bool {
    for _ in 0..<5 {
      let before = try bytes(path)
      guard let after = try change(before), after != before else { return false }
      let temporary = try written(after, beside: path, like: path)
      defer { unlink(temporary) }
      if try replace(path, with: temporary, expecting: before) {
        syncFolder(of: path)
        return true
      }
    }
    throw VdirError("somebody else keeps writing it")
  }

  /// Puts a file in the place of another. The two change places in one step, so that what was there is then here to be
  /// looked at; where it is not what was expected, it goes back.
  private static func replace(
    _ path: String, with temporary: String, expecting before: [UInt8]
  ) throws(VdirError) -> Bool {
    guard ritual_exchange(temporary, path) == 0 else {
      // Some file systems cannot; there a look just before has to do.
      guard errno == EINVAL || errno == ENOSYS else { throw VdirError(code: errno) }
      guard try bytes(path) == before else { return false }
      guard rename(temporary, path) == 0 else { throw VdirError(code: errno) }
      return true
    }
    if (try? bytes(temporary)) == before { return true }
    guard ritual_exchange(temporary, path) == 0 else { throw VdirError(code: errno) }
    return false
  }

  /// Removes a file; one that is gone already is no error.
  package static func remove(_ path: String) throws(VdirError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw VdirError(code: errno) }
  }

  // MARK: Beside it

  private static func written(
    _ bytes: [UInt8], beside path: String, like other: String? = nil
  ) throws(VdirError) -> String {
    // Hidden, and not ending in .ics: what a crash leaves is nobody's event.
    let number = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = "\(folder(of: path))/.ritual-\(number).tmp"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw VdirError(code: errno) }
    defer { close(file) }
    do throws(VdirError) {
      var status = stat()
      if let other, stat(other, &status) == 0 { fchmod(file, status.st_mode & 0o7777) }
      try write(bytes, to: file)
      guard fsync(file) == 0 else { throw VdirError(code: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    return temporary
  }

  private static func write(_ bytes: [UInt8], to file: CInt) throws(VdirError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw VdirError(code: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes the folder's entries durable, where its file system can.
  private static func syncFolder(of path: String) {
    let handle = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    fsync(handle)
    close(handle)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
