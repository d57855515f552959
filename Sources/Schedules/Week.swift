import CivilTime

/// A week with its year and number, for weeks that begin on a given weekday (ISO 8601; RFC 5545 3.3.10,
/// "BYWEEKNO"). The first week of a year is the first one with at least four days in that year.
struct Week {
  /// The first day, counted from 1970-01-01.
  let first: Int
  let year: Int
  /// 1 to 53.
  let number: Int

  init(of day: Int, from start: Weekday) {
    first = Self.first(of: day, from: start)
    // The fourth day lies in the year that the week belongs to.
    let middle = CivilDate(daysSinceEpoch: first + 3)
    year = middle.year
    number = (first + 3 - CivilDate.firstDay(ofYear: middle.year)) / 7 + 1
  }

  /// The number of weeks in the year, 52 or 53.
  var countInYear: Int {
    let start = CivilDate.weekday(daysSinceEpoch: first)
    return (Self.first(ofYear: year + 1, from: start) - Self.first(ofYear: year, from: start)) / 7
  }

  /// The first day of a year's first week.
  static func first(ofYear year: Int, from start: Weekday) -> Int {
    // The week that has the year's fourth day has four of its days.
    first(of: CivilDate.firstDay(ofYear: year) + 3, from: start)
  }

  /// The first day of the week that has a day.
  static func first(of day: Int, from start: Weekday) -> Int {
    day - (CivilDate.weekdayNumber(daysSinceEpoch: day) - start.rawValue + 7) % 7
  }

  /// The days of a week that begins on a day of a month, as bits; bit 1 is the first of the month. The week
  /// may begin up to six days before it, as day 0 to -5. Bits behind the month's last day may be set.
  static func bits(from day: Int) -> UInt64 {
    guard (-5...31).contains(day) else { return 0 }
    return day > 0 ? 0x7f << UInt64(day) : 0x7f >> UInt64(-day) & ~1
  }
}
