import CivilTime

/// What plain words say.
enum PlainMeaning {
  /// Days, and the times on them, sorted.
  case days(PlainDays, [ClockTime])
  /// Around the clock, each so many units.
  case clock(PlainToken.Unit, Int)
  /// Once, at an instant.
  case once(Instant)
}

/// The days of a schedule.
enum PlainDays {
  case daily(interval: Int)
  /// Bit 0 is Monday.
  case weekly(UInt8, interval: Int)
  /// 1 to 31; -1 is the last.
  case monthly([Int], interval: Int)
  /// Such as the first and third Sunday; -1 is the last. In each month, or in one month each year.
  case ordinal([Int], Weekday, month: Int?, interval: Int)
  case yearly(month: Int, day: Int, interval: Int)
  /// One date.
  case date(CivilDate)
  /// The next such date whose time lies ahead.
  case nextDate(month: Int, day: Int)
}
