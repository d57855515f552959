/// A date of the proleptic Gregorian calendar (ISO 8601), without a zone.
package struct CivilDate: Hashable, Comparable, Sendable {
  /// Within `years`; year 0 is 1 BC.
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31.
  package let day: Int

  /// Nil if there is no such date.
  package init?(year: Int, month: Int, day: Int) {
    guard Self.years.contains(year), (1...12).contains(month),
      (1...Self.days(inMonth: month, ofYear: year)).contains(day)
    else { return nil }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  @usableFromInline
  init(uncheckedYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The years of a date, which cover every instant in microseconds.
  package static let years = -400_000...400_000

  /// The date a number of days after 1970-01-01.
  @inlinable
  package init(daysSinceEpoch days: Int) {
    // The count is in years that begin in March, so that the leap day comes last; an era is 400 years.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    self.init(
      uncheckedYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * march + 2) / 5 + 1)
  }

  /// Days from 1970-01-01 to this date; negative before it.
  @inlinable
  package var daysSinceEpoch: Int { Self.daysSinceEpoch(year: year, month: month, day: day) }

  /// Days from 1970-01-01 to a date that the caller knows to exist; negative before it.
  @inlinable
  package static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The first day of a year, in days from 1970-01-01.
  @inlinable
  package static func firstDay(ofYear year: Int) -> Int { daysSinceEpoch(year: year, month: 1, day: 1) }

  /// The day of the week.
  package var weekday: Weekday { Self.weekday(daysSinceEpoch: daysSinceEpoch) }

  /// The weekday of a date by its distance from 1970-01-01, which was a Thursday.
  package static func weekday(daysSinceEpoch days: Int) -> Weekday {
    Weekday(rawValue: weekdayNumber(daysSinceEpoch: days)) ?? .monday
  }

  /// The same weekday as a number, 1 for Monday to 7 for Sunday.
  @inlinable
  package static func weekdayNumber(daysSinceEpoch days: Int) -> Int { (days % 7 + 10) % 7 + 1 }

  /// 28 to 31 days; months count from 1 to 12.
  @inlinable
  package static func days(inMonth month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// True if a year has 366 days.
  @inlinable
  package static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// Earlier dates come first.
  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}
