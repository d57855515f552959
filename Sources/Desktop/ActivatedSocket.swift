import CSystemd
import Glibc

/// A socket that the service manager listens on and passed to this process at its start (sd_listen_fds(3)).
nonisolated package struct ActivatedSocket: Hashable, Sendable {
  /// Open, close-on-exec; the receiver closes it.
  package let descriptor: Int32
  /// `FileDescriptorName=` of the socket unit; the unit's name if that is not set.
  package let name: String

  /// Keeps the sockets open across execve(2), so that the next program of this process can ask for them too.
  package static func keepOpenAcrossExec() {
    for index in 0..<max(sd_listen_fds(0), 0) { _ = fcntl(SD_LISTEN_FDS_START + index, F_SETFD, 0) }
  }

  /// The sockets passed to this process, in the order of the socket unit. Call it once: each call returns the
  /// same descriptors.
  package static func handedOver() throws(SystemCallError) -> [ActivatedSocket] {
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let count = try SystemCallError.check(
      sd_listen_fds_with_names(0, &names), "take over the service manager's sockets")
    defer {
      for index in 0..<Int(count) { free(names?[index]) }
      free(names)
    }
    return (0..<count).map { index in
      ActivatedSocket(
        descriptor: SD_LISTEN_FDS_START + index, name: names?[Int(index)].map { String(cString: $0) } ?? "")
    }
  }
}
