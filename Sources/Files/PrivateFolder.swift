import Descriptors
import Glibc

/// A folder of Ritual's own, whose files are its user's alone. Neither the folder nor a file of it may be a
/// symbolic link: what writes here may be less trusted than what reads here, as a daemon in a sandbox is.
package struct PrivateFolder: ~Copyable {
  package let path: String
  private let folder: Descriptor

  /// Opens the folder.
  /// - Parameter isMade: whether to make it, with mode 0700, and the folders above it, where it is missing.
  package init(_ path: String, isMade: Bool = false) throws(FileError) {
    if isMade { try Folders.make(path) }
    let folder: Descriptor
    do throws(FileError) {
      folder = try Descriptor(opening: path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    } catch {
      // For a link, open(2) reports that it is no folder.
      let isLink = (try? FileStatus.find(path))?.kind == .link
      throw isLink ? FileError(path, .link) : error
    }
    guard try FileStatus(ofOpen: folder.raw, path).owner == geteuid() else { throw FileError(path, .foreign) }
    self.path = path
    self.folder = folder
  }

  /// Reads a file up to a bound, in bytes. Does not wait: what is no regular file is refused.
  package func read(_ name: String, upTo limit: Int) throws(FileError) -> [UInt8] {
    do throws(FileError) {
      return try FileContents(of: name, upTo: limit, followingLinks: false, in: folder.raw).bytes
    } catch {
      throw FileError(Folders.join(path, name), error.cause)
    }
  }

  /// Writes a file, whole or not at all, in the place of what has the name.
  package func write(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    do throws(FileError) {
      var temporary = try Temporary(in: folder.raw, bytes)
      try temporary.replace(name)
    } catch {
      throw FileError(Folders.join(path, name), error.cause)
    }
    fsync(folder.raw)
  }

  /// Removes a name; nothing happens where nothing has it.
  package func remove(_ name: String) { unlinkat(folder.raw, name, 0) }
}
