import CivilTime

/// The meaning of plain words for a schedule.
enum PlainMeaning {
  /// Days, and the times on each of them, sorted; from a date on, if there is one.
  case days(PlainDays, [ClockTime], from: CivilDate?)
  /// Around the clock, with an interval of some units.
  case clock(PlainToken.Unit, Int)
  /// Once, at an instant.
  case once(Instant)

  /// True for what comes once.
  var isOnce: Bool {
    switch self {
    case .once, .days(.date, _, _): true
    default: false
    }
  }
}

/// The days of a schedule.
enum PlainDays {
  case daily(interval: Int)
  case weekly(WeekdaySet, interval: Int)
  /// Weekdays in the even (0) or odd (1) weeks of ISO 8601.
  case weekParity(WeekdaySet, Int)
  /// 1 to 31; -1 is the last. With weekdays, only those of them: Friday the 13th.
  case monthly([Int], WeekdaySet, interval: Int)
  /// Weekdays by their place in each month, or in one month of each year: the first and third Sunday. -1 is
  /// the last.
  case ordinal([Int], Weekday, month: Int?, interval: Int)
  /// Monday to Friday, counted in each month, or in one month of each year.
  case workday([Int], month: Int?, interval: Int)
  case yearly(month: Int, day: Int, interval: Int)
  /// One date.
  case date(CivilDate)
}
