internal import Descriptors
internal import Files
internal import Glibc

/// The folder that a socket lies in. Another user who may write there can put a socket of their own in the
/// place of the service's, so both sides look at it.
enum SocketFolder {
  enum Finding {
    /// It is this process's user's, who alone may write in it.
    case own
    /// It is another user's, or others may write in it.
    case shared
    /// It cannot be looked at, or is no folder.
    case failed(ErrorNumber)
  }

  /// What a folder has to be, for messages.
  static let accepted = "this folder must belong to you and be writable by you alone (mode 0700)"

  static func finding(at folder: String) -> Finding {
    do throws(FileError) {
      let status = try FileStatus(of: folder)
      guard status.kind == .folder else { return .failed(ErrorNumber(ENOTDIR)) }
      return status.owner == geteuid() && !status.othersMayWrite ? .own : .shared
    } catch {
      return .failed(ErrorNumber(error.code ?? EINVAL))
    }
  }
}
