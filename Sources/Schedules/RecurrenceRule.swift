import CivilTime

/// A recurrence rule as it is written (RFC 5545 3.3.10): its parts, and nothing that depends on a start.
struct RecurrenceRule: Hashable, Sendable {
  enum Frequency: Int, Comparable, CaseIterable, Sendable {
    case secondly, minutely, hourly, daily, weekly, monthly, yearly

    static func < (left: Frequency, right: Frequency) -> Bool { left.rawValue < right.rawValue }
  }

  /// An item of BYDAY: `FR` is every Friday, `-1FR` the last.
  struct Day: Hashable, Comparable, Sendable {
    /// -53 to 53; 0 where none is written.
    let ordinal: Int
    let weekday: Weekday

    static func < (left: Day, right: Day) -> Bool {
      (left.ordinal, left.weekday) < (right.ordinal, right.weekday)
    }
  }

  enum End: Hashable, Sendable {
    case never
    /// COUNT, 1 or more.
    case count(Int)
    /// UNTIL; the day or the time itself is part of it.
    case until(DateValue)
  }

  var frequency: Frequency
  /// 1 or more.
  var interval = 1
  var end = End.never
  /// The BY… parts; an empty one is not there. Sorted, and each value once.
  var months: [Int] = []
  var weekNumbers: [Int] = []
  var yearDays: [Int] = []
  var monthDays: [Int] = []
  var weekdays: [Day] = []
  var hours: [Int] = []
  var minutes: [Int] = []
  /// 60, a leap second, was taken for 59 (RFC 5545 3.3.12).
  var seconds: [Int] = []
  var positions: [Int] = []
  /// WKST.
  var weekStart = Weekday.monday

  /// Whether anything says on which days of its period the rule comes.
  var saysDay: Bool {
    switch frequency {
    case .yearly: !weekdays.isEmpty || !monthDays.isEmpty || !yearDays.isEmpty
    case .monthly: !weekdays.isEmpty || !monthDays.isEmpty
    case .weekly: !weekdays.isEmpty
    case .secondly, .minutely, .hourly, .daily: true
    }
  }

  /// Whether a rule says all by itself: on which days, and in steps that begin anew each day or hour.
  var needsNoStart: Bool {
    if case .count = end { return false }
    let inDay = [Frequency.secondly: 86_400, .minutely: 1440, .hourly: 24][frequency] ?? 1
    return saysDay && inDay.isMultiple(of: interval)
  }
}
