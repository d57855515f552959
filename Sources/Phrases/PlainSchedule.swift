import CivilTime
import Schedules

/// The meaning of a phrase as a schedule.
struct PlainSchedule {
  let parser: PlainWordsParser
  let phrase: PlainPhrase

  func meaning() throws(ScheduleError) -> PlainMeaning {
    if let clock = phrase.clock { return try aroundTheClock(clock.unit, clock.count) }
    if let window = phrase.window {
      throw parser.error(
        "it is not clear which time between the two is meant",
        "one time, as in \"at \(parser.words(window.from.place))\", or \"every hour from 9:00 to 17:00\"",
        in: window.from.place.lowerBound..<window.to.place.upperBound)
    }
    if let span = phrase.span { return try ahead(span) }
    if let times = try once() { return times }
    let days = try days()
    let times = try parser.times(of: phrase)
    guard !times.isEmpty else { throw parser.missingTime(phrase) }
    try checkFrequency(times)
    return .days(days, times, from: phrase.start)
  }

  // MARK: Once

  /// `in 20 minutes` is exact; `in 3 days` keeps the time of day, unless a time follows.
  private func ahead(_ span: PlainSpan) throws(ScheduleError) -> PlainMeaning {
    guard !phrase.isEvery, phrase.weekdays == nil, phrase.date == nil, phrase.monthDay == nil,
      phrase.places.isEmpty, phrase.period == nil, phrase.loneMonth == nil, phrase.start == nil,
      phrase.excepted == nil
    else { throw conflict }
    guard !span.isEmpty else {
      throw parser.error("this is now, not ahead", "1 or more, as in \"in 20 minutes\"", in: phrase.tokens)
    }
    let times = try parser.times(of: phrase)
    guard span.isWholeDays else {
      guard times.isEmpty else { throw conflict }
      guard let instant = span.instant(from: parser.now, in: parser.zone) else { throw parser.tooFar }
      return .once(instant)
    }
    guard let date = span.date(from: parser.today) else { throw parser.tooFar }
    let present = ClockTime(parser.zone.local(at: parser.now).civil)
    return .days(.date(date), times.isEmpty ? [present] : times, from: nil)
  }

  /// One date; nil for what comes again and again.
  private func once() throws(ScheduleError) -> PlainMeaning? {
    let isYearly = phrase.isEvery || phrase.interval != nil || phrase.frequency != nil
    let isWeekday = phrase.weekdays != nil && phrase.places.count == 1 && !phrase.isOfMonth
    guard
      phrase.isOnce || phrase.date != nil || phrase.period != nil || phrase.loneMonth != nil
        || phrase.monthDay != nil && !isYearly || isWeekday && phrase.counted == nil && !isYearly
    else { return nil }
    let times = try parser.times(of: phrase)
    // The date before the time: "tomorrow" without a time is a day.
    let date = try parser.dateAhead(of: phrase, isAfter: parser.now, at: times.first)
    guard !times.isEmpty else { throw parser.missingTime(phrase) }
    return .days(.date(date), times, from: nil)
  }

  // MARK: Around the clock

  private func aroundTheClock(_ unit: PlainToken.Unit, _ count: Int) throws(ScheduleError) -> PlainMeaning {
    guard count > 0 else {
      throw parser.error("every 0 \(unit)s never comes to an end", "1 or more", in: phrase.tokens)
    }
    guard let window = phrase.window else {
      guard !phrase.hasDays, !phrase.hasTimes, phrase.excepted == nil, phrase.start == nil, !phrase.isOnce
      else {
        throw parser.error(
          "what comes all around the clock has no times or days",
          "\"every \(English.every(count, unit.rawValue))\" alone, or \"every hour from 9:00 to 17:00\"",
          in: phrase.tokens)
      }
      return .clock(unit, count)
    }
    guard !phrase.hasTimes else { throw conflict }
    let step = unit == .hour ? count * 60 : unit == .minute ? count : 0
    guard step >= 5 else {
      throw parser.error("this is too often for a span of the day", "5 minutes or more", in: phrase.tokens)
    }
    let (first, last) = try ends(of: window)
    var times: [ClockTime] = []
    for minute in stride(
      from: first.hour * 60 + first.minute, through: last.hour * 60 + last.minute, by: step)
    {
      times.append(ClockTime(hour: minute / 60, minute: minute % 60))
    }
    return .days(
      phrase.hasDays || phrase.excepted != nil ? try days() : .daily(interval: 1), times, from: phrase.start)
  }

