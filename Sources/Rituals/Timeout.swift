package import CivilTime

/// A break in a conflict, and the messages that follow it. It goes from resting to asking both back to
/// offering a repair, and then ends. Kept in the journal.
package struct Timeout: Hashable, Sendable {
  /// The time when the rest began.
  package let since: Instant
  /// The time when the rest ends, or was ended.
  package let until: Instant
  package let stage: Stage
  /// The notification of its question or its offer on the screen, if known.
  package let notification: NotificationID?

  package init(since: Instant, until: Instant, stage: Stage = .resting, notification: NotificationID? = nil) {
    self.since = min(since, until)
    self.until = until
    self.stage = stage
    self.notification = notification
  }

  /// The raw values are in the journal.
  package enum Stage: String, CaseIterable, Hashable, Sendable {
    /// Every ritual is held.
    case resting
    /// The daemon asks both whether they are ready.
    case asking
    /// The question was dismissed without an answer.
    case asked
    /// The daemon offers a repair.
    case offering
  }

  /// A shorter rest does not calm the body: flooding takes about twenty minutes to fade (Gottman 1994).
  /// Microseconds.
  package static let shortest: Int64 = 20 * 60_000_000
  /// A break of more than a day is a silence. Microseconds.
  package static let longest: Int64 = 24 * 3_600_000_000
  /// The time that "10 more minutes" adds. Microseconds.
  package static let more: Int64 = 10 * 60_000_000
  /// The time from the end of the rest to the offer if neither has said "ready". Microseconds.
  package static let patience: Int64 = 12 * 3_600_000_000
  /// The time after the end of the rest in which a repair is offered at all. Microseconds.
  package static let keeps: Int64 = 24 * 3_600_000_000

  /// True if the rest held at an instant: occurrences then are skipped, not missed.
  package func held(at instant: Instant) -> Bool { since <= instant && instant < until }

  /// True if rituals are held now.
  package func holds(at now: Instant) -> Bool { stage == .resting && now < until }
}
