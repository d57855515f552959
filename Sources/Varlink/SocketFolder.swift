internal import Glibc

/// The folder that a socket lies in. Another user who may write there can put a socket of their own in the
/// place of the service's, so both sides look at it.
enum SocketFolder {
  enum Finding {
    /// It is this process's user's, who alone may write in it.
    case own
    /// It is another user's, or others may write in it.
    case shared
    /// It cannot be looked at, or is no folder: the error number.
    case failed(errno: Int32)
  }

  /// What a folder has to be, for messages.
  static let accepted = "this folder must belong to you and be writable by you alone (mode 0700)"

  static func finding(at folder: String) -> Finding {
    var status = stat()
    guard stat(folder, &status) == 0 else { return .failed(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { return .failed(errno: ENOTDIR) }
    return status.st_uid == geteuid() && status.st_mode & 0o022 == 0 ? .own : .shared
  }
}
