import CivilTime

extension CalendarExpression {
  /// The recurrence rule with the same occurrences, for a start that is one of them. Nil if no rule has them:
  /// for a fraction of a second, and for years with a year between them left out.
  var rule: RecurrenceRule? {
    guard let seconds = wholeSeconds, let monthDays = ruleDays, var rule = ruleOfYears else { return nil }
    rule.months = months.isEmpty ? [] : monthValues
    if weekdays != .all { rule.weekdays = weekdays.members.map { .init(ordinal: 0, weekday: $0) } }
    rule.monthDays = monthDays
    // A single hour, minute or second is that of the start.
    if hourValues.count > 1 { rule.hours = hourValues }
    if minuteValues.count > 1 { rule.minutes = minuteValues }
    if seconds.count > 1 { rule.seconds = seconds }
    return rule.plain
  }

  /// 0 to 59; nil if one of the expression's seconds has a fraction.
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

  /// The days of the month, negative from its end. Nil if they depend on the month's length in another way.
  private var ruleDays: [Int]? {
    guard isFromMonthEnd else { return days.isEmpty ? [] : dayValues }
    guard !days.isEmpty else { return [] }
    let fromEnd = endBits[3].positions.map { 32 - $0 }
    for length in 28...31 {
      let expected = fromEnd.filter { $0 <= length }.reduce(0 as UInt64) { $0 | 1 << UInt64(length + 1 - $1) }
      guard endBits[length - 28] & ((2 << UInt64(length)) - 2) == expected else { return nil }
    }
    return fromEnd.map { -$0 }.sorted()
  }

  /// A daily rule that ends with the last year; nil if a year between the first and the last is left out.
  private var ruleOfYears: RecurrenceRule? {
    var rule = RecurrenceRule(frequency: .daily)
    guard !years.isEmpty else { return rule }
    let all = yearValues
    guard let first = all.first, let last = all.last, last - first + 1 == all.count else { return nil }
    guard last < Self.yearRange.upperBound, let end = CivilDate(year: last, month: 12, day: 31) else {
      return rule
    }
    rule.end = .until(.date(end))
    return rule
  }
}

extension RecurrenceRule {
  /// A daily rule with limits, in the form that the dialogs of calendar programs can show.
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

  /// The number of the weekday in the month, if the rule's days are a whole week of the month: 2 for the 8th
  /// to the 14th.
  private var ordinal: Int? {
    for week in 1...4 {
      let days = (week * 7 - 6)...(week * 7)
      if monthDays == Array(days) { return week }
      if monthDays == days.reversed().map({ -$0 }) { return -week }
    }
    return nil
  }
}
