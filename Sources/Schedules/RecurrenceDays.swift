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
    /// Since the week that begins on this day.
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
      case .weekly: .weeks(from: Week.first(of: start.daysSinceEpoch, from: rule.weekStart))
      case .daily: .days(from: start.daysSinceEpoch)
      case .secondly, .minutely, .hourly: .any
      }
    let months: UInt64 = rule.months.isEmpty ? 0x1ffe : rule.months.reduce(0) { $0 | 1 << UInt64($1) }
    self.months = months & Self.months(ofWeeks: rule.weekNumbers) & Self.months(ofYearDays: rule.yearDays)
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

  /// The months that days of these weeks can lie in: a week's days are up to three days from where they would be in a
  /// year that began with a week.
  private static func months(ofWeeks numbers: [Int]) -> UInt64 {
    numbers.isEmpty
      ? 0x1ffe
      : numbers.reduce(0) { bits, number in
        // Counted from the end, there are 52 or 53 of them.
        let (low, high) = number > 0 ? (number, number) : (53 + number, 54 + number)
        return bits | months(from: low * 7 - 9, to: high * 7 + 3)
      }
  }

  private static func months(ofYearDays days: [Int]) -> UInt64 {
    days.isEmpty
      ? 0x1ffe
      : days.reduce(0) { bits, day in
        bits | (day > 0 ? months(from: day, to: day) : months(from: 366 + day, to: 367 + day))
      }
  }

  /// The months of some days of a year, leap year or not. Days before or after the year are in its last or first month.
  private static func months(from first: Int, to last: Int) -> UInt64 {
    var bits: UInt64 = (first < 1 ? 1 << 12 : 0) | (last > 365 ? 1 << 1 : 0)
    var end = 0
    for month in 1...12 {
      let start = end + 1
      end += CivilDate.days(inMonth: month, ofYear: 2000)
      // A day of the year is a day later in the calendar of a year that is no leap year.
      if last + 1 >= start, first <= end { bits |= 1 << UInt64(month) }
    }
    return bits
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
    guard months != 0 else { return nil }
    let date = CivilDate(daysSinceEpoch: day)
    var month = Month(of: date, on: day)
    var bits = (days(in: month) >> UInt64(date.day)) << UInt64(date.day)
    while bits == 0 {
      month = month.next(of: months)
      guard month.first <= Self.lastDay else { return nil }
      bits = days(in: month)
    }
    return month.first + bits.trailingZeroBitCount - 1
  }

  /// The last day that is not after another; nil where there is none from `earliest` on.
  func day(through day: Int, earliest: Int) -> Int? {
    guard months != 0 else { return nil }
    let date = CivilDate(daysSinceEpoch: day)
    var month = Month(of: date, on: day)
    var bits = days(in: month) & ((1 << UInt64(date.day + 1)) - 1)
    while bits == 0 {
      guard month.first > earliest else { return nil }
      month = month.previous(of: months)
      bits = days(in: month)
    }
    return month.first + 62 - bits.leadingZeroBitCount
  }

  /// How many of a range of days there are.
  func count(_ range: ClosedRange<Int>) -> Int {
    var count = 0
    visit(range) { _, bits in
      count += bits.nonzeroBitCount
      return true
    }
    return count
  }

  /// The day of a number among those of a range, counted from 0.
  func day(_ number: Int, of range: ClosedRange<Int>) -> Int? {
    var number = number
    var day: Int?
    visit(range) { month, bits in
      guard number < bits.nonzeroBitCount else {
        number -= bits.nonzeroBitCount
        return true
      }
      var bits = bits
      for _ in 0..<number { bits &= bits - 1 }
      day = month.first + bits.trailingZeroBitCount - 1
      return false
    }
    return day
  }

  /// Shows the days of a range, a month at a time, while `see` wants more.
  private func visit(_ range: ClosedRange<Int>, _ see: (Month, UInt64) -> Bool) {
    guard months != 0 else { return }
    var month = Month(of: CivilDate(daysSinceEpoch: range.lowerBound), on: range.lowerBound)
    while month.first <= range.upperBound {
      var bits = days(in: month)
      if range.lowerBound > month.first { bits &= ~0 << UInt64(range.lowerBound - month.first + 1) }
      if range.upperBound < month.first + month.length {
        bits &= (1 << UInt64(range.upperBound - month.first + 2)) - 1
      }
      guard see(month, bits) else { return }
      month = month.next(of: months)
    }
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
    let firstWeekday = month.firstWeekday
    let week = (UInt64(weekdays) | UInt64(weekdays) << 7) >> UInt64(firstWeekday - 1) & 0x7f
    var bits = (week | week << 7 | week << 14 | week << 21 | week << 28) << 1
    for day in ordinals {
      let (first, length) =
        isOrdinalInYear
        ? (month.newYear, CivilDate.isLeap(month.year) ? 366 : 365) : (month.first, month.length)
      let weekday = isOrdinalInYear ? CivilDate.weekdayNumber(daysSinceEpoch: first) : firstWeekday
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

  /// The days of the weeks that have one of the rule's numbers, in this year or one that reaches into the month.
  private func weekNumberBits(_ month: Month) -> UInt64 {
    var bits: UInt64 = 0
    for year
      in (month.month == 1 ? month.year - 1 : month.year)...(month.month == 12 ? month.year + 1 : month.year)
    {
      let first = Week.first(ofYear: year, from: weekStart)
      let count = (Week.first(ofYear: year + 1, from: weekStart) - first) / 7
      for number in weekNumbers {
        let place = number > 0 ? number : count + 1 + number
        guard (1...count).contains(place) else { continue }
        bits |= Self.week(from: first + (place - 1) * 7 - month.first + 1)
      }
    }
    return bits
  }

  /// The days of a week that begins on some day of the month, as far as they are of a month of 31 days.
  private static func week(from day: Int) -> UInt64 {
    guard (-5...31).contains(day) else { return 0 }
    return day > 0 ? 0x7f << UInt64(day) : 0x7f >> UInt64(-day) & ~1
  }

  // MARK: The interval

  private func stepBits(_ month: Month) -> UInt64 {
    switch step {
    case .any: ~0
    case .years(let from): (month.year - from).isMultiple(of: interval) ? ~0 : 0
    case .months(let from): (month.year * 12 + month.month - from).isMultiple(of: interval) ? ~0 : 0
    case .days(let from):
      Self.every(interval, from: Self.modulo(from - month.first, interval), upTo: month.length)
    case .weeks(let from): weekStepBits(month, from: from)
    case .weekYears(let from): weekYearBits(month, from: from)
    }
  }

  /// Every so many weeks.
  private func weekStepBits(_ month: Month, from: Int) -> UInt64 {
    let first = Week.first(of: month.first, from: weekStart)
    var day = first + Self.modulo(from - first, interval * 7) - month.first + 1
    var bits: UInt64 = 0
    while day <= month.length {
      bits |= Self.week(from: day)
      day += interval * 7
    }
    return bits
  }

  /// The weeks of every so many years.
  private func weekYearBits(_ month: Month, from: Int) -> UInt64 {
    var bits: UInt64 = 0
    var day = month.first
    while day < month.first + month.length {
      let week = Week(of: day, from: weekStart)
      if (week.year - from).isMultiple(of: interval) { bits |= Self.week(from: week.first - month.first + 1) }
      day = week.first + 7
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

  /// The next one that is among some months of the year; bit 1 is January, and there is one at least.
  func next(of months: UInt64) -> Month {
    let rest = (months >> UInt64(month + 1)) << UInt64(month + 1)
    if rest != 0 { return Month(year: year, month: rest.trailingZeroBitCount) }
    return Month(year: year + 1, month: months.trailingZeroBitCount)
  }

  func previous(of months: UInt64) -> Month {
    let rest = months & ((1 << UInt64(month)) - 1)
    if rest != 0 { return Month(year: year, month: 63 - rest.leadingZeroBitCount) }
    return Month(year: year - 1, month: 63 - months.leadingZeroBitCount)
  }

  private init(year: Int, month: Int) {
    self.init(
      year: year, month: month, first: CivilDate.daysSinceEpoch(year: year, month: month, day: 1))
  }

  var firstWeekday: Int { CivilDate.weekdayNumber(daysSinceEpoch: first) }

  /// The first day of its year.
  var newYear: Int { CivilDate.daysSinceEpoch(year: year, month: 1, day: 1) }
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

  /// 52 or 53.
  var countInYear: Int {
    let start = CivilDate.weekday(daysSinceEpoch: first)
    return (Self.first(ofYear: year + 1, from: start) - Self.first(ofYear: year, from: start)) / 7
  }

  /// The first day of a year's first week.
  static func first(ofYear year: Int, from start: Weekday) -> Int {
    // The week that has the year's fourth day has four of its days.
    first(of: newYear(year) + 3, from: start)
  }

  static func first(of day: Int, from start: Weekday) -> Int {
    day - (CivilDate.weekdayNumber(daysSinceEpoch: day) - start.rawValue + 7) % 7
  }

  private static func newYear(_ year: Int) -> Int {
    CivilDate.daysSinceEpoch(year: year, month: 1, day: 1)
  }
}
