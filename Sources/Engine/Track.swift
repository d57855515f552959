import CivilTime
import Rituals
import Schedules

/// A ritual on its way through time.
struct Track: Sendable {
  var ritual: Ritual
  /// Occurrences up to and with this instant are accounted for.
  var since: Instant

  /// The first occurrence that is not accounted for and has not come before the clock was set back.
  func next(in zone: Zone, except handledAhead: Set<Occurrence>) -> Instant? {
    var cursor = since
    while let scheduled = ritual.schedule.next(after: cursor, in: ritual.zone ?? zone) {
      guard handledAhead.contains(Occurrence(ritual: ritual.id, scheduled: scheduled)) else {
        return scheduled
      }
      cursor = scheduled
    }
    return nil
  }
}

extension MissedPolicy {
  /// How late a reminder may be and still count as on time: the machine was busy, not away.
  static let grace: Int64 = 60_000_000

  /// How late something is still shown, in microseconds; nil for however late.
  var lateness: Int64? {
    switch self {
    case .never: Self.grace
    case .within(let span): max(span.microseconds, Self.grace)
    case .always: nil
    }
  }

  /// The last instant at which something that was due at `due` is still shown; nil for however late.
  func lastChance(for due: Instant) -> Instant? { lateness.map { due.advanced(byMicroseconds: $0) } }
}