  /// The ends of `from 9 to 17`; an error if the second comes before the first, or if both may be of the
  /// afternoon, as in `from 1 to 5`.
  private func ends(
    of window: (from: PlainTime, to: PlainTime)
  ) throws(ScheduleError) -> (ClockTime, ClockTime) {
    var both = phrase
    both.isEvery = true
    both.parts = []
    both.times = [window.from]
    let first = try parser.times(of: both)[0]
    both.times = [window.to]
    let last = try parser.times(of: both)[0]
    let places = window.from.place.lowerBound..<window.to.place.upperBound
    let isBare = [window.from, window.to].allSatisfy { $0.form == .bare && $0.isTwelveHour }
    if isBare, first.hour < 7, first < last {
      let clock = { English.clock(hour: $0, minute: 0) }
      let morning = "\"from \(clock(first.hour)) to \(clock(last.hour))\""
      let evening = " or \"from \(clock(first.hour + 12)) to \(clock(last.hour + 12))\""
      throw parser.error(
        "it is not clear whether these are am or pm", morning + (last.hour < 12 ? evening : ""), in: places)
    }
    guard window.from.isMarked == window.to.isMarked || !window.from.isTwelveHour && !window.to.isTwelveHour,
      first < last
    else {
      throw parser.error(
        "it is not clear whether these are am or pm", "\"from 9:00 to 17:00\" or \"from 9 am to 5 pm\"",
        in: places)
    }
    return (first, last)
  }

  // MARK: Days

  private func days() throws(ScheduleError) -> PlainDays {
    let interval = try interval()
    if phrase.monthDay != nil || phrase.counted != nil || !phrase.places.isEmpty {
      return try monthDays(interval)
    }
    if let parity = phrase.parity {
      guard interval == nil || interval?.unit == .day && interval?.count == 1 else { throw conflict }
      guard let weekdays = try weekdays(isAll: interval != nil) else { throw missingDay }
      return .weekParity(weekdays, parity)
    }
    switch interval?.unit {
    case nil:
      guard let weekdays = try weekdays(isAll: phrase.excepted == nil) else { throw missingDay }
      if phrase.weekdays == nil, phrase.excepted == nil { try checkAlone() }
      return weekdays == .all ? .daily(interval: 1) : .weekly(weekdays, interval: 1)
    case .day:
      let count = interval?.count ?? 1
      guard count > 1 else {
        guard phrase.weekdays?.members.count != 1 else { throw conflict }
        let weekdays = try weekdays(isAll: true) ?? .all
        return weekdays == .all ? .daily(interval: 1) : .weekly(weekdays, interval: 1)
      }
      guard phrase.weekdays == nil, phrase.excepted == nil else { throw conflict }
      return .daily(interval: count)
    case .week:
      // "every 2 weeks starting 4 december" is on the weekday of that date.
      let first = phrase.start.map { WeekdaySet([$0.weekday]) }
      guard let weekdays = try weekdays(isAll: false) ?? first else { throw missingDay }
      return .weekly(weekdays, interval: interval?.count ?? 1)
    case .month:
      throw parser.error(
        "the day of the month is missing", "\"on the 15th 9:00\" or \"on the last friday 17:00\" behind it",
        in: phrase.tokens)
    default:
      throw parser.error(
        "the date is missing: the day of the year", "a date behind it, as in \"yearly on 14 february 9:00\"",
        in: phrase.tokens)
    }
  }

  /// The interval: that of `every 2 weeks`, or of `once a week`.
  private func interval() throws(ScheduleError) -> (count: Int, unit: PlainToken.Unit)? {
    if phrase.isBiweekly {
      guard phrase.weekdays?.members.count == 1, phrase.interval == nil, phrase.frequency == nil else {
        throw parser.error(
          "\"biweekly\" may be twice a week or every two weeks: the day of the week is missing",
          "\"every 2 weeks on friday\" or \"twice a week on tue and fri\"", in: phrase.tokens)
      }
      return (2, .week)
    }
    guard let frequency = phrase.frequency else { return phrase.interval }
    guard phrase.interval.map({ $0 == (1, frequency.unit) }) ?? true else { throw conflict }
    return (1, frequency.unit)
  }

