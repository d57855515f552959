import CivilTime
import Schedules

/// Weekdays, exceptions and weeks.
extension PlainWordsParser {
  /// Reads `weekdays`, `mon, wed and fri`, `mon to fri`, and `monday week`.
  mutating func readWeekdays(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    guard phrase.weekdays == nil, phrase.counted == nil else {
      throw error("the days are said twice", "the days together, as in \"tue, thu and sat 18:00\"")
    }
    let weekdays = try weekdays()
    if let day = weekdays.members.first, weekdays.members.count == 1, index == start + 1,
      peek == .unit(.week), tokens[index].text == "week", !phrase.isEvery
    {
      guard day != today.weekday else { throw whichWeek(day, in: start..<index + 1) }
      index += 1
      return try set(try date(today.daysSinceEpoch + distance(to: day) + 7), in: &phrase, from: start)
    }
    phrase.weekdays = weekdays
  }

  /// Reads a list of weekdays, with commas, `and` or blanks between them.
  mutating func weekdays() throws(ScheduleError) -> WeekdaySet {
    var weekdays: WeekdaySet = []
    repeat {
      skipFillers()
      if !weekdays.isEmpty { _ = skip(.every) }
      let place = index
      let item = try weekdayItem()
      guard weekdays.isDisjoint(with: item) else { throw expected("each day once", at: place) }
      weekdays.formUnion(item)
    } while isWeekday(at: index) || skipAnd(before: { $0.isWeekdayItem(at: $1) })
    return weekdays
  }

  private func isWeekday(at place: Int) -> Bool {
    if case .weekday = kind(at: place) { true } else { false }
  }

  private func isWeekdayItem(at place: Int) -> Bool {
    switch kind(at: place) {
    case .weekday, .keyword(.weekdays), .keyword(.weekends), .keyword(.working): true
    case .keyword(.on), .keyword(.the), .keyword(.every): isWeekdayItem(at: place + 1)
    default: false
    }
  }

  private mutating func weekdayItem() throws(ScheduleError) -> WeekdaySet {
    if skip(.weekdays) { return .weekdays }
    if skip(.weekends) { return .weekend }
    if peek == .keyword(.working) || peek == .vague(.time), kind(1) == .unit(.day) {
      index += 2
      return .weekdays
    }
    let first = try weekday()
    var last = first
    if peek == .to {
      index += 1
      last = try weekday()
    }
    // A range may go round the end of the week: saturday to monday.
    let length = (last.rawValue - first.rawValue + 7) % 7
    return WeekdaySet(Weekday.allCases.filter { ($0.rawValue - first.rawValue + 7) % 7 <= length })
  }

  mutating func weekday(_ example: String = "mon to fri") throws(ScheduleError) -> Weekday {
    guard case .weekday(let day) = peek else { throw expected("a weekday, as in \"\(example)\"") }
    index += 1
    return day
  }

  /// The days from today to a weekday: 0 to 6.
  func distance(to day: Weekday) -> Int { (day.rawValue - today.weekday.rawValue + 7) % 7 }

  /// Reads `except friday`, `but saturday`, `apart from mondays`, `other than weekends`.
  mutating func readException(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    if skip(.apart) {
      guard skip(.from) else { throw expected("\"apart from friday\"") }
    } else if skip(.other) {
      guard skip(.than) else { throw expected("\"other than friday\"") }
    } else {
      index += 1
      _ = skip(.not) || skip(.for)
    }
    guard phrase.excepted == nil else { throw expected("the exceptions together", at: start) }
    _ = skip(.on) || skip(.every)
    phrase.excepted = try weekdays()
  }

  /// Reads `even weeks`, `odd weeks`.
  mutating func readParity(into phrase: inout PlainPhrase) throws(ScheduleError) {
    guard phrase.parity == nil else { throw expected("even or odd weeks") }
    phrase.parity = peek == .keyword(.even) ? 0 : 1
    index += 1
    guard unit() == .week else { throw expected("\"weeks\", as in \"fridays in even weeks 19:30\"") }
    phrase.isEvery = true
  }

  func whichWeek(_ day: Weekday, in places: Range<Int>) -> ScheduleError {
    let name = day.name.lowercased()
    let isPast = purpose == .past
    let other = CivilDate(daysSinceEpoch: today.daysSinceEpoch + (isPast ? -7 : 7))
    return error(
      "it is not clear which week is meant: today is \(day.name)",
      "\"today\", \"\(isPast ? "last" : "next") \(name)\" or a date such as \"\(English.date(other))\"",
      in: places)
  }
}
