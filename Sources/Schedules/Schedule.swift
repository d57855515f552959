package import CivilTime

/// A schedule: the union of the occurrences that one or several texts describe.
///
/// A text is a calendar expression of systemd (`Mon..Fri 08:05`), a recurrence rule of RFC 5545
/// (`FREQ=WEEKLY;BYDAY=FR`, with or without `RRULE:` before it), or content lines of RFC 5545: `DTSTART`,
/// `RRULE`, `RDATE`, `EXDATE`, a line each. Both languages treat changes of the clock alike: a local time
/// that the clocks skip is shifted by the gap (RFC 5545 3.3.5), and one that they show twice occurs once, the
/// first time.
package struct Schedule: Hashable, Sendable {
  /// The texts of the schedule, as the user wrote them.
  package let texts: [String]
  /// The recurrence set of each text; after them, that of the dates added to a union.
  package private(set) var sets: [RecurrenceSet]
  /// The dates beside the texts, as content lines.
  private let dates: [String]

  /// Parses one text of the schedule language. `start` is the DTSTART of a rule that has none of its own; a
  /// calendar expression has no occurrence before it.
  package init(parsing text: String, start: DateValue? = nil, zones: any ZoneSource) throws(ScheduleError) {
    texts = [text]
    dates = start.map { ["DTSTART:" + $0.text] } ?? []
    guard !RecurrenceLines.isMeant(by: text) else {
      sets = [try RecurrenceLines(text, zones: zones).set(start: start)]
      return
    }
    let expression = try CalendarExpression(parsing: text, zones: zones)
    sets = [RecurrenceSet(pattern: .calendar(Shared(expression)), zone: expression.zone, start: start)]
  }

  /// The union of schedules and of the dates in `also`, without those in `except`. A whole day in `except`
  /// removes all occurrences of the day; one in `also` occurs at the time of day of the first start, or at
  /// midnight without one.
  package init(
    union schedules: [Schedule], also: [DateValue] = [], except: [DateValue] = []
  ) {
    texts = schedules.flatMap(\.texts)
    sets = schedules.flatMap(\.sets)
    let beside = [("RDATE", also), ("EXDATE", except)].filter { !$0.1.isEmpty }
    dates =
      schedules.flatMap(\.dates)
      + beside.map { name, values in name + ":" + values.map(\.text).joined(separator: ",") }
    if !also.isEmpty {
      let start = sets.lazy.compactMap(\.start).first
      let dates = DateList(also.map { $0.timed(as: start) })
      sets.append(RecurrenceSet(pattern: .none, included: dates))
    }
    guard !except.isEmpty else { return }
    for index in sets.indices { sets[index].excluded.add(except) }
  }

  /// A schedule for each text, and one for the dates added to them, all with the same exceptions.
  package var separate: [Schedule] { sets.map(Schedule.init(alone:)) }

  private init(alone set: RecurrenceSet) {
    texts = []
    dates = []
    sets = [set]
  }

  /// The normal form of each text: systemd's for a calendar expression, and content lines for the rest.
  package var normalized: [String] { sets.map(\.normalized) }

  /// The texts and the dates beside them. Two schedules of the same fingerprint are the same.
  package var fingerprint: String { (texts + dates).joined(separator: "\n") }

  /// The first occurrence strictly after an instant; nil if there is none up to the year 2199. `zone` is the
  /// wall clock of texts that name none.
  package func next(after instant: Instant, in zone: Zone) -> Instant? {
    var best: Instant?
    for index in sets.indices {
      guard let next = sets[index].next(after: instant, in: zone) else { continue }
      best = min(best ?? next, next)
    }
    return best
  }

  /// The last occurrence strictly before an instant; nil if there is none from 1970 or the start of a rule
  /// on.
  package func previous(before instant: Instant, in zone: Zone) -> Instant? {
    var best: Instant?
    for index in sets.indices {
      guard let previous = sets[index].previous(before: instant, in: zone) else { continue }
      best = max(best ?? previous, previous)
    }
    return best
  }
}
