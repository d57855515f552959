import CivilTime
import Schedules

/// Dates: `14 february`, `24.12.2026`, `december 24th, 2026`.
extension PlainWordsParser {
  /// True if a day and a month begin at a place: `14 february`, `14th of february`.
  func monthDay(at place: Int) -> Bool {
    switch kind(at: place) {
    case .number, .ordinal: break
    default: return false
    }
    var next = place + 1
    if kind(at: next) == .keyword(.of) { next += 1 }
    if case .month = kind(at: next) { return true }
    return false
  }

  /// Reads a date, or a month alone.
  mutating func readDate(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    switch peek {
    case .date(let date):
      index += 1
      return try set(date, in: &phrase, from: start)
    case .unclearDate(let first, let second):
      throw error(
        "it is not clear which number is the day and which the month: day or month comes first",
        "\"\(Self.monthDay(first))\" or \"\(Self.monthDay(second))\"")
    case .monthDay(let month, let day):
      index += 1
      try set((month, day), year: year(), in: &phrase, from: start)
    case .month(let month):
      index += 1
      _ = skip(.the)
      guard let day = dayNumber() else {
        guard phrase.loneMonth == nil, !phrase.hasDays else { throw expected("the day of the month") }
        phrase.loneMonth = (month, year())
        return
      }
      try set((month, day), year: year(), in: &phrase, from: start)
    default:
      guard let day = dayNumber() else { throw expected("a date") }
      _ = skip(.of)
      guard case .month(let month) = peek else { throw expected("a month") }
      index += 1
      try set((month, day), year: year(), in: &phrase, from: start)
    }
  }

  private static func monthDay(_ date: CivilDate) -> String {
    "\(date.day) \(English.month(date.month).lowercased())"
  }

  private mutating func dayNumber() -> Int? {
    switch peek {
    case .ordinal(let number) where number > 0: break
    case .number(let number) where number <= 31 || tokens[index].text.utf8.count < 3: break
    default: return nil
    }
    defer { index += 1 }
    if case .ordinal(let number) = peek { return number }
    if case .number(let number) = peek { return number }
    return nil
  }

  /// Reads the year after a date, with or without a comma before it.
  private mutating func year() -> Int? {
    let start = index
    if peek == .and { index += 1 }
    guard case .number(let number) = peek, (1970...2199).contains(number),
      kind(1) != .keyword(.am), kind(1) != .keyword(.pm)
    else {
      index = start
      return nil
    }
    index += 1
    return number
  }

  private func set(
    _ monthDay: (month: Int, day: Int), year: Int?, in phrase: inout PlainPhrase, from start: Int
  ) throws(ScheduleError) {
    let (month, day) = monthDay
    // 2028 is a leap year, with 29 February.
    guard CivilDate(year: 2028, month: month, day: day) != nil else {
      throw error("there is no \(day) \(English.month(month))", "a day that the month has", from: start)
    }
    guard let year else {
      guard phrase.monthDay == nil, phrase.date == nil else { throw expected("one date", at: start) }
      phrase.monthDay = monthDay
      return
    }
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw error("\(day) \(English.month(month)) \(year) is not a date", "another day", at: start)
    }
    try set(date, in: &phrase, from: start)
  }

  /// Sets the one date of a phrase.
  func set(
    _ date: CivilDate, in phrase: inout PlainPhrase, from start: Int
  ) throws(ScheduleError) {
    guard phrase.date == nil, phrase.monthDay == nil else { throw expected("one date", at: start) }
    phrase.date = date
  }

  /// A date within the years of a schedule.
  func date(_ days: Int) throws(ScheduleError) -> CivilDate {
    let date = CivilDate(daysSinceEpoch: days)
    guard (1970...2199).contains(date.year) else { throw tooFar }
    return date
  }
}
