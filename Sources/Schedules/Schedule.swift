package import CivilTime

/// When something happens, again and again: the union of calendar expressions.
package struct Schedule: Hashable, Sendable {
  /// The texts this was made from, as the user wrote them.
  package let texts: [String]
  private let expressions: [CalendarExpression]

  /// Understands one text of the schedule language.
  package init(parsing text: String, zones: any ZoneSource) throws(ScheduleError) {
    guard !text.hasPrefix("RRULE:"), !text.hasPrefix("FREQ="), !text.hasPrefix("DTSTART") else {
      throw ScheduleError(
        range: 0..<text.utf8.count, reason: "recurrence rules are not supported by this version yet",
        accepted: CalendarParser.accepted)
    }
    texts = [text]
    expressions = [try CalendarExpression(parsing: text, zones: zones)]
  }

  /// Whatever any of them says.
  package init(union schedules: [Schedule]) {
    texts = schedules.flatMap(\.texts)
    expressions = schedules.flatMap(\.expressions)
  }

  /// The expressions in systemd's normal form, in the order of `texts`.
  package var normalized: [String] { expressions.map(\.normalized) }

  /// The first occurrence strictly after an instant; `zone` is the wall clock where the texts name none. Nil where there
  /// is none up to the year 2199.
  package func next(after instant: Instant, in zone: Zone) -> Instant? {
    var best: Instant?
    for expression in expressions {
      guard let next = expression.next(after: instant, in: zone) else { continue }
      best = min(best ?? next, next)
    }
    return best
  }

  /// The last occurrence strictly before an instant; nil where there is none from 1970 on.
  package func previous(before instant: Instant, in zone: Zone) -> Instant? {
    var best: Instant?
    for expression in expressions {
      guard let previous = expression.previous(before: instant, in: zone) else { continue }
      best = max(best ?? previous, previous)
    }
    return best
  }
}
