import CivilTime

/// The days on which a recurrence rule comes, as far as they don't depend on the time of day: a month at a time, as
/// bits 1 to 31. Nothing is allocated on the way.
struct RecurrenceDays: Hashable, Sendable {
  /// Every how many of what, counted from where; nil where the rule's step is shorter than a day.
  private enum Step: Hashable {
    case years(from: Int)
    /// Years of weeks: ISO 8601 with the rule's own first day of the week.
    case weekYears(from: Int)
    /// Since the year 0.
    case months(from: Int)
    /// Since the week of 1970-01-01.
    case weeks(from: Int)
    /// Since 1970-01-01.
    case days(from: Int)
    case any
  }

  private let step: Step
  private let interval: Int
  /// Bit 1 is January.
  private let months: UInt64
  /// Bit 1 is the 1st.
  private let monthDays: UInt64
  /// Bit 1 is the last day.
  private let lastDays: UInt64
  private let hasMonthDays: Bool
  private let yearDays: [Int]
  private let weekNumbers: [Int]
  /// Weekdays without an ordinal; bit 0 is Monday.
  private let weekdays: UInt8
  private let ordinals: [RecurrenceRule.Day]
  /// Whether the ordinals count in the year; otherwise in the month.
  private let isOrdinalInYear: Bool
  private let hasWeekdays: Bool
  private let weekStart: Weekday

  /// What a rule leaves out comes from its start (RFC 5545 3.3.10, "derived from the Start Time").
  init(_ rule: RecurrenceRule, start: CivilDate) {
    var rule = rule
    weekStart = rule.weekStart
    interval = rule.interval
    if !rule.saysDay {
      switch rule.frequency {
      case .yearly where !rule.weekNumbers.isEmpty, .weekly:
        rule.weekdays = [.init(ordinal: 0, weekday: start.weekday)]
      case .yearly:
        if rule.months.isEmpty { rule.months = [start.month] }
        rule.monthDays = [start.day]
      default: rule.monthDays = [start.day]
      }
    }
    step =
      switch rule.frequency {
      case .yearly where !rule.weekNumbers.isEmpty:
        .weekYears(from: Week(of: start.daysSinceEpoch, from: rule.weekStart).year)
      case .yearly: .years(from: start.year)
      case .monthly: .months(from: start.year * 12 + start.month)
      case .weekly: .weeks(from: Week.index(of: start.daysSinceEpoch, from: rule.weekStart))
      case .daily: .days(from: start.daysSinceEpoch)
      case .secondly, .minutely, .hourly: .any
      }
    months = rule.months.isEmpty ? 0x1ffe : rule.months.reduce(0) { $0 | 1 << UInt64($1) }
    hasMonthDays = !rule.monthDays.isEmpty
    monthDays = rule.monthDays.reduce(0) { $1 > 0 ? $0 | 1 << UInt64($1) : $0 }
    lastDays = rule.monthDays.reduce(0) { $1 < 0 ? $0 | 1 << UInt64(-$1) : $0 }
    yearDays = rule.yearDays
    weekNumbers = rule.weekNumbers
    hasWeekdays = !rule.weekdays.isEmpty
    weekdays = rule.weekdays.reduce(0) { $1.ordinal == 0 ? $0 | 1 << UInt8($1.weekday.rawValue - 1) : $0 }
    ordinals = rule.weekdays.filter { $0.ordinal != 0 }
    isOrdinalInYear = rule.frequency == .yearly && rule.months.isEmpty
  }

  /// 2199-12-31, as for calendar expressions.
  static let lastDay = 84_005

  // MARK: Looking

  func contains(_ day: Int) -> Bool {
    let date = CivilDate(daysSinceEpoch: day)
    return days(in: Month(of: date, on: day)) & 1 << UInt64(date.day) != 0
  }

  /// The first day that is not before another; nil where there is none up to the year 2199.
  func day(from day: Int) -> Int? {
    let date = CivilDate(daysSinceEpoch: day)
    var month = Month(of: date, on: day)
    var bits = (days(in: month) >> UInt64(date.day)) << UInt64(date.day)
    while bits == 0 {
      month = month.next
      guard month.first <= Self.lastDay else { return nil }
      bits = days(in: month)
    }
    return month.first + bits.trailingZeroBitCount - 1
  }

