package import CivilTime

/// A break in a conflict, and what is still to be said about it. It goes from resting to asking both back to the offer of a
/// repair, and is over then. Kept in the journal.
package struct Timeout: Hashable, Sendable {
  /// When the rest began.
  package let since: Instant
  /// When the rest is over, or was ended.
  package let until: Instant
  package let stage: Stage
  /// Where its question or its offer is on the screen, as far as is known.
  package let display: Display?

  package init(since: Instant, until: Instant, stage: Stage = .resting, display: Display? = nil) {
    self.since = min(since, until)
    self.until = until
    self.stage = stage
    self.display = display
  }

  /// The raw values are what the journal holds.
  package enum Stage: String, CaseIterable, Hashable, Sendable {
    /// Every ritual is held.
    case resting
    /// Both are asked whether they are ready.
    case asking
    /// The question was put away without an answer.
    case asked
    /// A repair is offered.
    case offering
  }

  /// Less does not calm a body down: flooding takes about twenty minutes to fade (Gottman 1994). Microseconds.
  package static let shortest: Int64 = 20 * 60_000_000
  /// A break that is longer than a day is a silence. Microseconds.
  package static let longest: Int64 = 24 * 3_600_000_000
  /// What "10 more minutes" adds. Microseconds.
  package static let more: Int64 = 10 * 60_000_000
  /// How long after its end a repair is offered where nobody said that they are ready. Microseconds.
  package static let patience: Int64 = 12 * 3_600_000_000
  /// How long after its end a repair is offered at all. Microseconds.
  package static let keeps: Int64 = 24 * 3_600_000_000

  /// Whether the rest held at an instant: what came then is left out, and not missed.
  package func held(at instant: Instant) -> Bool { since <= instant && instant < until }

  /// Whether rituals are held now.
  package func holds(at now: Instant) -> Bool { stage == .resting && now < until }
}
