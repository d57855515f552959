import CivilTime

/// What one text of the schedule language says (RFC 5545 3.8.5): a pattern, dates beside it, and dates left out.
struct RecurrenceSet: Hashable, Sendable {
  /// Each is held by reference: a search must not copy all that it goes by.
  enum Pattern: Hashable, Sendable {
    case calendar(Held<CalendarExpression>)
    case rule(Held<Recurrence>)
    /// Dates only.
    case none
  }

  var pattern: Pattern
  /// The wall clock that the text names; nil goes by whoever asks.
  var zone: Zone?
  /// DTSTART as it was written; nil where there is none. No calendar expression comes before it.
  var start: DateValue?
  /// RDATE.
  var included = DateList()
  /// EXDATE.
  var excluded = DateList()

  func next(after instant: Instant, in zone: Zone) -> Instant? {
    // Copying a zone costs more than a step of the search.
    if let own = self.zone { return anyNext(after: instant, in: own) }
    return anyNext(after: instant, in: zone)
  }

  func previous(before instant: Instant, in zone: Zone) -> Instant? {
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

  /// systemd's normal form of a calendar expression; content lines of RFC 5545 otherwise.
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

  /// Values of one kind.
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

/// A value that is shared and not copied; it never changes.
final class Held<Value: Hashable & Sendable>: Hashable, Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }

  static func == (left: Held, right: Held) -> Bool { left === right || left.value == right.value }
  func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