  /// The last day that is not after another; nil where there is none from `earliest` on.
  func day(through day: Int, earliest: Int) -> Int? {
    let date = CivilDate(daysSinceEpoch: day)
    var month = Month(of: date, on: day)
    var bits = days(in: month) & ((1 << UInt64(date.day + 1)) - 1)
    while bits == 0 {
      guard month.first > earliest else { return nil }
      month = month.previous
      bits = days(in: month)
    }
    return month.first + 62 - bits.leadingZeroBitCount
  }

  // MARK: A month

  private func days(in month: Month) -> UInt64 {
    guard months & 1 << UInt64(month.month) != 0 else { return 0 }
    var bits: UInt64 = (1 << UInt64(month.length + 1)) - 2
    if hasMonthDays { bits &= monthDays | fromEnd(month.length) }
    if hasWeekdays { bits &= weekdayBits(month) }
    if interval > 1 { bits &= stepBits(month) }
    if bits != 0, !yearDays.isEmpty { bits &= yearDayBits(month) }
    if bits != 0, !weekNumbers.isEmpty { bits &= weekNumberBits(month) }
    return bits
  }

  /// `lastDays`, turned for a month of some length.
  private func fromEnd(_ length: Int) -> UInt64 {
    guard lastDays != 0 else { return 0 }
    var bits: UInt64 = 0
    var rest = lastDays
    while rest != 0 {
      let day = length + 1 - rest.trailingZeroBitCount
      if day >= 1 { bits |= 1 << UInt64(day) }
      rest &= rest - 1
    }
    return bits
  }

  private func weekdayBits(_ month: Month) -> UInt64 {
    // The week's seven bits, turned so that the lowest is the month's first day, and repeated over the month.
    let week = (UInt64(weekdays) | UInt64(weekdays) << 7) >> UInt64(month.firstWeekday - 1) & 0x7f
    var bits = (week | week << 7 | week << 14 | week << 21 | week << 28) << 1
    for day in ordinals {
      let (first, length) =
        isOrdinalInYear
        ? (month.newYear, CivilDate.isLeap(month.year) ? 366 : 365) : (month.first, month.length)
      let weekday = CivilDate.weekday(daysSinceEpoch: first).rawValue
      // Days since the period's first, of the first such weekday and of the last.
      let earliest = (day.weekday.rawValue - weekday + 7) % 7
      let latest = earliest + (length - 1 - earliest) / 7 * 7
      let distance = day.ordinal > 0 ? earliest + (day.ordinal - 1) * 7 : latest + (day.ordinal + 1) * 7
      guard (0..<length).contains(distance) else { continue }
      let inMonth = first + distance - month.first
      if (0..<month.length).contains(inMonth) { bits |= 1 << UInt64(inMonth + 1) }
    }
    return bits
  }

  private func yearDayBits(_ month: Month) -> UInt64 {
    let length = CivilDate.isLeap(month.year) ? 366 : 365
    let before = month.first - month.newYear
    var bits: UInt64 = 0
    for day in yearDays {
      let inMonth = (day > 0 ? day : length + 1 + day) - before
      if (1...month.length).contains(inMonth) { bits |= 1 << UInt64(inMonth) }
    }
    return bits
  }

  /// Week by week: whether its number is one of the rule's, and its year one of the interval's.
  private func weekNumberBits(_ month: Month) -> UInt64 {
    var bits: UInt64 = 0
    var day = month.first
    while day < month.first + month.length {
      let week = Week(of: day, from: weekStart)
      if weekNumbers.contains(week.number) || weekNumbers.contains(week.number - week.countInYear - 1) {
        bits |= Self.run(from: day - month.first + 1, count: week.first + 7 - day)
      }
      day = week.first + 7
    }
    return bits
  }

  // MARK: The interval

