package import CivilTime

/// A recurrence rule beside the start that it counts from, as a configuration writes them.
package struct StartedRule: Hashable, Sendable {
  /// `RRULE:FREQ=…`
  package let rule: String
  package let start: DateValue

  package init(rule: String, start: DateValue) {
    self.rule = rule
    self.start = start
  }

  /// The parts of content lines that consist of a start without a zone and a rule; nil for all other texts.
  package init?(contentLines text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let name = "DTSTART:"
    guard lines.count == 2, lines[0].hasPrefix(name), lines[1].hasPrefix("RRULE:"),
      let start = try? DateValue(parsing: String(lines[0].dropFirst(name.count)))
    else { return nil }
    self.init(rule: lines[1], start: start)
  }

  /// The start moved to another day, at the rule's first time of the day. A start without a time stays
  /// without one.
  package func start(on date: CivilDate) -> DateValue {
    let moved = DateValue.date(date).timed(as: start)
    switch (start, moved, daily) {
    case (.date, _, _): return .date(date)
    // The earliest of several times: those before the start would not occur on that day.
    case (_, .local(let time), let rule?):
      let first = CivilDateTime(
        date, hour: rule.hours.min() ?? time.hour, minute: rule.minutes.min() ?? time.minute,
        second: rule.seconds.min() ?? time.second)
      return first.map { .local($0) } ?? moved
    default: return moved
    }
  }

  /// True if the rule occurs at the same times of the day with another start. True if one start is in UTC and
  /// the other on the wall clock, which are not compared.
  package func keepsTimes(with other: DateValue) -> Bool {
    guard let rule = daily, (rule.hours + rule.minutes + rule.seconds).isEmpty,
      case (.local(let own), .local(let time)) = (start, other)
    else { return true }
    return own.microsecondOfDay == time.microsecondOfDay
  }

  /// The parsed rule, if its frequency is a day or longer.
  private var daily: RecurrenceRule? {
    let text = rule.uppercased().hasPrefix("RRULE:") ? String(rule.dropFirst(6)) : rule
    guard let rule = try? RecurrenceParser(LocatedText(unfolding: text)).rule(), rule.frequency >= .daily
    else { return nil }
    return rule
  }
}

extension Schedule {
  /// Parses a text. With `besideStart`, a start will stand beside it, so a rule that counts from a start may
  /// have none of its own.
  package init(
    parsing text: String, besideStart: Bool, zones: any ZoneSource
  ) throws(ScheduleError) {
    let hasOwn = text.uppercased().contains("DTSTART")
    let some = DateValue.date(CivilDate(daysSinceEpoch: 0))
    try self.init(parsing: text, start: besideStart && !hasOwn ? some : nil, zones: zones)
  }
}
