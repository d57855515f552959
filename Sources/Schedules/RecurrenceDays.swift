import CivilTime

/// The days of a recurrence rule, whatever its times of day. The search goes a month at a time, whose days
/// are bits 1 to 31, and allocates nothing. A day is a number of days since 1970-01-01.
struct RecurrenceDays: Hashable, Sendable {
  private let step: RecurrenceStep
  /// Bit 1 is January.
  private let months: UInt64
  /// Bit 1 is the first of the month.
  private let monthDays: UInt64
  /// Bit 1 is the last day of the month.
  private let lastDays: UInt64
  private let hasMonthDays: Bool
  private let yearDays: [Int]
  private let weekNumbers: [Int]
  /// Weekdays without an ordinal.
  private let weekdays: WeekdaySet
  private let ordinals: [RecurrenceRule.Day]
  /// True if the ordinals count in the year, and not in the month.
  private let isOrdinalInYear: Bool
  private let hasWeekdays: Bool
  private let weekStart: Weekday

  /// `start` provides the days that the rule leaves out.
  init(_ rule: RecurrenceRule, start: CivilDate) {
    let rule = rule.completed(from: start)
    step = RecurrenceStep(rule, start: start)
    weekStart = rule.weekStart
    let months: UInt64 = rule.months.isEmpty ? 0x1ffe : rule.months.reduce(0) { $0 | 1 << UInt64($1) }
    self.months = months & Self.months(ofWeeks: rule.weekNumbers) & Self.months(ofYearDays: rule.yearDays)
    hasMonthDays = !rule.monthDays.isEmpty
    monthDays = rule.monthDays.reduce(0) { $1 > 0 ? $0 | 1 << UInt64($1) : $0 }
    lastDays = rule.monthDays.reduce(0) { $1 < 0 ? $0 | 1 << UInt64(-$1) : $0 }
    yearDays = rule.yearDays
    weekNumbers = rule.weekNumbers
    hasWeekdays = !rule.weekdays.isEmpty
    weekdays = WeekdaySet(rule.weekdays.filter { $0.ordinal == 0 }.map(\.weekday))
    ordinals = rule.weekdays.filter { $0.ordinal != 0 }
    isOrdinalInYear = rule.frequency == .yearly && rule.months.isEmpty
  }

