package import CivilTime

/// A recurrence rule and the start that it counts from, apart, as a configuration writes them.
package struct StartedRule: Hashable, Sendable {
  /// `RRULE:FREQ=…`
  package let rule: String
  package let start: DateValue

  package init(rule: String, start: DateValue) {
    self.rule = rule
    self.start = start
  }

  /// Takes apart content lines that are a start, without a zone, and a rule; nil for all other texts.
  package init?(contentLines text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let name = "DTSTART:"
    guard lines.count == 2, lines[0].hasPrefix(name), lines[1].hasPrefix("RRULE:"),
      let start = try? DateValue(parsing: String(lines[0].dropFirst(name.count)))
    else { return nil }
    self.init(rule: lines[1], start: start)
  }

  /// The start on another day, at the first time of day at which the rule comes. A start without a time stays without.
  package func start(on date: CivilDate) -> DateValue {
    let moved = DateValue.date(date).timed(as: start)
    switch (start, moved, daily) {
    case (.date, _, _): return .date(date)
    // Of several times of a day the first: else those before it would not come on that day.
    case (_, .local(let time), let rule?):
      let first = CivilDateTime(
        date, hour: rule.hours.min() ?? time.hour, minute: rule.minutes.min() ?? time.minute,
        second: rule.seconds.min() ?? time.second)
      return first.map { .local($0) } ?? moved
    default: return moved
    }
  }

  /// Whether the rule comes at the same times of the day with another start as with its own. A start in UTC and one on
  /// the wall clock are not compared.
  package func keepsTimes(with other: DateValue) -> Bool {
    guard let rule = daily, (rule.hours + rule.minutes + rule.seconds).isEmpty,
      case (.local(let own), .local(let time)) = (start, other)
    else { return true }
    return own.microsecondOfDay == time.microsecondOfDay
  }

  /// The rule, where it comes on days and not around the clock.
  private var daily: RecurrenceRule? {
    let text = rule.uppercased().hasPrefix("RRULE:") ? String(rule.dropFirst(6)) : rule
    guard let rule = try? RecurrenceParser(LocatedText(unfolding: text)).rule(), rule.frequency >= .daily
    else { return nil }
    return rule
  }
}

extension Schedule {
  /// Understands a text that a start may stand beside, whichever that will be: a rule that counts from one needs none of
  /// its own then.
  package init(
    parsing text: String, besideStart: Bool, zones: any ZoneSource
  ) throws(ScheduleError) {
    let hasOwn = text.uppercased().contains("DTSTART")
    let some = DateValue.date(CivilDate(daysSinceEpoch: 0))
    try self.init(parsing: text, start: besideStart && !hasOwn ? some : nil, zones: zones)
  }
}
