package import CivilTime

/// The recurrence set of one text of the schedule language (RFC 5545 3.8.5): a pattern, dates added to it,
/// and dates left out.
package struct RecurrenceSet: Hashable, Sendable {
  /// A pattern is held by reference, so that a search does not copy it.
  enum Pattern: Hashable, Sendable {
    case calendar(Shared<CalendarExpression>)
    case rule(Shared<Recurrence>)
    /// The set consists of dates only.
    case none
  }

  var pattern: Pattern
  /// The zone that the text names; nil stands for the zone that the caller passes.
  package internal(set) var zone: Zone?
  /// DTSTART as it was written, or nil. A calendar expression has no occurrence before it.
  package internal(set) var start: DateValue?
  /// RDATE.
  var included = DateList()
  /// EXDATE.
  var excluded = DateList()

  /// The first occurrence strictly after an instant, as that of `Schedule`.
  package func next(after instant: Instant, in zone: Zone) -> Instant? {
    // Copying a zone costs more than a step of the search.
    if let own = self.zone { return anyNext(after: instant, in: own) }
    return anyNext(after: instant, in: zone)
  }

  /// The last occurrence strictly before an instant, as that of `Schedule`.
  package func previous(before instant: Instant, in zone: Zone) -> Instant? {
    if let own = self.zone { return anyPrevious(before: instant, in: own) }
    return anyPrevious(before: instant, in: zone)
  }

  private func anyNext(after instant: Instant, in zone: Zone) -> Instant? {
    var point = instant
    while true {
      var best = patternNext(after: point, in: zone)
      if !included.isEmpty, let date = included.next(after: point, in: zone) {
        best = min(best ?? date, date)
      }
      guard let found = best, !excluded.isEmpty, excluded.contains(found, in: zone) else { return best }
      point = found
    }
  }

  private func anyPrevious(before instant: Instant, in zone: Zone) -> Instant? {
    var point = instant
    while true {
      var best = patternPrevious(before: point, in: zone)
      if !included.isEmpty, let date = included.previous(before: point, in: zone) {
        best = max(best ?? date, date)
      }
      guard let found = best, !excluded.isEmpty, excluded.contains(found, in: zone) else { return best }
      point = found
    }
  }

  private func patternNext(after instant: Instant, in zone: Zone) -> Instant? {
    switch pattern {
    case .none: return nil
    case .calendar(let expression):
      guard let first = start?.instant(in: zone), first > instant else {
        return expression.value.next(after: instant, on: zone)
      }
      return expression.value.next(after: first.advanced(byMicroseconds: -1), on: zone)
    case .rule(let rule):
      guard let next = rule.value.next(after: instant, on: zone) else { return nil }
      if case .until(.instant(let last)) = rule.value.rule.end, next > last { return nil }
      return next
    }
  }

  private func patternPrevious(before instant: Instant, in zone: Zone) -> Instant? {
    switch pattern {
    case .none: return nil
    case .calendar(let expression):
      guard let previous = expression.value.previous(before: instant, on: zone) else { return nil }
      if let first = start?.instant(in: zone), previous < first { return nil }
      return previous
    case .rule(let rule):
      guard case .until(.instant(let last)) = rule.value.rule.end, last < instant else {
        return rule.value.previous(before: instant, on: zone)
      }
      return rule.value.previous(before: last.advanced(byMicroseconds: 1), on: zone)
    }
  }

  /// The normal form: systemd's for a calendar expression, and content lines of RFC 5545 for the rest.
  var normalized: String {
    if case .calendar(let expression) = pattern { return expression.value.normalized }
    var lines: [String] = []
    if let start { lines.append(line("DTSTART", [start])) }
    if case .rule(let rule) = pattern { lines.append("RRULE:" + rule.value.rule.text) }
    for (name, dates) in [("RDATE", included), ("EXDATE", excluded)] {
      let values = dates.values
      let kinds = [values.filter(\.isDate), values.filter(\.isLocal), values.filter(\.isInstant)]
      for values in kinds where !values.isEmpty { lines.append(line(name, values)) }
    }
    return lines.joined(separator: "\n")
  }

  /// A content line of values of one kind.
  private func line(_ name: String, _ values: [DateValue]) -> String {
    var parameter = ""
    if values.allSatisfy(\.isDate) {
      parameter = ";VALUE=DATE"
    } else if values.allSatisfy(\.isLocal), let zone {
      parameter = ";TZID=\(zone.name)"
    }
    return name + parameter + ":" + values.map(\.text).joined(separator: ",")
  }
}

extension RecurrenceSet {
  /// The pattern of the set, for rooms that put it into words.
  package enum Content: Sendable {
    case calendar(CalendarExpression)
    case rule(RecurrenceRule, start: CivilDateTime)
    /// The set consists of dates only.
    case dates
  }

  package var content: Content {
    switch pattern {
    case .calendar(let expression): .calendar(expression.value)
    case .rule(let rule): .rule(rule.value.rule, start: rule.value.start)
    case .none: .dates
    }
  }

  /// RDATE: whole days first, then local times and instants, each sorted.
  package var includedDates: [DateValue] { included.values }

  /// EXDATE, in the same order.
  package var excludedDates: [DateValue] { excluded.values }
}

/// An immutable value that copies share.
final class Shared<Value: Hashable & Sendable>: Hashable, Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }

  static func == (left: Shared, right: Shared) -> Bool { left === right || left.value == right.value }
  func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
