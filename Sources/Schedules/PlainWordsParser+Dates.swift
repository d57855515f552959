import CivilTime

/// Weekdays and dates.
extension PlainWordsParser {
  /// `weekdays`, `weekends`, `mon, wed and fri`, `mon to fri`, as bits.
  mutating func weekdays() throws(ScheduleError) -> UInt8? {
    if skip(.weekdays) { return 0b001_1111 }
    if skip(.weekends) { return 0b110_0000 }
    return try weekdayNames()
  }

  mutating func weekdayNames() throws(ScheduleError) -> UInt8? {
    guard case .weekday = peek else { return nil }
    var bits: UInt8 = 0
    repeat {
      skipFillers()
      let first = try weekday()
      var last = first
      if peek == .to {
        index += 1
        last = try weekday()
      }
      // Round the end of the week where it must be: saturday to monday.
      var day = first
      bits |= 1 << UInt8(day)
      while day != last {
        day = (day + 1) % 7
        bits |= 1 << UInt8(day)
      }
    } while skipAnd(before: { if case .weekday = $0 { true } else { $0 == .keyword(.on) } })
    return bits
  }

  /// 0 is Monday.
  mutating func weekday(_ example: String = "mon to fri") throws(ScheduleError) -> Int {
    guard case .weekday(let day) = peek else { throw expected("a weekday, as in \"\(example)\"") }
    index += 1
    return day.rawValue - 1
  }

  /// `this friday` is today or ahead; `next friday` is the first one after today.
  mutating func oneWeekday() throws(ScheduleError) -> PlainDays {
    let isNext = peek == .keyword(.next)
    index += 1
    let day = try weekday(isNext ? "next friday 18:00" : "this friday 18:00")
    let from = isNext ? today + 1 : today
    let distance = (day - (CivilDate.weekday(daysSinceEpoch: from).rawValue - 1) + 7) % 7
    return .date(try date(from + distance))
  }

  /// `14 february`, `14th of february`, `february 14`; nil, and nothing read, where there is none.
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
    // 2028 is a leap year: 29 February is a date.
    guard CivilDate(year: 2028, month: month, day: day) != nil else {
      throw error("there is no \(day) \(English.month(month))", "a day that the month has", from: start)
    }
    return (month, day)
  }

  mutating func dayNumber() -> Int? {
    switch peek {
    // Words for ordinals are no days of a date: "second february" is nothing that one says.
    case .ordinal(let number) where number > 0, .number(let number):
      index += 1
      return number
    default: return nil
    }
  }

  /// `2027` behind a date, with or without a comma.
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
