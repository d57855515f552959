internal import Glibc

/// Which file a path names, so that one that took its place is told apart.
struct FileIdentity: Equatable {
  private let device: UInt
  private let node: UInt

  /// Nil when there is nothing at `path`.
  init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    node = UInt(status.st_ino)
  }
}
