import CLinux
import Glibc

/// Folders behind which there is another machine, or another program: they may stop answering, and inotify(7)
/// does not tell of what happens at the other end.
package enum RemoteFolder {
  /// The magic numbers of their filesystems (statfs(2)).
  private static let kinds: Set<UInt32> = [
    0x6969,  // NFS
    0x517b, 0xff53_4d42, 0xfe53_4d42,  // SMB, CIFS, SMB2
    0x6573_5546,  // FUSE: sshfs, rclone, and local ones, too
    0x0102_1997,  // 9p
    0x5346_414f, 0x6b41_4653,  // AFS
    0x00c3_6400,  // Ceph
    0x0187,  // automounts
  ]

  /// Asks the filesystem of a folder, and so waits for one that does not answer; of a folder that does not
  /// exist, that of the nearest one above it. A filesystem that fails is taken for a remote one: it may be a
  /// server's that is gone.
  package static func isRemote(_ path: String) -> Bool {
    var path = path
    while true {
      let kind = ritual_filesystem(path)
      if kind != 0 { return kinds.contains(kind) }
      guard errno == ENOENT || errno == ENOTDIR, path != "/", path != "." else { return true }
      path = Folders.parent(of: path)
    }
  }
}
