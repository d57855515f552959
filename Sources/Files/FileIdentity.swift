package import Glibc

/// Tells a file from every other file that exists at the same time: its file system and its number there.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  package init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// The file of an absolute or relative path; nil where there is none. Without `followingLinks`, a symbolic
  /// link is a file itself.
  package init?(of path: String, followingLinks: Bool = true) {
    var status = stat()
    guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    self.init(status)
  }
}

/// A file as it was when it was looked at: another file, or the same one written again, has another stamp.
package struct FileStamp: Hashable, Sendable {
  package let identity: FileIdentity
  /// In bytes.
  package let size: Int
  /// Nanoseconds since 1970, of the contents and of the file's own data (mtime and ctime, inode(7)).
  private let modified: Int64
  private let changed: Int64

  package init(_ status: stat) {
    identity = FileIdentity(status)
    size = Int(status.st_size)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// The file of a path, through symbolic links; nil where there is none.
  package init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// A file system may hold any number here.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
