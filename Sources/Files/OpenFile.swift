package import Descriptors
import Glibc

/// Files that are open. They are opened here and nowhere else, close-on-exec from the first moment.
extension Descriptor {
  /// Opens what has a path (open(2)). A new file is 0600.
  /// - Parameters:
  ///   - flags: those of open(2), such as `O_RDONLY`.
  ///   - folder: an open folder that a relative path begins in; by default the working folder.
  package init(
    opening path: String, _ flags: Int32, in folder: Int32 = AT_FDCWD
  ) throws(FileError) {
    let raw = openat(folder, path, flags | O_CLOEXEC, 0o600)
    guard raw >= 0 else { throw FileError(path) }
    self.init(owning: raw)
  }

  /// Opens a regular file to change it, or makes it with the mode 0600. Nothing else that has the name is
  /// opened, no symbolic link is followed, and no pipe is waited for.
  /// - Parameter access: `O_WRONLY` for a file that is not read.
  package static func regularFile(
    _ path: String, creating: Bool = false, access: Int32 = O_RDWR
  ) throws(FileError) -> Descriptor {
    let flags = access | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (creating ? O_CREAT : 0)
    let raw = open(path, flags, 0o600)
    guard raw >= 0 else {
      switch errno {
      case ELOOP: throw FileError(path, .link)
      // Another process holds a lease on the file (fcntl(2), "Leases").
      case EWOULDBLOCK: throw FileError(path, .beingWritten)
      // A pipe without a reader, a socket, or a device without a driver.
      case ENXIO: throw FileError(path, .notRegular)
      default: throw FileError(path)
      }
    }
    let file = Descriptor(owning: raw)
    guard try FileStatus(ofOpen: raw, path).kind == .file else { throw FileError(path, .notRegular) }
    return file
  }

  /// Puts bytes in the place of all that a file holds. They are not durable yet.
  /// - Parameter path: names the file in an error.
  package borrowing func overwrite(with bytes: [UInt8], _ path: String) throws(FileError) {
    guard lseek(raw, 0, SEEK_SET) == 0 else { throw FileError(path) }
    try write(bytes, path)
    guard ftruncate(raw, off_t(bytes.count)) == 0 else { throw FileError(path) }
  }

  /// Reads an open file to its end, or to one byte over a bound.
  /// - Parameter path: names the file in an error.
  package borrowing func bytes(
    upTo limit: Int, expecting size: Int = 65536, _ path: String
  ) throws(FileError) -> [UInt8] {
    do throws(ErrorNumber) {
      return try Descriptor.bytes(from: raw, upTo: limit, expecting: size)
    } catch {
      throw FileError(path, .system(error.code))
    }
  }

  /// Writes all of it at the file's position.
  borrowing func write(_ bytes: [UInt8], _ path: String) throws(FileError) {
    do throws(ErrorNumber) {
      try Descriptor.write(bytes, to: raw)
    } catch {
      throw FileError(path, .system(error.code))
    }
  }

  /// Makes durable what was written.
  borrowing func synchronize(_ path: String) throws(FileError) {
    guard fsync(raw) == 0 else { throw FileError(path) }
  }
}
