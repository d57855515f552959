import CivilTime
import Schedules

/// Days near today: `tomorrow`, `next friday`, `monday of next week`, `last night`.
extension PlainWordsParser {
  mutating func readNear(
    _ keyword: PlainToken.Keyword, into phrase: inout PlainPhrase
  ) throws(ScheduleError) {
    let start = index
    switch keyword {
    case .end, .beginning:
      guard kind(1) != .keyword(.of), keyword == .beginning else {
        return try readEnd(isEnd: keyword == .end, into: &phrase)
      }
      try readStart(into: &phrase)
    case .starting: try readStart(into: &phrase)
    case .this, .next, .coming: try readThis(into: &phrase)
    case .tonight:
      index += 1
      phrase.isTonight = true
      try set(today, in: &phrase, from: start)
    default:
      index += 1
      let days = keyword == .tomorrow ? 1 : keyword == .yesterday ? -1 : 0
      // "tomorrow week" is a week later.
      let weeks = peek == .unit(.week) && tokens[index].text == "week" && days >= 0 ? 7 : 0
      if weeks > 0 { index += 1 }
      try set(try date(today.daysSinceEpoch + days + weeks), in: &phrase, from: start)
    }
  }

  /// Reads `day after tomorrow` and `day before yesterday`.
  mutating func readDayAfter(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    index += 1
    if skip(.after), skip(.tomorrow) {
      return try set(try date(today.daysSinceEpoch + 2), in: &phrase, from: start)
    }
    if skip(.before), skip(.yesterday) {
      return try set(try date(today.daysSinceEpoch - 2), in: &phrase, from: start)
    }
    throw expected("\"every day\", or a day such as \"the day after tomorrow\"", at: start)
  }

  /// Reads `this friday`, which is today or ahead; `next friday`, which is the first one after today; `this
  /// evening`; and `next week`, with the day before or behind it.
  private mutating func readThis(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    var isThis = skip(.this)
    if isThis, skip(.coming) { isThis = false }
    if index == start { index += 1 }
    let name = isThis ? "this" : "next"
    switch peek {
    case .weekday(let day):
      index += 1
      let from = today.daysSinceEpoch + (isThis ? 0 : 1)
      let distance = (day.rawValue - CivilDate.weekdayNumber(daysSinceEpoch: from) + 7) % 7
      try set(try date(from + distance), in: &phrase, from: start)
    case .part(let part) where isThis && !part.isTime:
      try set(today, in: &phrase, from: start)
      phrase.isTonight = part == .night
      if part == .night { index += 1 } else { try readParts(into: &phrase) }
    case .keyword(.weekends):
      throw error(
        "it is not clear which day of the weekend is meant", "\"\(name) saturday\" or \"\(name) sunday\"",
        from: start)
    case .unit(let unit):
      guard phrase.period == nil, let first = firstDay(of: unit, distance: isThis ? 0 : 1) else {
        throw expected("a day, as in \"\(name) friday\"")
      }
      index += 1
      phrase.period = (first, unit)
    default: throw expected("a day, as in \"\(name) friday 18:00\"")
    }
  }

  /// The first day of this week, month or year, or of one some of them away; nil for other units.
  func firstDay(of unit: PlainToken.Unit, distance: Int) -> CivilDate? {
    switch unit {
    case .week:
      let monday = today.daysSinceEpoch + 1 - today.weekday.rawValue
      return try? date(monday + 7 * distance)
    case .month:
      let months = today.year * 12 + today.month - 1 + distance
      return CivilDate(year: months / 12, month: months % 12 + 1, day: 1)
    case .year: return CivilDate(year: today.year + distance, month: 1, day: 1)
    default: return nil
    }
  }

  /// Reads the first day behind `starting`.
  mutating func readStart(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    index += 1
    _ = skip(.from)
    skipFillers()
    guard phrase.start == nil, let kind = peek else {
      throw expected("the first day, as in \"starting 4 december\"", at: phrase.start == nil ? index : start)
    }
    var day = PlainPhrase()
    let first = index
    try read(kind, into: &day)
    if day.period != nil, day.weekdays == nil, skip(.on), let kind = peek { try read(kind, into: &day) }
    guard !day.hasTimes, !day.isEvery, day.span == nil, !day.isTonight else {
      throw error(
        "it is not clear which day is the first", "a day, as in \"starting 4 december\"", from: first)
    }
    day.tokens = first..<index
    // "from 4 december on"
    if self.kind(1) == nil || self.kind(1) == .and { _ = skip(.on) }
    if let period = day.period, day.weekdays == nil {
      phrase.start = period.first
    } else {
      phrase.start = try dateAhead(of: day)
    }
  }

  // MARK: The past

  /// Reads `last friday`, `last night`, `last month` and `last 7 days`; false, without reading a token, for
  /// anything else.
  mutating func readLast(into phrase: inout PlainPhrase) throws(ScheduleError) -> Bool {
    let start = index
    let isPast = skip(.past)
    guard isPast || skip(.ordinal(-1)) else { return false }
    switch peek {
    case .weekday(let day):
      index += 1
      // On a Friday, the last Monday may be that of this week or of the last one.
      guard day >= today.weekday else {
        let near = try date(today.daysSinceEpoch + day.rawValue - today.weekday.rawValue)
        let far = try date(near.daysSinceEpoch - 7)
        throw error(
          "it is not clear which week is meant", "\"\(English.date(near))\" or \"\(English.date(far))\"",
          from: start)
      }
      let distance = (today.weekday.rawValue - day.rawValue + 6) % 7 + 1
      try set(try date(today.daysSinceEpoch - distance), in: &phrase, from: start)
    case .keyword(.weekends):
      index += 1
      let monday = today.daysSinceEpoch + 1 - today.weekday.rawValue
      try set(try date(monday - 2), in: &phrase, from: start)
    case .part(let part) where part == .night || part == .evening:
      index += 1
      try set(try date(today.daysSinceEpoch - 1), in: &phrase, from: start)
      phrase.parts = [part]
    case .unit(let unit):
      if !isPast, let first = firstDay(of: unit, distance: -1), tokens[index].text.last != "s" {
        index += 1
        guard kind(at: start - 1) != .keyword(.the) || phrase.hasDays else {
          let days = unit == .week ? "7 days" : unit == .month ? "30 days" : "12 months"
          throw error(
            "it is not clear whether this is the \(unit.rawValue) before this one",
            "\"last \(unit.rawValue)\", or \"the last \(days)\"", from: start)
        }
        guard phrase.period == nil else { throw expected("one \(unit.rawValue)", at: start) }
        phrase.period = (first, unit)
      } else {
        index += 1
        var span = PlainSpan()
        try add(1000, unit, to: &span, from: start)
        (phrase.span, phrase.isAgo) = (span, true)
      }
    default:
      guard startsSpan(at: index) else {
        index = start
        return false
      }
      (phrase.span, phrase.isAgo) = (try span(), true)
    }
    return true
  }
}
