package import CivilTime

/// When something happens, again and again: the union of what one or several texts say.
///
/// A text is a calendar expression of systemd (`Mon..Fri 08:05`), a recurrence rule of RFC 5545 (`FREQ=WEEKLY;BYDAY=FR`,
/// with `RRULE:` before it or not), or content lines of RFC 5545: `DTSTART`, `RRULE`, `RDATE`, `EXDATE`, a line each.
/// Both languages have one rule for what clocks skip or show twice: a local time in a gap comes shifted (RFC 5545
/// 3.3.5), one in a fold once, the first time.
package struct Schedule: Hashable, Sendable {
  /// The texts this was made from, as the user wrote them.
  package let texts: [String]
  private var sets: [RecurrenceSet]
  /// The dates that stand beside the texts, as content lines.
  private let dates: [String]

  /// Understands one text of the schedule language. `start` is the DTSTART of a rule that has none of its own; for a
  /// calendar expression, nothing comes before it.
  package init(parsing text: String, start: DateValue? = nil, zones: any ZoneSource) throws(ScheduleError) {
    texts = [text]
    dates = start.map { ["DTSTART:" + $0.text] } ?? []
    guard !ContentLines.isMeant(by: text) else {
      sets = [try ContentLines(text, zones: zones).set(start: start)]
      return
    }
    let expression = try CalendarExpression(parsing: text, zones: zones)
    sets = [RecurrenceSet(pattern: .calendar(Held(expression)), zone: expression.zone, start: start)]
  }

  /// Whatever any of them says, and `also`, without `except`. A whole day of `except` takes all of that day away; one
  /// of `also` comes at the time of the start, at midnight where there is none.
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

  /// Each text, and what comes besides, as a schedule of its own, with the exceptions of all.
  package var separate: [Schedule] { sets.map(Schedule.init(alone:)) }

  private init(alone set: RecurrenceSet) {
    texts = []
    dates = []
    sets = [set]
  }

  /// The normal form of each text: systemd's for a calendar expression, content lines for the rest.
  package var normalized: [String] { sets.map(\.normalized) }

  /// What each text says, by itself.
  var parts: [RecurrenceSet] { sets }

  /// What each text says, in words.
  var explanations: [String] { sets.map(\.explanation) }

  /// What must stay the same for the schedule to be the same: its texts and the dates beside them.
  package var fingerprint: String { (texts + dates).joined(separator: "\n") }

  /// The first occurrence strictly after an instant; `zone` is the wall clock where the texts name none. Nil where there
  /// is none up to the year 2199.
  package func next(after instant: Instant, in zone: Zone) -> Instant? {
    var best: Instant?
    for index in sets.indices {
      guard let next = sets[index].next(after: instant, in: zone) else { continue }
      best = min(best ?? next, next)
    }
    return best
  }

  /// The last occurrence strictly before an instant; nil where there is none from 1970 on, or from the start of a rule.
  package func previous(before instant: Instant, in zone: Zone) -> Instant? {
    var best: Instant?
    for index in sets.indices {
      guard let previous = sets[index].previous(before: instant, in: zone) else { continue }
      best = max(best ?? previous, previous)
    }
    return best
  }
}
