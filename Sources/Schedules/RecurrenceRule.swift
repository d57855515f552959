package import CivilTime

/// A recurrence rule as it is written (RFC 5545 3.3.10): its parts, independent of a start.
package struct RecurrenceRule: Hashable, Sendable {
  package enum Frequency: Int, Comparable, CaseIterable, Sendable {
    case secondly, minutely, hourly, daily, weekly, monthly, yearly

    /// The more frequent one comes first.
    package static func < (left: Frequency, right: Frequency) -> Bool { left.rawValue < right.rawValue }
  }

  /// An item of BYDAY: `FR` is every Friday, `-1FR` the last one.
  package struct Day: Hashable, Comparable, Sendable {
    /// -53 to 53; 0 if none is written.
    package let ordinal: Int
    package let weekday: Weekday

    package init(ordinal: Int = 0, weekday: Weekday) {
      self.ordinal = ordinal
      self.weekday = weekday
    }

    package static func < (left: Day, right: Day) -> Bool {
      (left.ordinal, left.weekday) < (right.ordinal, right.weekday)
    }
  }

  package enum End: Hashable, Sendable {
    case never
    /// COUNT, 1 or more.
    case count(Int)
    /// UNTIL, inclusive.
    case until(DateValue)
  }

  package var frequency: Frequency
  /// 1 or more.
  package var interval = 1
  package var end = End.never
  /// The BY… parts, each sorted and without repeated values; an empty list stands for a part that is not
  /// written.
  package var months: [Int] = []
  package var weekNumbers: [Int] = []
  package var yearDays: [Int] = []
  package var monthDays: [Int] = []
  package var weekdays: [Day] = []
  package var hours: [Int] = []
  package var minutes: [Int] = []
  /// 0 to 59: a leap second, 60, is read as 59 (RFC 5545 3.3.12).
  package var seconds: [Int] = []
  package var positions: [Int] = []
  /// WKST.
  package var weekStart = Weekday.monday

  package init(frequency: Frequency, interval: Int = 1) {
    self.frequency = frequency
    self.interval = interval
  }

  /// True if a part says on which days of its period the rule occurs.
  package var saysDay: Bool {
    switch frequency {
    case .yearly: !weekdays.isEmpty || !monthDays.isEmpty || !yearDays.isEmpty
    case .monthly: !weekdays.isEmpty || !monthDays.isEmpty
    case .weekly: !weekdays.isEmpty
    case .secondly, .minutely, .hourly, .daily: true
    }
  }

  /// The rule with the days that it leaves to its start (RFC 5545 3.3.10, "derived from the Start Time").
  package func completed(from start: CivilDate) -> RecurrenceRule {
    guard !saysDay else { return self }
    var rule = self
    switch frequency {
    case .yearly where !weekNumbers.isEmpty, .weekly: rule.weekdays = [Day(weekday: start.weekday)]
    case .yearly:
      if months.isEmpty { rule.months = [start.month] }
      rule.monthDays = [start.day]
    default: rule.monthDays = [start.day]
    }
    return rule
  }

  /// True if the rule means the same with every start: it says its days, and its steps begin anew each day or
  /// hour.
  var needsNoStart: Bool {
    if case .count = end { return false }
    let inDay = [Frequency.secondly: 86_400, .minutely: 1440, .hourly: 24][frequency] ?? 1
    return saysDay && inDay.isMultiple(of: interval)
  }
}
