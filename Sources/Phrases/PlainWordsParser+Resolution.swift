import CivilTime
import Schedules

/// The meaning of a whole phrase: its times of day, and its one day.
extension PlainWordsParser {
  /// The times of a phrase, sorted; empty if it says none.
  func times(of phrase: PlainPhrase) throws(ScheduleError) -> [ClockTime] {
    guard !phrase.times.isEmpty else { return Set(phrase.parts.map(\.time)).sorted() }
    guard phrase.parts.count <= 1 else {
      throw error(
        "it is not clear which time is in which part of the day",
        "\"8 in the morning and 7 in the evening\", for example", in: phrase.times[0].place)
    }
    var times: [ClockTime] = []
    var open: Range<Int>?
    var isMarked = false
    for time in phrase.times {
      if phrase.isTonight {
        times.append(try tonight(time))
      } else if let part = phrase.parts.first {
        times.append(try placed(time, in: part, at: time.place).clock)
      } else {
        // "8 sun" may be a date.
        let hasDay = (phrase.hasDays || phrase.isEvery) && time.place.lowerBound > phrase.tokens.lowerBound
        times.append(try clock(of: time, hasDay: hasDay))
        if time.isMarked { isMarked = true }
        if time.isTwelveHour, open == nil { open = time.place }
      }
    }
    if isMarked, let open {
      throw error("it is not clear whether this is am or pm", "am or pm with each time", in: open)
    }
    return Set(times).sorted()
  }

  /// A time that stands without a part of the day.
  private func clock(of time: PlainTime, hasDay: Bool) throws(ScheduleError) -> ClockTime {
    switch time.form {
    case .exact, .clock: return time.clock
    case .bare where hasDay: return time.clock
    case .bare where !time.isTwelveHour && kind(at: time.place.lowerBound - 1) == .keyword(.at):
      return time.clock
    case .bare where !time.isTwelveHour:
      throw error(
        "it is not clear whether this is a time of day",
        "\"\(English.clock(hour: time.hour, minute: 0))\", or a length such as \"in \(time.hour) minutes\"",
        in: time.place)
    case .bare, .spoken: throw amOrPm(time, in: time.place)
    }
  }

  private func tonight(_ time: PlainTime) throws(ScheduleError) -> ClockTime {
    var time = time
    if time.isTwelveHour {
      guard (5...11).contains(time.hour) else { throw amOrPm(time, in: time.place) }
      time.hour += 12
    }
    guard time.clock.hour >= 17 else {
      throw error(
        "\(English.clock(hour: time.clock.hour, minute: time.clock.minute)) is not in the evening",
        "a time from 17:00 on, as in \"tonight 21:00\" or \"tonight 9 pm\"", in: 0..<tokens.count)
    }
    return time.clock
  }

  /// The text of the words with a proposal behind them, for errors.
  func proposal(_ words: String) -> String { "\"\(text) \(words)\"" }

  func missingTime(_ phrase: PlainPhrase) -> ScheduleError {
    guard !phrase.isTonight else {
      return ScheduleError(
        range: end..<end, reason: "the time is missing: tonight is the evening and the night",
        accepted: "\"this evening\", \"tonight at 10\", or another time")
    }
    let proposals = "\(proposal("at 9:00")) or \(proposal("in the evening"))"
    return ScheduleError(range: end..<end, reason: "the time is missing", accepted: proposals)
  }

  // MARK: One day

  /// The one day that a phrase says, which is today or ahead.
  func dateAhead(of phrase: PlainPhrase, isAfter now: Instant? = nil, at time: ClockTime? = nil)
    throws(ScheduleError) -> CivilDate
  {
    try checkOneDay(phrase)
    if let date = phrase.date { return try checked(date, phrase) }
    if let period = phrase.period { return try date(in: period, of: phrase) }
    let today = today.daysSinceEpoch
    if let day = phrase.weekdays?.members.first, phrase.places.isEmpty, phrase.monthDay == nil {
      let date = try date(today + distance(to: day))
      guard distance(to: day) == 0 else { return date }
      guard let time, let now else { throw whichWeek(day, in: phrase.tokens) }
      guard let instant = time.instant(on: date, in: zone), instant <= now else { return date }
      return try self.date(today + 7)
    }
    // 29 February may be eight years away.
    for day in today...(today + 8 * 366) where Self.matches(phrase, CivilDate(daysSinceEpoch: day)) {
      let date = try date(day)
      if let time, let now, let instant = time.instant(on: date, in: zone), instant <= now { continue }
      return try checked(date, phrase)
    }
    throw tooFar
  }

