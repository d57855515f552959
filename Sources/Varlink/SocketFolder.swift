internal import Descriptors
internal import Files
internal import Glibc

/// The folder of a socket. Another user who may write there could replace the service's socket, so both sides
/// check it.
enum SocketFolder {
  enum Finding {
    /// It belongs to this process's user, who alone may write in it.
    case own
    /// It belongs to another user, or other users may write in it.
    case shared
    /// It cannot be read, or is no folder.
    case failed(ErrorNumber)
  }

  /// The requirement, for messages.
  static let accepted = "this folder must belong to you and be writable by you alone (mode 0700)"

  static func check(_ folder: String) -> Finding {
    do throws(FileError) {
      let status = try FileStatus(of: folder)
      guard status.kind == .folder else { return .failed(ErrorNumber(ENOTDIR)) }
      return status.owner == geteuid() && !status.othersMayWrite ? .own : .shared
    } catch {
      return .failed(ErrorNumber(error.code ?? EINVAL))
    }
  }
}