  /// The months that can have days of these weeks. A week lies up to three days from its place in a year that
  /// begins with a whole week.
  private static func months(ofWeeks numbers: [Int]) -> UInt64 {
    numbers.isEmpty
      ? 0x1ffe
      : numbers.reduce(0) { bits, number in
        // Numbers from the end count down from 52 or 53.
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

  /// The months that can have a range of days of the year, in leap years or others. Days before or after the
  /// year are in its last or first month.
  private static func months(from first: Int, to last: Int) -> UInt64 {
    var bits: UInt64 = (first < 1 ? 1 << 12 : 0) | (last > 365 ? 1 << 1 : 0)
    var end = 0
    for month in 1...12 {
      let start = end + 1
      end += CivilDate.days(inMonth: month, ofYear: 2000)
      // After February, a day of the year has an earlier date in a leap year than in others.
      if last + 1 >= start, first <= end { bits |= 1 << UInt64(month) }
    }
    return bits
  }

  // MARK: Search

  func contains(_ day: Int) -> Bool {
    let date = CivilDate(daysSinceEpoch: day)
    return days(in: YearMonth(of: date, on: day)) & 1 << UInt64(date.day) != 0
  }

  /// The first day that is not before another; nil if there is none up to the year 2199.
  func day(from day: Int) -> Int? {
    guard months != 0 else { return nil }
    let date = CivilDate(daysSinceEpoch: day)
    var month = YearMonth(of: date, on: day)
    var bits = (days(in: month) >> UInt64(date.day)) << UInt64(date.day)
    while bits == 0 {
      month = month.next(of: months)
      guard month.first <= Horizon.lastDay else { return nil }
      bits = days(in: month)
    }
    return month.first + bits.trailingZeroBitCount - 1
  }

  /// The last day that is not after another; nil if there is none from `earliest` on.
  func day(through day: Int, earliest: Int) -> Int? {
    guard months != 0 else { return nil }
    let date = CivilDate(daysSinceEpoch: day)
    var month = YearMonth(of: date, on: day)
    var bits = days(in: month) & ((1 << UInt64(date.day + 1)) - 1)
    while bits == 0 {
      guard month.first > earliest else { return nil }
      month = month.previous(of: months)
      bits = days(in: month)
    }
    return month.first + 62 - bits.leadingZeroBitCount
  }

  /// The number of the rule's days in a range.
  func count(_ range: ClosedRange<Int>) -> Int {
    var count = 0
    visit(range) { _, bits in
      count += bits.nonzeroBitCount
      return true
    }
    return count
  }

  /// The rule's day at an index, from 0, among those in a range.
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

  /// Calls `visitor` with each month of a range and the rule's days in it, until it returns false.
  private func visit(_ range: ClosedRange<Int>, _ visitor: (YearMonth, UInt64) -> Bool) {
    guard months != 0 else { return }
    var month = YearMonth(of: CivilDate(daysSinceEpoch: range.lowerBound), on: range.lowerBound)
    while month.first <= range.upperBound {
      var bits = days(in: month)
      if range.lowerBound > month.first { bits &= ~0 << UInt64(range.lowerBound - month.first + 1) }
      if range.upperBound < month.first + month.length {
        bits &= (1 << UInt64(range.upperBound - month.first + 2)) - 1
      }
      guard visitor(month, bits) else { return }
      month = month.next(of: months)
    }
  }

  // MARK: The days of a month

  private func days(in month: YearMonth) -> UInt64 {
    guard months & 1 << UInt64(month.month) != 0 else { return 0 }
    var bits: UInt64 = (1 << UInt64(month.length + 1)) - 2
    if hasMonthDays { bits &= monthDays | fromEnd(month.length) }
    if hasWeekdays { bits &= weekdayBits(month) }
    if !step.takesAll { bits &= step.bits(in: month) }
    if bits != 0, !yearDays.isEmpty { bits &= yearDayBits(month) }
    if bits != 0, !weekNumbers.isEmpty { bits &= weekNumberBits(month) }
    return bits
  }

  /// `lastDays`, counted from the beginning of a month of some length.
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

  private func weekdayBits(_ month: YearMonth) -> UInt64 {
    let firstWeekday = month.firstWeekday
    var bits = weekdays.daysOfMonth(beginningOn: firstWeekday)
    for day in ordinals {
      let (first, length) =
        isOrdinalInYear
        ? (month.newYear, CivilDate.isLeap(month.year) ? 366 : 365) : (month.first, month.length)
      let weekday = isOrdinalInYear ? CivilDate.weekdayNumber(daysSinceEpoch: first) : firstWeekday
      // The distances of the first and the last such weekday from the period's first day.
      let earliest = (day.weekday.rawValue - weekday + 7) % 7
      let latest = earliest + (length - 1 - earliest) / 7 * 7
      let distance = day.ordinal > 0 ? earliest + (day.ordinal - 1) * 7 : latest + (day.ordinal + 1) * 7
      guard (0..<length).contains(distance) else { continue }
      let inMonth = first + distance - month.first
      if (0..<month.length).contains(inMonth) { bits |= 1 << UInt64(inMonth + 1) }
    }
    return bits
  }

  private func yearDayBits(_ month: YearMonth) -> UInt64 {
    let length = CivilDate.isLeap(month.year) ? 366 : 365
    let before = month.first - month.newYear
    var bits: UInt64 = 0
    for day in yearDays {
      let inMonth = (day > 0 ? day : length + 1 + day) - before
      if (1...month.length).contains(inMonth) { bits |= 1 << UInt64(inMonth) }
    }
    return bits
  }

  /// The days of the weeks with one of the rule's numbers, of this year and of a neighbour that reaches into
  /// the month.
  private func weekNumberBits(_ month: YearMonth) -> UInt64 {
    var bits: UInt64 = 0
    for year
      in (month.month == 1 ? month.year - 1 : month.year)...(month.month == 12 ? month.year + 1 : month.year)
    {
      let first = Week.first(ofYear: year, from: weekStart)
      let count = (Week.first(ofYear: year + 1, from: weekStart) - first) / 7
      for number in weekNumbers {
        let place = number > 0 ? number : count + 1 + number
        guard (1...count).contains(place) else { continue }
        bits |= Week.bits(from: first + (place - 1) * 7 - month.first + 1)
      }
    }
    return bits
  }
}