  /// The one day that a phrase says, which is today or before.
  func dateBehind(
    of phrase: PlainPhrase, isBefore now: Instant, at time: ClockTime?
  ) throws(ScheduleError) -> CivilDate {
    try checkOneDay(phrase)
    if let date = phrase.date { return try checked(date, phrase) }
    if let period = phrase.period { return try date(in: period, of: phrase) }
    let today = today.daysSinceEpoch
    if let day = phrase.weekdays?.members.first, phrase.places.isEmpty, phrase.monthDay == nil {
      guard distance(to: day) > 0 else { throw whichWeek(day, in: phrase.tokens) }
      return try date(today + distance(to: day) - 7)
    }
    for day in ((today - 8 * 366)...today).reversed()
    where Self.matches(phrase, CivilDate(daysSinceEpoch: day)) {
      let date = try date(day)
      if let time, let instant = time.instant(on: date, in: zone), instant > now { continue }
      return try checked(date, phrase)
    }
    throw tooFar
  }

  /// True if a date is one of a month and day, or of a day of the month.
  private static func matches(_ phrase: PlainPhrase, _ date: CivilDate) -> Bool {
    if let monthDay = phrase.monthDay { return date.month == monthDay.month && date.day == monthDay.day }
    guard let place = phrase.places.first else { return false }
    if place < 0 { return date.day == CivilDate.days(inMonth: date.month, ofYear: date.year) }
    return date.day == place
  }

  /// Throws for words of what comes again and again, and for a span of the day.
  func checkOnce(_ phrase: PlainPhrase) throws(ScheduleError) {
    let day = purpose == .past ? "\"yesterday\" or \"3 days ago\"" : "\"tomorrow\" or \"friday\""
    guard phrase.clock == nil, phrase.interval == nil, phrase.frequency == nil, !phrase.isBiweekly,
      phrase.parity == nil, !phrase.isEvery, phrase.excepted == nil, phrase.start == nil
    else {
      throw error("it comes again and again", "one day, as in \(day)", in: phrase.tokens)
    }
    guard let window = phrase.window else { return }
    let clock = window.from.clock
    throw error(
      "it is not clear which time between the two is meant",
      "one time, as in \"\(English.clock(hour: clock.hour, minute: clock.minute))\"",
      in: window.from.place.lowerBound..<window.to.place.upperBound)
  }

  /// Throws for words that are not those of one day.
  private func checkOneDay(_ phrase: PlainPhrase) throws(ScheduleError) {
    let places = phrase.tokens
    try checkOnce(phrase)
    if let date = phrase.date, phrase.period != nil || phrase.loneMonth != nil {
      throw error(
        "these words do not go together", "the day alone, as in \"\(English.date(date))\"", in: places)
    }
    if let month = phrase.loneMonth {
      throw error(
        "the day of the month is missing", "\"1 \(English.month(month.month).lowercased())\", for example",
        in: places)
    }
    guard phrase.weekdays.map({ $0.members.count == 1 }) ?? true, phrase.places.count <= 1,
      phrase.counted == nil, phrase.places.isEmpty || phrase.monthDay == nil && phrase.date == nil
    else {
      throw error(
        "it is not clear which day is meant", "one day, as in \"tomorrow\" or \"friday\"", in: places)
    }
    guard !phrase.isEnd else {
      throw error(
        "it is not clear whether this is the day or the time after it", "a date such as \"31 december\"",
        in: places)
    }
  }

  /// The date, unless another weekday stands beside it.
  private func checked(_ date: CivilDate, _ phrase: PlainPhrase) throws(ScheduleError) -> CivilDate {
    guard let day = phrase.weekdays?.members.first, day != date.weekday else { return date }
    throw error(
      "\(English.date(date)) is a \(date.weekday.name), not a \(day.name): the date is not clear",
      "the date or the weekday alone", in: phrase.tokens)
  }

  /// The day of `monday of next week`, `the 5th of next month`.
  private func date(
    in period: (first: CivilDate, unit: PlainToken.Unit), of phrase: PlainPhrase
  ) throws(ScheduleError) -> CivilDate {
    switch period.unit {
    case .year where phrase.monthDay != nil && phrase.places.isEmpty:
      let (month, day) = phrase.monthDay ?? (1, 1)
      guard let date = CivilDate(year: period.first.year, month: month, day: day) else {
        throw error(
          "there is no \(day) \(English.month(month)) in \(period.first.year)", "another day or year",
          in: phrase.tokens)
      }
      return try checked(date, phrase)
    case .week where phrase.weekdays != nil && phrase.places.isEmpty && phrase.monthDay == nil:
      let day = phrase.weekdays?.members.first ?? .monday
      return try date(period.first.daysSinceEpoch + day.rawValue - 1)
    case .month where phrase.places.count == 1 && phrase.weekdays == nil && phrase.monthDay == nil:
      let (year, month) = (period.first.year, period.first.month)
      let place = phrase.places[0]
      let day = place < 0 ? CivilDate.days(inMonth: month, ofYear: year) : place
      guard let date = CivilDate(year: year, month: month, day: day) else {
        throw error(
          "there is no \(day) \(English.month(month))", "a day that the month has", in: phrase.tokens)
      }
      return date
    default:
      let day = period.unit == .week ? "friday of" : period.unit == .month ? "the 5th of" : "5 may"
      let near = purpose == .past ? "last" : "next"
      throw error(
        "the day is missing", "\"\(day) \(near) \(period.unit.rawValue)\", for example", in: phrase.tokens)
    }
  }
}
