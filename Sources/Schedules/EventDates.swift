package import CivilTime

/// One text of a schedule as the dates of a calendar event (RFC 5545 3.8.2.4, 3.8.5).
package struct EventDates: Hashable, Sendable {
  /// DTSTART: a local time or an instant, and the first occurrence.
  package let start: DateValue
  /// The zone of the local times; nil for times that have none ("floating", RFC 5545 3.3.5).
  package let zone: Zone?
  /// The value of RRULE; nil if the event consists of single dates.
  package let rule: String?
  /// RDATE, of the same kind as the start.
  package let included: [DateValue]
  /// EXDATE, of the same kind as the start.
  package let excluded: [DateValue]
  /// True if the schedule itself has the start. Otherwise it is the first occurrence from some instant on.
  package let hasOwnStart: Bool
  /// True if the dates are those of one year, of a pattern that no rule can express.
  package let isOnlyAYear: Bool
}

extension Schedule {
  /// The schedule as events, one for each text with an occurrence from an instant on.
  /// - Parameters:
  ///   - from: an event without a start of its own begins with its first occurrence from here on.
  ///   - zone: the zone of the schedule; nil if it follows that of the machine.
  ///   - local: the zone of the machine.
  package func eventDates(from: Instant, zone: Zone?, local: Zone) -> [EventDates] {
    sets.compactMap { EventDatesMaker($0, zone: $0.zone ?? zone, local: local).dates(from: from) }
  }
}

private struct EventDatesMaker {
  private let set: RecurrenceSet
  private let zone: Zone?
  /// The zone of the set, or the machine's.
  private let clock: Zone

  init(_ set: RecurrenceSet, zone: Zone?, local: Zone) {
    self.set = set
    self.zone = zone
    clock = zone ?? local
  }

  private static let day: Int64 = 86_400_000_000
  private static let mostDates = 1000

  /// Nil if there is no occurrence from the instant on.
  func dates(from: Instant) -> EventDates? {
    let before = from.advanced(byMicroseconds: -1)
    guard self.set.next(after: before, in: clock) != nil else { return nil }
    switch set.pattern {
    case .none: return singleDates
    case .rule(let rule):
      let point = set.start == nil ? wall(before) : rule.value.earliest
      guard let first = rule.value.wall(after: point) else { return singleDates }
      return dates(first, rule: rule.value.rule, of: rule.value)
    case .calendar(let expression):
      let start = set.start.map { $0.instant(in: clock).advanced(byMicroseconds: -1) }
      let point = wall(start.map { max($0, before) } ?? before)
      guard let first = expression.value.wall(after: point) else { return singleDates }
      let isOnce = expression.value.wall(after: first) == nil && first.isMultiple(of: 1_000_000)
      if isOnce { return dates(first, rule: nil, of: expression.value) }
      guard let rule = expression.value.rule else { return year(from: point, of: expression.value) }
      return dates(first, rule: rule, of: expression.value)
    }
  }

  private func wall(_ instant: Instant) -> Int64 { clock.local(at: instant).civil.wallMicroseconds }

  private func dates(_ first: Int64, rule: RecurrenceRule?, of pattern: some WallPattern) -> EventDates {
    EventDates(
      start: value(first), zone: zone, rule: rule.map { ended($0).text }, included: included,
      excluded: excluded(pattern), hasOwnStart: set.start != nil, isOnlyAYear: false)
  }

  /// The single dates of a set without a pattern, or with one that is over.
  private var singleDates: EventDates? {
    let left = set.included.values.filter { !set.excluded.contains($0.instant(in: clock), in: clock) }
      .map { converted($0) }.sorted { $0.instant(in: clock) < $1.instant(in: clock) }
    guard let start = left.first else { return nil }
    return EventDates(
      start: start, zone: zone, rule: nil, included: Array(left.dropFirst()), excluded: [],
      hasOwnStart: set.start != nil, isOnlyAYear: false)
  }

  /// The dates of the year that begins at a point of the wall clock.
  private func year(from point: Int64, of pattern: some WallPattern) -> EventDates? {
    var dates: [DateValue] = []
    var wall = point
    while dates.count < Self.mostDates, let next = pattern.wall(after: wall), next <= point + 366 * Self.day {
      wall = next
      // RFC 5545 has whole seconds only.
      let date = value(next - next % 1_000_000)
      if dates.last != date, !set.excluded.contains(date.instant(in: clock), in: clock) { dates.append(date) }
    }
    guard let start = dates.first else { return nil }
    return EventDates(
      start: start, zone: zone, rule: nil, included: dates.dropFirst() + included, excluded: [],
      hasOwnStart: false, isOnlyAYear: true)
  }

  // MARK: Values

  /// A point of the wall clock as a value of the event.
  private func value(_ wall: Int64) -> DateValue {
    let time = Zone.utc.local(at: Instant(microseconds: wall)).civil
    return converted(.local(time))
  }

  /// A value in UTC for an event in UTC, and else on the event's wall clock.
  private func converted(_ value: DateValue) -> DateValue {
    let isUTC = zone == .utc
    return switch value {
    case .local(let time): isUTC ? .instant(Zone.utc.instant(for: time)) : value
    case .instant(let instant): isUTC ? value : .local(clock.local(at: instant).civil)
    case .date(let date): converted(.local(date.midnight))
    }
  }

  private var included: [DateValue] { self.set.included.values.map { converted($0) } }

  /// EXDATE: each occurrence of a day, for an exception that is a whole day.
  private func excluded(_ pattern: some WallPattern) -> [DateValue] {
    var all: [DateValue] = []
    for value in set.excluded.values {
      guard case .date(let date) = value else { all.append(converted(value)); continue }
      let midnight = date.midnight.wallMicroseconds
      var wall = midnight - 1
      while all.count < Self.mostDates, let next = pattern.wall(after: wall), next < midnight + Self.day {
        all.append(self.value(next))
        wall = next
      }
      for case .local(let time) in set.included.values where time.date == date {
        all.append(converted(.local(time)))
      }
    }
    return all
  }

  /// The rule with its UNTIL as RFC 5545 (3.3.10) has it: in UTC, or local like a start without a zone.
  private func ended(_ rule: RecurrenceRule) -> RecurrenceRule {
    guard case .until(let end) = rule.end else { return rule }
    var rule = rule
    let last: DateValue =
      if case .date(let date) = end { .local(date.end) } else { end }
    rule.end = .until(zone == nil ? converted(last) : .instant(last.instant(in: clock)))
    return rule
  }
}

extension CivilDate {
  /// Its last second.
  fileprivate var end: CivilDateTime {
    Zone.utc.local(at: Instant(microseconds: midnight.wallMicroseconds + 86_399_000_000)).civil
  }
}
