import CivilTime

/// What one text of the schedule language says (RFC 5545 3.8.5): a pattern, dates beside it, and dates left out.
struct RecurrenceSet: Hashable, Sendable {
  enum Pattern: Hashable, Sendable {
    case calendar(CalendarExpression)
    case rule(Recurrence)
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
    let zone = self.zone ?? zone
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

  func previous(before instant: Instant, in zone: Zone) -> Instant? {
    let zone = self.zone ?? zone
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
        return expression.next(after: instant, on: zone)
      }
      return expression.next(after: first.advanced(byMicroseconds: -1), on: zone)
    case .rule(let rule):
      guard let next = rule.next(after: instant, on: zone) else { return nil }
      if case .until(.instant(let last)) = rule.rule.end, next > last { return nil }
      return next
    }
  }

  private func patternPrevious(before instant: Instant, in zone: Zone) -> Instant? {
    switch pattern {
    case .none: return nil
    case .calendar(let expression):
      guard let previous = expression.previous(before: instant, on: zone) else { return nil }
      if let first = start?.instant(in: zone), previous < first { return nil }
      return previous
    case .rule(let rule):
      guard case .until(.instant(let last)) = rule.rule.end, last < instant else {
        return rule.previous(before: instant, on: zone)
      }
      return rule.previous(before: last.advanced(byMicroseconds: 1), on: zone)
    }
  }

  /// systemd's normal form of a calendar expression; content lines of RFC 5545 otherwise.
  var normalized: String {
    if case .calendar(let expression) = pattern { return expression.normalized }
    var lines: [String] = []
    if let start { lines.append(line("DTSTART", [start])) }
    if case .rule(let rule) = pattern { lines.append("RRULE:" + rule.rule.text) }
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
