import Control
import Glibc

/// Follows the daemon, and finds it again after it went.
struct Follower {
  let daemon: DaemonClient
  /// Whether it waits for a daemon that is not there at the start; else that is the user's mistake.
  var isPatient = false

  enum Event {
    /// What follows comes as it happens.
    case following
    case news(News)
    /// The daemon went, is not there yet, or cannot work; how often it was looked for in vain since, and the
    /// reason for the user.
    case absent(Int, reason: String)
  }

  /// Goes on until `body` or `waiting` throws, or the daemon is not there at the start.
  func run(waiting: (Int32) throws -> Void = { _ in }, _ body: (Event) throws -> Void) throws -> Never {
    var hasFollowed = isPatient
    var failures = 0
    while true {
      var isFollowing = false
      var reason = "rituald is gone"
      do {
        try daemon.follow(waiting: waiting) { news in
          guard news == News() else { return try body(.news(news)) }
          // A later reply without a field is news of a kind that this version does not know.
          guard !isFollowing else { return }
          (isFollowing, hasFollowed, failures) = (true, true, 0)
          try body(.following)
        }
      } catch let error as DaemonClient.Unreachable {
        guard hasFollowed else { throw error.said }
        reason = error.message
      }
      try body(.absent(failures, reason: reason))
      usleep(Self.pause(after: failures))
      failures += 1
    }
  }

  /// Microseconds until the next look: a tenth of a second, twice as long each time, ten seconds at most.
  private static func pause(after failures: Int) -> UInt32 {
    min(10_000_000, 100_000 << UInt32(min(failures, 10)))
  }
}
