package import CivilTime

/// A part of every day by the wall clock: from a time of day up to another, which does not belong to it. It
/// may cross midnight.
package struct DaySpan: Hashable, Sendable {
  /// Minutes from midnight, 0 to 1439.
  package let from: Int
  /// Minutes from midnight, 0 to 1440.
  package let to: Int

  /// Nil if a bound is no time of day, or if both are the same.
  package init?(from: Int, to: Int) {
    guard (0..<1440).contains(from), (0...1440).contains(to), from != to else { return nil }
    self.from = from
    self.to = to
  }

  /// True if a local time is in the span.
  package func contains(_ local: CivilDateTime) -> Bool {
    let minute = Int(local.hour) * 60 + Int(local.minute)
    return from < to ? (from..<to).contains(minute) : minute >= from || minute < to
  }

  /// The first end of the span after an instant.
  func end(after now: Instant, in zone: Zone) -> Instant? {
    let today = zone.local(at: now).civil.date.daysSinceEpoch
    for day in today...(today + 2) {
      // 24:00 is the next day's midnight.
      let date = CivilDate(daysSinceEpoch: day + to / 1440)
      guard let local = CivilDateTime(date, hour: to % 1440 / 60, minute: to % 60) else { continue }
      switch zone.resolve(local) {
      case .unique(let end): if end > now { return end }
      case .gap(let end, _, _):
        // A clock that skips the end has passed it at once.
        let change = Instant(microseconds: zone.period(at: end).start)
        if change > now { return change }
      case .fold(let first, let second):
        // If the clock is set back into the span, the span ends again.
        if first > now { return first }
        if second > now { return second }
      }
    }
    return nil
  }
}

extension Quiet {
  /// The end of the quiet hours at an instant; nil if none hold.
  package func end(at now: Instant, in zone: Zone) -> Instant? {
    var end: Instant?
    // Spans may follow one another, and a clock set back at night may lead into one again.
    for _ in 0...hours.count {
      let local = zone.local(at: end ?? now).civil
      guard let span = hours.first(where: { $0.contains(local) }) else { break }
      guard let next = span.end(after: end ?? now, in: zone) else { break }
      end = next
    }
    return end
  }
}
