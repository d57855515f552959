import Control
import Glibc

/// Follows the events of the daemon, and finds it again after a restart.
struct EventFollower {
  let daemon: DaemonClient
  /// True to wait for a daemon that does not run at the start; else that is an error.
  var isPatient = false

  enum Update {
    /// From here on, news come as they happen.
    case following
    case news(WatchReply)
    /// The daemon does not run, or cannot work: the number of attempts to reach it that failed, and the
    /// reason for the user.
    case absent(Int, reason: String)
  }

  /// Follows until `body` or `waiting` throws.
  func run(waiting: (Int32) throws -> Void = { _ in }, _ body: (Update) throws -> Void) throws -> Never {
    var hasFollowed = isPatient
    var failures = 0
    while true {
      var isFollowing = false
      var reason = "rituald is gone"
      do {
        try daemon.follow(waiting: waiting) { news in
          guard news == WatchReply() else { return try body(.news(news)) }
          // A later reply without a member that this version knows is news of a later version.
          guard !isFollowing else { return }
          (isFollowing, hasFollowed, failures) = (true, true, 0)
          try body(.following)
        }
      } catch let error as DaemonClient.Unreachable {
        guard hasFollowed else { throw error }
        reason = error.message
      }
      try body(.absent(failures, reason: reason))
      usleep(Self.pause(after: failures))
      failures += 1
    }
  }

  /// The microseconds until the next attempt: a tenth of a second, doubled each time, ten seconds at most.
  private static func pause(after failures: Int) -> UInt32 {
    min(10_000_000, 100_000 << UInt32(min(failures, 10)))
  }
}
