import CSystemd
import Glibc

/// A socket that the service manager listens on and handed over at the start (sd_listen_fds(3)).
nonisolated package struct ActivatedSocket: Hashable, Sendable {
  /// Open, close-on-exec; the receiver's to close.
  package let descriptor: Int32
  /// `FileDescriptorName=` of the socket unit: its name where it says nothing.
  package let name: String

  /// Whether it is a Unix stream socket that listens.
  package var isListeningUnixStream: Bool {
    sd_is_socket_unix(descriptor, Int32(SOCK_STREAM.rawValue), 1, nil, 0) > 0
  }

  /// Has them stay open where this process becomes another program, or the same anew (execve(2)); that one
  /// asks for them as this one did.
  package static func keepForNextProgram() {
    for index in 0..<max(sd_listen_fds(0), 0) { _ = fcntl(SD_LISTEN_FDS_START + index, F_SETFD, 0) }
  }

  /// All that were handed to this process, in the order of the socket unit; none where it was started
  /// otherwise. To be called once: the descriptors are the same at each call.
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
