import CivilTime
import Schedules

/// Words for what comes again and again: `every other`, `daily`, `twice a day`.
extension PlainWordsParser {
  /// Reads `every` and the count or the days behind it, and `alternate`.
  mutating func readEvery(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    if skip(.every) {
      phrase.isEvery = true
      // "all days", but not "all day"
      guard tokens[start].text != "all" || tokens.indices.contains(index) && tokens[index].text.last == "s"
      else {
        throw expected("\"every\"", at: start)
      }
    } else if kind(1) == .keyword(.than) {
      return try readException(into: &phrase)
    }
    switch peek {
    case .keyword(.other):
      index += 1
      try readOther(into: &phrase)
    case .number(let count), .ordinal(let count):
      if monthDay(at: index) { return try readDate(into: &phrase) }
      if case .ordinal = peek, count < 2 || !isInterval(at: index + 1) {
        return try readPlaces(into: &phrase)
      }
      guard count > 0 else { throw error("every 0 days never comes to an end", "1 or more") }
      index += 1
      try readEveryUnit(count, into: &phrase)
    case .decimal(let thousandths) where kind(1) == .unit(.hour) && (thousandths * 60).isMultiple(of: 1000):
      index += 2
      try set((thousandths * 60 / 1000, .minute), in: &phrase, at: start)
    case .keyword(.half), .keyword(.quarter):
      let minutes = skip(.half) ? 30 : 15
      if minutes == 15 { index += 1 }
      _ = skip(.of)
      _ = skip(.a)
      guard unit() == .hour else {
        throw error(
          "it is not clear how long that is", "\"every \(minutes) minutes\" or \"every 3 months on the 1st\"",
          from: start)
      }
      try set((minutes, .minute), in: &phrase, at: start)
    case .unit, .keyword(.fortnight): try readEveryUnit(1, into: &phrase)
    case .part(let part):
      try set((1, .day), in: &phrase, at: start)
      if part.isTime { try readTimes(into: &phrase) } else { try readParts(into: &phrase) }
    case .weekday, .keyword(.weekdays), .keyword(.weekends), .keyword(.working):
      try readWeekdays(into: &phrase)
    case .keyword(.even), .keyword(.odd): try readParity(into: &phrase)
    case .month, .monthDay, .date, .unclearDate: try readDate(into: &phrase)
    default: throw expected(Self.everyAccepted)
    }
  }

  private static let everyAccepted =
    "a day behind \"every\", as in \"every day\", \"every friday\" or \"every 14 february\""

  /// True for the unit of `every third day`, but not for that of `every third day of the month`.
  private func isInterval(at place: Int) -> Bool {
    guard case .unit(let unit) = kind(at: place) else { return false }
    return unit != .day || kind(at: place + 1) != .keyword(.of)
  }

  /// Reads what follows `every other` or `alternate`.
  private mutating func readOther(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    switch peek {
    case .weekday, .keyword(.weekends):
      try set((2, .week), in: &phrase, at: start)
      try readWeekdays(into: &phrase)
    case .part(let part):
      try set((2, .day), in: &phrase, at: start)
      if part.isTime { try readTimes(into: &phrase) } else { try readParts(into: &phrase) }
    default: try readEveryUnit(2, into: &phrase)
    }
  }

  /// Reads the unit behind `every` and a number.
  private mutating func readEveryUnit(_ count: Int, into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    if skip(.fortnight) { return try set((count * 2, .week), in: &phrase, at: start) }
    guard let unit = unit() else {
      throw expected(
        count == 1
          ? Self.everyAccepted
          : "\"every \(count) days\", \"every \(count) weeks on friday\" or \"every other friday\"")
    }
    // "every hour and a half"
    if unit == .hour, peek == .and, kind(1) == .keyword(.a), kind(2) == .keyword(.half) {
      index += 3
      return try set((count * 60 + 30, .minute), in: &phrase, at: start)
    }
    try set((count, unit), in: &phrase, at: start)
  }

  /// Sets the interval; that of hours and less goes around the clock.
  mutating func set(
    _ interval: (count: Int, unit: PlainToken.Unit), in phrase: inout PlainPhrase, at start: Int
  ) throws(ScheduleError) {
    phrase.isEvery = true
    if [.second, .minute, .hour].contains(interval.unit) {
      guard phrase.clock == nil else { throw expected("one length of time", at: start) }
      phrase.clock = (interval.unit, interval.count)
      return
    }
    guard phrase.interval == nil || phrase.interval.map({ $0 == interval }) == true else {
      throw expected("one interval, as in \"every 2 weeks on friday 19:30\"", at: start)
    }
    phrase.interval = interval
  }

  /// Reads `daily` and words like it.
  mutating func readRhythm(
    _ keyword: PlainToken.Keyword, into phrase: inout PlainPhrase
  ) throws(ScheduleError) {
    let start = index
    index += 1
    switch keyword {
    case .daily: try set((1, .day), in: &phrase, at: start)
    case .nightly:
      try set((1, .day), in: &phrase, at: start)
      guard phrase.parts.isEmpty else { throw expected("one part of the day", at: start) }
      phrase.parts = [.night]
    case .weekly: try set((1, .week), in: &phrase, at: start)
    case .monthly: try set((1, .month), in: &phrase, at: start)
    case .quarterly:
      throw error(
        "it is not clear in which months that is: the date is missing",
        "\"every 3 months on the 1st 9:00\", which begins with the next one", at: start)
    case .yearly: try set((1, .year), in: &phrase, at: start)
    case .hourly: try set((1, .hour), in: &phrase, at: start)
    case .fortnightly: try set((2, .week), in: &phrase, at: start)
    case .biweekly: (phrase.isBiweekly, phrase.isEvery) = (true, true)
    default:
      throw error(
        "twice a month, or every two months: it is not clear whether weeks or months are counted",
        "\"every 2 weeks on friday\" or \"every 2 months on the 15th\"", at: start)
    }
  }

  // MARK: Frequencies

  func isTimes(at place: Int) -> Bool { kind(at: place) == .keyword(.times) }

  /// Reads `once a week`, `twice daily`, `three times a day`, and `once` alone.
  mutating func readFrequency(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    var count = skip(.once) ? 1 : skip(.twice) ? 2 : 0
    if count == 0, case .number(let number) = peek {
      count = number
      index += 2
    }
    guard phrase.frequency == nil, count > 0 else { throw expected("a number of times", at: start) }
    if count == 1, peek == .keyword(.every) { return }
    if let unit = perUnit() {
      if count == 1, unit == .hour { return try set((1, .hour), in: &phrase, at: start) }
      guard ![.second, .minute, .hour].contains(unit) else {
        throw error(
          "it is not clear when in the \(unit) that is", "\"every 30 minutes\" or \"every hour\"", from: start
        )
      }
      phrase.frequency = (count, unit)
      phrase.isEvery = true
      return
    }
    guard count == 1 else { throw expected("\"a day\", \"a week\" or \"a month\"") }
    phrase.isOnce = true
    if peek == .and, tokens[index].text == "," { index += 1 }
  }

  /// Reads the unit of a frequency; nil, without reading a token, if there is none.
  private mutating func perUnit() -> PlainToken.Unit? {
    let start = index
    if skip(.daily) { return .day }
    if skip(.weekly) { return .week }
    if skip(.monthly) { return .month }
    if skip(.yearly) { return .year }
    if skip(.a) || skip(.per) || skip(.every), let unit = unit() { return unit }
    index = start
    return nil
  }
}
