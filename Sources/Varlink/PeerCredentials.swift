internal import CLinux
internal import Glibc

/// The peer of a Unix socket, as the kernel reports it (SO_PEERCRED, unix(7)).
package struct PeerCredentials: Hashable, Sendable {
  /// The user.
  package var user: UInt32
  /// The process; for a listener, the one that called listen(2). 0 if it lives in another pid namespace.
  package var process: Int32

  package init(user: UInt32, process: Int32) {
    self.user = user
    self.process = process
  }

  /// Nil if `socket` is not connected.
  package init?(of socket: Int32) {
    var user: uid_t = 0
    var process: pid_t = 0
    guard ritual_peer_user(socket, &user) == 0, ritual_peer_process(socket, &process) == 0 else { return nil }
    self.init(user: user, process: process)
  }

  /// True if the peer may talk to a service of this user: only the user may, not even root, who has other
  /// ways.
  package func maySpeak(to user: UInt32) -> Bool {
    self.user == user
  }
}