  /// The weekdays, without those that are excepted. Nil if none is said, unless all are meant then.
  private func weekdays(isAll: Bool) throws(ScheduleError) -> WeekdaySet? {
    guard let said = phrase.weekdays ?? (isAll ? .all : nil) else { return nil }
    guard let excepted = phrase.excepted else { return said }
    let left = said.subtracting(excepted)
    guard !left.isEmpty, said.isSuperset(of: excepted) else {
      throw parser.error(
        left.isEmpty ? "no day is left" : "the exception is none of the days", "other days", in: phrase.tokens
      )
    }
    return left
  }

  /// Days by their date, or by their place in the month.
  private func monthDays(_ interval: (count: Int, unit: PlainToken.Unit)?) throws(ScheduleError) -> PlainDays
  {
    guard phrase.parity == nil, phrase.excepted == nil else { throw conflict }
    let count = interval?.count ?? 1
    let places = phrase.places
    if let (month, day) = phrase.monthDay {
      guard interval == nil || interval?.unit == .year, phrase.weekdays == nil, places.isEmpty else {
        throw conflict
      }
      return .yearly(month: month, day: day, interval: count)
    }
    switch interval?.unit {
    case nil: break
    case .month where phrase.month == nil: break
    case .year where phrase.month != nil: break
    default: throw conflict
    }
    guard phrase.month == nil || count == 1 || interval?.unit == .year else { throw conflict }
    guard let counted = phrase.counted else {
      guard phrase.isEvery || phrase.isOfMonth || phrase.hasWordPlaces else {
        let place =
          parser.words(phrase.tokens).split(separator: " ").first { $0.first?.isNumber == true } ?? "15th"
        throw parser.error(
          "it is not clear whether this comes once or every month",
          "\"every \(place)\", or a date as in \"15 december\"", in: placesOfOrdinal)
      }
      return .monthly(places, phrase.weekdays ?? .all, interval: count)
    }
    guard phrase.weekdays == nil else { throw conflict }
    if phrase.isEvery, interval == nil, !phrase.isOfMonth, phrase.month == nil,
      places.contains(where: { $0 > 1 }),
      case .weekday(let weekday) = counted
    {
      let day = weekday.name.lowercased()
      let place = places.first { $0 > 1 } ?? 2
      throw parser.error(
        "it is not clear whether weeks or months are counted",
        "\"every other \(day)\", \"every \(place) weeks on \(day)\" or \"\(English.place(place)) \(day) of the month\"",
        in: placesOfOrdinal)
    }
    switch counted {
    case .weekday(let weekday): return .ordinal(places, weekday, month: phrase.month, interval: count)
    case .workday:
      guard places.allSatisfy({ $0 <= 20 }) else { throw conflict }
      return .workday(places, month: phrase.month, interval: count)
    }
  }

  /// The tokens of the places, for errors.
  private var placesOfOrdinal: Range<Int> {
    let isOrdinal: (Int) -> Bool = { if case .ordinal = parser.kind(at: $0) { true } else { false } }
    guard let first = phrase.tokens.first(where: isOrdinal) else { return phrase.tokens }
    let isCounted = phrase.counted != nil
    var last = first
    while last + 1 < phrase.tokens.upperBound, isOrdinal(last + 1) || parser.kind(at: last + 1) == .and {
      last += 1
    }
    return first..<last + (isCounted ? 2 : 1)
  }

  /// Throws for a number of times that is not the number of the times or days.
  private func checkFrequency(_ times: [ClockTime]) throws(ScheduleError) {
    guard let (count, unit) = phrase.frequency else { return }
    let said: Int? =
      switch unit {
      case .day: times.count
      case .week: phrase.weekdays?.members.count
      case .month: phrase.places.count
      default: 1
      }
    guard count == said, unit == .day || times.count == 1 else {
      let accepted = unit == .day ? "as many times, as in \"8:00 and 20:00\"" : "as many days, and one time"
      throw parser.error(
        "\(English.count(count, "time")) a \(unit.rawValue), but other times or days are said", accepted,
        in: phrase.tokens)
    }
  }

  /// Throws for words without any day or time.
  private func checkAlone() throws(ScheduleError) {
    guard phrase.hasTimes || phrase.isTonight else {
      guard phrase.isEvery || phrase.start != nil else { throw parser.expected(PlainWords.accepted) }
      return
    }
  }

  private var missingDay: ScheduleError {
    parser.error(
      "the day of the week is missing", "\"on friday\" behind it, as in \"every 2 weeks on friday 19:30\"",
      in: phrase.tokens)
  }

  private var conflict: ScheduleError {
    parser.error("these words do not go together", PlainWords.accepted, in: phrase.tokens)
  }
}
