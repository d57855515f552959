import CivilTime

extension CalendarExpression {
  /// The recurrence rule that says the same, for a start that is one of its occurrences; nil where there is none: a
  /// fraction of a second, or years that do not follow one another.
  var rule: RecurrenceRule? {
    guard let seconds = wholeSeconds, let monthDays = ruleDays, var rule = ruleOfYears else { return nil }
    let days = Weekday.allCases.filter { weekdays & 1 << UInt8($0.rawValue - 1) != 0 }
    rule.months = months.isEmpty ? [] : Self.values(monthBits)
    if weekdays != Self.everyDay { rule.weekdays = days.map { .init(ordinal: 0, weekday: $0) } }
    rule.monthDays = monthDays
    let (hours, minutes) = (Self.values(hourBits), Self.values(minuteBits))
    // What there is one of comes from the start.
    if hours.count > 1 { rule.hours = hours }
    if minutes.count > 1 { rule.minutes = minutes }
    if seconds.count > 1 { rule.seconds = seconds }
    return rule.plain
  }

  private static func values(_ bits: UInt64) -> [Int] { (0..<64).filter { bits & 1 << UInt64($0) != 0 } }

  /// Nil where one of them is not whole.
  private var wholeSeconds: [Int]? {
    var values: [Int] = []
    for component in seconds {
      var second = component.first(from: 0, upTo: Self.microsecondsPerMinute - 1)
      while let found = second {
        guard found.isMultiple(of: 1_000_000), values.count <= 60 else { return nil }
        values.append(Int(found / 1_000_000))
        second = component.first(from: found + 1, upTo: Self.microsecondsPerMinute - 1)
      }
    }
    return Set(values).sorted()
  }

  /// The days of the month, negative from its end; nil where they hang on the month's length in another way.
  private var ruleDays: [Int]? {
    guard isFromMonthEnd else { return days.isEmpty ? [] : Self.values(dayBits) }
    guard !days.isEmpty else { return [] }
    let fromEnd = Self.values(endBits[3]).map { 32 - $0 }
    for length in 28...31 {
      let expected = fromEnd.filter { $0 <= length }.reduce(0 as UInt64) { $0 | 1 << UInt64(length + 1 - $1) }
      guard endBits[length - 28] & ((2 << UInt64(length)) - 2) == expected else { return nil }
    }
    return fromEnd.map { -$0 }.sorted()
  }

  /// A rule that ends with the last of the years.
  private var ruleOfYears: RecurrenceRule? {
    var rule = RecurrenceRule(frequency: .daily)
    guard !years.isEmpty else { return rule }
    let all = Self.yearRange.filter { year in
      years.contains { $0.first(from: year, upTo: Self.yearRange.upperBound) == year }
    }
    guard let first = all.first, let last = all.last, last - first + 1 == all.count else { return nil }
    guard last < Self.yearRange.upperBound, let end = CivilDate(year: Int(last), month: 12, day: 31) else {
      return rule
    }
    rule.end = .until(.date(end))
    return rule
  }
}

extension RecurrenceRule {
  /// A daily rule with limits, in the form that calendar programs have a picture of.
  fileprivate var plain: RecurrenceRule {
    var rule = self
    switch (months.isEmpty, weekdays.isEmpty, monthDays.isEmpty) {
    case (true, false, true): rule.frequency = .weekly
    case (true, true, false): rule.frequency = .monthly
    case (false, true, false): rule.frequency = .yearly
    case (_, false, false):
      // The first Sunday, and not a Sunday that is one of the first seven days.
      guard weekdays.count == 1, let ordinal else { break }
      rule.frequency = months.isEmpty ? .monthly : .yearly
      rule.weekdays = [.init(ordinal: ordinal, weekday: weekdays[0].weekday)]
      rule.monthDays = []
    default: break
    }
    return rule
  }

  /// The place that a week of the month's days stands for.
  private var ordinal: Int? {
    for week in 1...4 {
      let days = (week * 7 - 6)...(week * 7)
      if monthDays == Array(days) { return week }
      if monthDays == days.reversed().map({ -$0 }) { return -week }
    }
    return nil
  }
}
