import CivilTime
import Schedules

/// Weekdays and dates.
extension PlainWordsParser {
  /// Reads `weekdays`, `weekends`, `mon, wed and fri`, `mon to fri`; nil if there is no weekday.
  mutating func weekdays() throws(ScheduleError) -> WeekdaySet? {
    if skip(.weekdays) { return .weekdays }
    if skip(.weekends) { return .weekend }
    return try weekdayNames()
  }

  mutating func weekdayNames() throws(ScheduleError) -> WeekdaySet? {
    guard case .weekday = peek else { return nil }
    var weekdays: Set<Weekday> = []
    repeat {
      skipFillers()
      let first = try weekday()
      var last = first
      if peek == .to {
        index += 1
        last = try weekday()
      }
      // A range may go round the end of the week: saturday to monday.
      let length = (last.rawValue - first.rawValue + 7) % 7
      weekdays.formUnion(Weekday.allCases.filter { ($0.rawValue - first.rawValue + 7) % 7 <= length })
    } while skipAnd(before: { if case .weekday = $0 { true } else { $0 == .keyword(.on) } })
    return WeekdaySet(weekdays)
  }

  mutating func weekday(_ example: String = "mon to fri") throws(ScheduleError) -> Weekday {
    guard case .weekday(let day) = peek else { throw expected("a weekday, as in \"\(example)\"") }
    index += 1
    return day
  }

  /// `this friday` is today or ahead; `next friday` is the first one after today.
  mutating func oneWeekday() throws(ScheduleError) -> PlainDays {
    let isNext = peek == .keyword(.next)
    index += 1
    let day = try weekday(isNext ? "next friday 18:00" : "this friday 18:00")
    let from = isNext ? today + 1 : today
    let distance = (day.rawValue - CivilDate.weekdayNumber(daysSinceEpoch: from) + 7) % 7
    return .date(try date(from + distance))
  }

  /// Reads `14 february`, `14th of february` or `february 14`; nil, without reading a token, for anything
  /// else.
  mutating func monthDate() throws(ScheduleError) -> (month: Int, day: Int)? {
    let start = index
    skipFillers()
    var day = dayNumber()
    if day != nil { _ = skip(.of) }
    guard case .month(let month) = peek else {
      index = start
      return nil
    }
    index += 1
    if day == nil {
      _ = skip(.the)
      day = dayNumber()
    }
    guard let day else { throw expected("the day of the month, as in \"february 14\"") }
    // 2028 is a leap year, with 29 February.
    guard CivilDate(year: 2028, month: month, day: day) != nil else {
      throw error("there is no \(day) \(English.month(month))", "a day that the month has", from: start)
    }
    return (month, day)
  }

  mutating func dayNumber() -> Int? {
    switch peek {
    // A date has no ordinals in words: "second february" is not English.
    case .ordinal(let number) where number > 0, .number(let number):
      index += 1
      return number
    default: return nil
    }
  }

  /// Reads the year after a date, with or without a comma before it.
  mutating func year() -> Int? {
    let start = index
    if peek == .and { index += 1 }
    guard case .number(let number) = peek, (1970...2199).contains(number) else {
      index = start
      return nil
    }
    index += 1
    return number
  }
}
