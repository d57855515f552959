import CivilTime

/// The meaning of plain words.
enum PlainMeaning {
  /// Days, and the times on each of them, sorted.
  case days(PlainDays, [ClockTime])
  /// Around the clock, with an interval of some units.
  case clock(PlainToken.Unit, Int)
  /// Once, at an instant.
  case once(Instant)
}

/// The days of a schedule.
enum PlainDays {
  case daily(interval: Int)
  case weekly(WeekdaySet, interval: Int)
  /// 1 to 31; -1 is the last.
  case monthly([Int], interval: Int)
  /// Weekdays by their place in each month, or in one month of each year: the first and third Sunday. -1 is
  /// the last.
  case ordinal([Int], Weekday, month: Int?, interval: Int)
  case yearly(month: Int, day: Int, interval: Int)
  /// One date.
  case date(CivilDate)
  /// The next date of that month and day with all times ahead.
  case nextDate(month: Int, day: Int)
}
