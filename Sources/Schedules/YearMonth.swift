import CivilTime

/// A month of a year.
struct YearMonth {
  let year: Int
  /// 1 to 12.
  let month: Int
  /// The first day, counted from 1970-01-01.
  let first: Int
  /// 28 to 31 days.
  let length: Int

  /// The month of a date. `day` is the same date, counted from 1970-01-01.
  init(of date: CivilDate, on day: Int) {
    self.init(year: date.year, month: date.month, first: day - date.day + 1)
  }

  private init(year: Int, month: Int, first: Int) {
    self.year = year
    self.month = month
    self.first = first
    length = CivilDate.days(inMonth: month, ofYear: year)
  }

  /// The next month among some months of the year. Bit 1 is January, and at least one bit is set.
  func next(of months: UInt64) -> YearMonth {
    let rest = (months >> UInt64(month + 1)) << UInt64(month + 1)
    if rest != 0 { return YearMonth(year: year, month: rest.trailingZeroBitCount) }
    return YearMonth(year: year + 1, month: months.trailingZeroBitCount)
  }

  /// The previous month among some months of the year.
  func previous(of months: UInt64) -> YearMonth {
    let rest = months & ((1 << UInt64(month)) - 1)
    if rest != 0 { return YearMonth(year: year, month: 63 - rest.leadingZeroBitCount) }
    return YearMonth(year: year - 1, month: 63 - months.leadingZeroBitCount)
  }

  private init(year: Int, month: Int) {
    self.init(
      year: year, month: month, first: CivilDate.daysSinceEpoch(year: year, month: month, day: 1))
  }

  /// The weekday of the first day, 1 for Monday to 7 for Sunday.
  var firstWeekday: Int { CivilDate.weekdayNumber(daysSinceEpoch: first) }

  /// The first day of the year, counted from 1970-01-01.
  var newYear: Int { CivilDate.firstDay(ofYear: year) }
}

extension WeekdaySet {
  /// The days of a month that fall on these weekdays, as bits: bit 1 is the first day, and there are up to
  /// 35. `weekday` is that of the first day, 1 for Monday to 7 for Sunday.
  @inline(__always)
  func daysOfMonth(beginningOn weekday: Int) -> UInt64 {
    // The week's seven bits, rotated so that the lowest is the month's first day, and repeated over the
    // month.
    let week = (UInt64(rawValue) | UInt64(rawValue) << 7) >> UInt64(weekday - 1) & 0x7f
    return (week | week << 7 | week << 14 | week << 21 | week << 28) << 1
  }
}
