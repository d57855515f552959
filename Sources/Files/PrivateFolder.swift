import CLinux
import Glibc

/// A folder of Ritual's own, whose files are its user's alone. Neither the folder nor a file of it may be a symbolic
/// link: what writes here may be less trusted than who reads here, as a daemon in a sandbox is.
package struct PrivateFolder: ~Copyable {
  package let path: String
  private let descriptor: CInt

  /// Opens the folder.
  /// - Parameter isMade: makes it, with mode 0700, and those above it, where it is missing.
  package init(_ path: String, isMade: Bool = false) throws(FileError) {
    if isMade { try Folders.make(path) }
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_uid == geteuid() else {
      close(descriptor)
      throw FileError(path, .foreign)
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Reads a file up to a bound, in bytes. Does not wait: what is no regular file is refused.
  package func read(_ name: String, upTo limit: Int) throws(FileError) -> [UInt8] {
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw Self.error(place(of: name)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(place(of: name), .notRegular)
    }
    return try FileContents.bytes(from: file, upTo: limit, place(of: name))
  }

  /// Writes a file, whole or not at all, in the place of what has the name.
  package func write(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    let fresh = Temporary.freshName
    let file = openat(descriptor, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw FileError(place(of: name)) }
    defer { close(file) }
    do throws(FileError) {
      // Whatever the umask takes away.
      guard fchmod(file, 0o600) == 0 else { throw FileError(place(of: name)) }
      try Temporary.write(bytes, to: file, place(of: name))
      guard fsync(file) == 0, renameat(descriptor, fresh, descriptor, name) == 0 else {
        throw FileError(place(of: name))
      }
    } catch {
      unlinkat(descriptor, fresh, 0)
      throw error
    }
    fsync(descriptor)
  }

  /// Removes a name; harmless where nothing has it.
  package func remove(_ name: String) { unlinkat(descriptor, name, 0) }

  private func place(of name: String) -> String { path + "/" + name }

  /// The error of open(2), which says ELOOP, or ENOTDIR of a folder, where a link has the name.
  private static func error(_ path: String) -> FileError {
    let code = errno
    var status = stat()
    let isLink = lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    return isLink ? FileError(path, .link) : FileError(path, .system(code))
  }
}
