import Glibc

/// Tells a file from every other file that exists at the same time: its file system and its number there.
package struct FileIdentity: Hashable, Sendable, CustomStringConvertible {
  private let device: UInt64
  private let inode: UInt64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// Both numbers with a colon between, as in `JOURNAL_STREAM` (systemd.exec(5)).
  package var description: String { "\(device):\(inode)" }
}

/// A file as it was at one moment: another file, or the same one written again, has another stamp.
package struct FileStamp: Hashable, Sendable {
  package let identity: FileIdentity
  /// In bytes.
  package let size: Int
  /// Nanoseconds since 1970, of the contents and of the file's own data (mtime and ctime, inode(7)).
  private let modified: Int64
  private let changed: Int64

  init(_ status: stat) {
    identity = FileIdentity(status)
    size = Int(status.st_size)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// A file system may hold any number in its times.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
