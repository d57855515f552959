import Descriptors
import Glibc

/// The bytes that a regular file held when it was read.
package struct FileContents: Sendable {
  /// At most one byte more than the bound: enough to know that the file is too large.
  package let bytes: [UInt8]
  package let stamp: FileStamp
  /// True if another program had the file open for writing, so that this may be half of what is to come.
  /// False where the caller did not ask, and where the system does not say (`WriterWatch`).
  package let isBeingWritten: Bool

  /// Reads a file. Does not wait: a pipe or a device is refused.
  /// - Parameters:
  ///   - limit: the bound, in bytes.
  ///   - followingLinks: false to refuse a file whose name is a symbolic link.
  ///   - folder: an open folder that a relative path begins in; by default the working folder.
  ///   - noticesWriters: whether to find out if another program is writing the file.
  package init(
    of path: String, upTo limit: Int, followingLinks: Bool = true, in folder: Int32 = AT_FDCWD,
    noticingWriters noticesWriters: Bool = false
  ) throws(FileError) {
    let file = try Self.open(path, followingLinks ? 0 : O_NOFOLLOW, in: folder)
    let status = try FileStatus(ofOpen: file.raw, path)
    guard status.kind == .file else { throw FileError(path, .notRegular) }
    let watch = WriterWatch(file.raw, isOn: noticesWriters)
    bytes = try file.bytes(upTo: limit, expecting: status.size, path)
    stamp = status.stamp
    isBeingWritten = watch.sawWriter
  }

  private static func open(
    _ path: String, _ flags: Int32, in folder: Int32
  ) throws(FileError) -> Descriptor {
    do throws(FileError) {
      // Without O_NONBLOCK the name of a pipe would hold the caller until another program writes into it.
      return try Descriptor(opening: path, flags | O_RDONLY | O_NONBLOCK | O_NOCTTY, in: folder)
    } catch {
      let kind = try? FileStatus(of: path, followingLinks: false, in: folder).kind
      switch error.cause {
      // The holder of a lease gives it up, which takes a moment (fcntl(2), "Leases").
      case .system(EWOULDBLOCK) where (try? FileStatus(of: path, in: folder).kind) == .file:
        return try Descriptor(opening: path, flags | O_RDONLY | O_NOCTTY, in: folder)
      case .system(ENOENT) where kind == .link: throw FileError(path, .brokenLink)
      case .system(ELOOP) where kind == .link && flags & O_NOFOLLOW != 0: throw FileError(path, .link)
      default: throw error
      }
    }
  }
}
