package import Glibc

/// The status of a file, a folder or anything else that has a path (inode(7)).
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A regular file.
    case file
    case folder
    /// A symbolic link.
    case link
    /// A named pipe.
    case pipe
    case socket
    /// A device that is read and written byte by byte, such as a terminal.
    case device
    /// A disk, or another device that is made of blocks.
    case disk
  }

  package let kind: Kind
  /// The permissions, and the bits for setuid, setgid and sticky folders.
  package let mode: mode_t
  package let owner: uid_t
  package let group: gid_t
  /// The number of names that a file has (hard links).
  package let names: UInt
  package let stamp: FileStamp

  package var identity: FileIdentity { stamp.identity }
  /// In bytes.
  package var size: Int { stamp.size }
  /// The time of the last change of the contents or the file itself, in seconds since 1970.
  let lastChange: Int

  /// - Parameters:
  ///   - followingLinks: false for a symbolic link's own status.
  ///   - folder: an open folder that a relative path begins in; by default the working folder.
  package init(
    of path: String, followingLinks: Bool = true, in folder: Int32 = AT_FDCWD
  ) throws(FileError) {
    var status = stat()
    guard fstatat(folder, path, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else {
      throw FileError(path)
    }
    self.init(status)
  }

  /// - Parameter path: names the file in an error.
  package init(ofOpen file: Int32, _ path: String) throws(FileError) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileError(path) }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFCHR: .device
      case S_IFBLK: .disk
      default: .file
      }
    mode = status.st_mode & 0o7777
    owner = status.st_uid
    group = status.st_gid
    names = UInt(status.st_nlink)
    stamp = FileStamp(status)
    lastChange = max(Int(status.st_mtim.tv_sec), Int(status.st_ctim.tv_sec))
  }

  /// The status of what has a path, also of a symbolic link itself; nil where nothing has it.
  package static func find(_ path: String) throws(FileError) -> FileStatus? {
    do throws(FileError) {
      return try FileStatus(of: path, followingLinks: false)
    } catch  where error.isMissing || error.cause == .system(ENOTDIR) {
      return nil
    }
  }

  /// True if there is something at a path. A symbolic link that leads nowhere is nothing.
  package static func exists(_ path: String) -> Bool { (try? FileStatus(of: path)) != nil }

  /// True if users besides the owner may write.
  package var othersMayWrite: Bool { mode & (S_IWGRP | S_IWOTH) != 0 }

  /// The mode as people write it: `0640`.
  package var modeText: String { "0" + String(mode, radix: 8) }
}
