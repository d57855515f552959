import CivilTime
import Schedules

/// A parser of plain words, by the grammar of docs/plain-words.md.
struct PlainWordsParser {
  let text: String
  let now: Instant
  let zone: Zone
  let end: Int
  var tokens: [PlainToken] = []
  var index = 0

  init(_ text: String, now: Instant, zone: Zone) {
    self.text = text
    self.now = now
    self.zone = zone
    end = text.utf8.count
  }

  mutating func meaning() throws(ScheduleError) -> PlainMeaning {
    if let span = try span() { return span }
    var lexer = PlainLexer(text)
    tokens = try lexer.tokens()
    if let unknown = tokens.first(where: { $0.kind == .unknown }) { throw self.unknown(unknown) }
    if skip(.in) { return .days(try daysAhead(), try times()) }
    let early = startsWithTime ? try times() : []
    if early.isEmpty || peek != nil {
      if let clock = try clock(hasTimes: !early.isEmpty) { return clock }
      let isTonight = peek == .keyword(.tonight)
      let days = try days()
      let times = early.isEmpty ? try self.times() : early
      try finish()
      if isTonight { try checkTonight(times) }
      return .days(days, times)
    }
    return .days(.daily(interval: 1), early)
  }

  // MARK: Around the clock

  /// `hourly`, `every 15 minutes`.
  mutating func clock(hasTimes: Bool) throws(ScheduleError) -> PlainMeaning? {
    let start = index
    var count = 1
    var unit: PlainToken.Unit?
    if skip(.hourly) {
      unit = .hour
    } else if skip(.every) {
      count = skip(.other) ? 2 : number() ?? 1
      unit = self.unit()
    }
    guard let unit, [.second, .minute, .hour].contains(unit) else {
      index = start
      return nil
    }
    guard count > 0 else { throw error("every 0 \(unit)s never comes to an end", "1 or more", at: start + 1) }
    guard !hasTimes, peek == nil else {
      throw error(
        "what comes all around the clock has no times or days",
        "\"every \(English.every(count, unit.rawValue))\" alone, or a calendar expression such as \"9..17:00\""
      )
    }
    return .clock(unit, count)
  }

  // MARK: Days

  mutating func days() throws(ScheduleError) -> PlainDays {
    switch peek {
    case .keyword(.every):
      index += 1
      return try everyDays()
    case .keyword(.daily):
      index += 1
      return .daily(interval: 1)
    case .keyword(.weekly):
      index += 1
      return try onWeekdays(interval: 1)
    case .keyword(.monthly):
      index += 1
      return try onMonthDays(interval: 1)
    case .keyword(.yearly):
      index += 1
      return try onDate(interval: 1)
    case .keyword(.today), .keyword(.tonight):
      index += 1
      return .date(try date(today))
    case .keyword(.tomorrow):
      index += 1
      return .date(try date(today + 1))
    case .keyword(.this), .keyword(.next): return try oneWeekday()
    default: return try plainDays()
    }
  }

  /// Reads days without `every`: weekdays and ordinals recur, dates do not.
  mutating func plainDays() throws(ScheduleError) -> PlainDays {
    skipFillers()
    if case .date(let date) = peek {
      index += 1
      return .date(date)
    }
    if let weekdays = try weekdays() { return .weekly(weekdays, interval: 1) }
    let start = index
    if let date = try monthDate() {
      guard let year = year() else { return .nextDate(month: date.month, day: date.day) }
      guard let whole = CivilDate(year: year, month: date.month, day: date.day) else {
        throw error(
          "\(date.day) \(English.month(date.month)) \(year) is not a date", "another day", at: start)
      }
      return .date(whole)
    }
    guard case .ordinal = peek else {
      throw expected("a day, as in \"weekdays\", \"first sunday\" or \"tomorrow\"")
    }
    let isWord = !tokens[start].text.utf8.contains(where: \.isDigit)
    let (days, isOfMonth) = try ordinals(interval: 1)
    if case .monthly = days, !isOfMonth, !isWord {
      throw error(
        "it is not clear whether this comes once or every month",
        "\"every \(tokens[start].text)\", or a date as in \"15 december\"", at: start)
    }
    return days
  }

  mutating func everyDays() throws(ScheduleError) -> PlainDays {
    let start = index
    if let date = try monthDate() {
      return .yearly(month: date.month, day: date.day, interval: 1)
    }
    if skip(.other) {
      if let weekdays = try weekdayNames() { return .weekly(weekdays, interval: 2) }
      return try everyUnit(2)
    }
    if let count = number() {
      guard count > 0 else { throw error("every 0 days never comes to an end", "1 or more", at: start) }
      return try everyUnit(count)
    }
    if let weekdays = try weekdays() { return .weekly(weekdays, interval: 1) }
    guard case .ordinal(let place) = peek else { return try everyUnit(1) }
    // `every third day` is an interval, but `every third day of the month` is not.
    if tokens.indices.contains(start + 1), case .unit(let unit) = tokens[start + 1].kind {
      let isOfMonth = unit == .day && tokens.dropFirst(start + 2).first?.kind == .keyword(.of)
      if place >= 2, !isOfMonth {
        index += 1
        return try everyUnit(place)
      }
    }
    let (days, isOfMonth) = try ordinals(interval: 1)
    if case .ordinal(let places, let weekday, nil, _) = days, !isOfMonth, places.contains(where: { $0 > 1 }) {
      let day = weekday.name.lowercased()
      throw error(
        "it is not clear whether weeks or months are counted",
        "\"every other \(day)\", \"every \(place) weeks on \(day)\" or \"\(English.place(place)) \(day) of the month\"",
        from: start)
    }
    return days
  }

  /// Reads the unit and the day after `every` and a number.
  mutating func everyUnit(_ interval: Int) throws(ScheduleError) -> PlainDays {
    let start = index
    switch unit() {
    case .day: return .daily(interval: interval)
    case .week: return try onWeekdays(interval: interval)
    case .month: return try onMonthDays(interval: interval)
    case .year: return try onDate(interval: interval)
    default:
      index = start
      throw expected(
        interval == 1
          ? "a day behind \"every\", as in \"every day\", \"every friday\" or \"every 14 february\""
          : "\"every \(interval) days\", \"every \(interval) weeks on friday\" or \"every other friday\""
      )
    }
  }

  mutating func onWeekdays(interval: Int) throws(ScheduleError) -> PlainDays {
    skipFillers()
    guard let weekdays = try weekdays() else {
      throw expected("the day of the week, as in \"every 2 weeks on friday 19:30\"")
    }
    return .weekly(weekdays, interval: interval)
  }

  mutating func onMonthDays(interval: Int) throws(ScheduleError) -> PlainDays {
    skipFillers()
    guard case .ordinal = peek else {
      throw expected("the day of the month, as in \"monthly on the 15th 9:00\" or \"on the last friday\"")
    }
    return try ordinals(interval: interval).days
  }

  mutating func onDate(interval: Int) throws(ScheduleError) -> PlainDays {
    skipFillers()
    guard let date = try monthDate() else {
      throw expected("the date, as in \"yearly on 14 february 9:00\"")
    }
    return .yearly(month: date.month, day: date.day, interval: interval)
  }
}
