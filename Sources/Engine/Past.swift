import CivilTime
import Rituals
import Schedules

/// What came up to an instant and is not accounted for yet.
struct Past: Equatable {
  /// The latest occurrence.
  let latest: Instant
  /// Those before it, oldest first. Only the oldest of these may stand for more than one.
  let older: [Run]

  /// One occurrence, or several of which `last` is the latest.
  struct Run: Equatable {
    let last: Instant
    let count: Int
  }

  /// How many missed occurrences are told one by one; older ones are told as one run.
  static let toldSingly = 100
  /// 31 days, in microseconds: what was missed in a longer time is told as one run. Mostly that time never
  /// happened, because a clock stood in another year.
  static let long: Int64 = 31 * 86_400_000_000
  /// How many occurrences are counted at most: a rule that comes every second must not stall a resume.
  static let counted = 100_000
}

extension Track {
  /// The occurrences after `since` up to and with `now`; nil where there is none.
  func past(through now: Instant, in zone: Zone, except handledAhead: Set<Occurrence>) -> Past? {
    guard let first = next(in: zone, except: handledAhead), first <= now else { return nil }
    let wall = ritual.zone ?? zone
    guard let second = ritual.schedule.next(after: first, in: wall), second <= now else {
      return Past(latest: first, older: [])
    }
    // The latest is among them.
    let toldSingly = first.microseconds(until: now) > Past.long ? 0 : Past.toldSingly
    var singly: [Instant] = []
    var run: Past.Run?
    var cursor = now.advanced(byMicroseconds: 1)
    var steps = 0
    while steps < Past.counted, let scheduled = ritual.schedule.previous(before: cursor, in: wall),
      scheduled >= first
    {
      steps += 1
      cursor = scheduled
      if handledAhead.contains(Occurrence(ritual: ritual.id, scheduled: scheduled)) { continue }
      if singly.count <= toldSingly {
        singly.append(scheduled)
      } else {
        run = Past.Run(last: run?.last ?? scheduled, count: (run?.count ?? 0) + 1)
      }
    }
    guard let latest = singly.first else { return nil }
    let older = singly.dropFirst().reversed().map { Past.Run(last: $0, count: 1) }
    return Past(latest: latest, older: (run.map { [$0] } ?? []) + older)
  }
}