  private func stepBits(_ month: Month) -> UInt64 {
    switch step {
    case .any: ~0
    case .years(let from): (month.year - from).isMultiple(of: interval) ? ~0 : 0
    case .months(let from): (month.year * 12 + month.month - from).isMultiple(of: interval) ? ~0 : 0
    case .days(let from):
      Self.every(interval, from: Self.modulo(from - month.first, interval), upTo: month.length)
    case .weeks(let from): weekStepBits(month) { Week.index(of: $0, from: weekStart) - from }
    case .weekYears(let from): weekStepBits(month) { Week(of: $0, from: weekStart).year - from }
    }
  }

  private func weekStepBits(_ month: Month, distance: (Int) -> Int) -> UInt64 {
    var bits: UInt64 = 0
    var day = month.first
    while day < month.first + month.length {
      let end = Week.first(of: day, from: weekStart) + 7
      if distance(day).isMultiple(of: interval) {
        bits |= Self.run(from: day - month.first + 1, count: end - day)
      }
      day = end
    }
    return bits
  }

  /// Every so many days of a month, of which the first is at a distance from its first day.
  private static func every(_ interval: Int, from distance: Int, upTo length: Int) -> UInt64 {
    var bits: UInt64 = 0
    var day = distance + 1
    while day <= length {
      bits |= 1 << UInt64(day)
      day += interval
    }
    return bits
  }

  private static func run(from bit: Int, count: Int) -> UInt64 { ((1 << UInt64(count)) - 1) << UInt64(bit) }

  private static func modulo(_ number: Int, _ divisor: Int) -> Int {
    let remainder = number % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}

/// A month of a year, with what the search asks of it.
private struct Month {
  let year: Int
  /// 1 to 12.
  let month: Int
  /// Its first day, since 1970-01-01.
  let first: Int
  let length: Int

  init(of date: CivilDate, on day: Int) {
    self.init(year: date.year, month: date.month, first: day - date.day + 1)
  }

  private init(year: Int, month: Int, first: Int) {
    self.year = year
    self.month = month
    self.first = first
    length = CivilDate.days(inMonth: month, ofYear: year)
  }

  var next: Month {
    month == 12
      ? Month(year: year + 1, month: 1, first: first + length)
      : Month(year: year, month: month + 1, first: first + length)
  }

  var previous: Month {
    let (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
    return Month(year: year, month: month, first: first - CivilDate.days(inMonth: month, ofYear: year))
  }

  var firstWeekday: Int { CivilDate.weekday(daysSinceEpoch: first).rawValue }

  /// The first day of its year.
  var newYear: Int {
    var day = first
    for month in 1..<month { day -= CivilDate.days(inMonth: month, ofYear: year) }
    return day
  }
}

/// A week that begins on some weekday, with its year and number (ISO 8601, RFC 5545 3.3.10 "BYWEEKNO"): the first
/// of a year is the first with four days in it at least.
struct Week {
  /// Days since 1970-01-01.
  let first: Int
  let year: Int
  /// 1 to 53.
  let number: Int

  init(of day: Int, from start: Weekday) {
    first = Self.first(of: day, from: start)
    // Its fourth day lies in the year that has the most of it.
    let middle = CivilDate(daysSinceEpoch: first + 3)
    year = middle.year
    number = (first + 3 - Self.newYear(middle.year)) / 7 + 1
  }

  /// 52 or 53: the week with the fourth day before a year's end is its last.
  var countInYear: Int {
    let lastMiddle = Self.first(of: Self.newYear(year + 1) - 4, from: start) + 3
    return (lastMiddle - Self.newYear(year)) / 7 + 1
  }

  private var start: Weekday { CivilDate.weekday(daysSinceEpoch: first) }

  static func first(of day: Int, from start: Weekday) -> Int {
    day - (CivilDate.weekday(daysSinceEpoch: day).rawValue - start.rawValue + 7) % 7
  }

  /// Weeks since the one of 1970-01-01.
  static func index(of day: Int, from start: Weekday) -> Int {
    (first(of: day, from: start) - first(of: 0, from: start)) / 7
  }

  private static func newYear(_ year: Int) -> Int {
    CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
  }
}
