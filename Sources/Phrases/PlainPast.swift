import CivilTime
import Schedules

/// Times of the past, in words.
extension PlainWordsParser {
  /// Reads the time from which on the past is shown. A day is from its midnight on.
  mutating func past() throws(ScheduleError) -> Instant {
    if peek == .keyword(.since) || peek == .keyword(.from) || peek == .keyword(.after) { index += 1 }
    if peek == .keyword(.for), kind(1) != nil { index += 1 }
    guard peek != nil else { throw expected(PlainWords.acceptedPast) }
    try refusePlurals()
    let phrase = try phrase()
    guard peek == nil else { throw expected("the end here") }
    let instant = try begin(of: phrase)
    guard instant <= now else {
      throw error("this is not past", "a time that is past, such as \"yesterday\"", in: phrase.tokens)
    }
    return instant
  }

  private func begin(of phrase: PlainPhrase) throws(ScheduleError) -> Instant {
    let times = try times(of: phrase)
    guard times.count <= 1 else {
      throw error("one time is needed, not several", PlainWords.acceptedPast, in: phrase.tokens)
    }
    try checkOnce(phrase)
    let date: CivilDate
    if let span = phrase.span {
      guard phrase.isFreeOfDates, span.isWholeDays || times.isEmpty, !span.isEmpty else {
        throw error("these words do not go together", PlainWords.acceptedPast, in: phrase.tokens)
      }
      guard span.isWholeDays else {
        guard let instant = span.instant(from: now, in: zone, isAgo: true) else { throw tooFar }
        return instant
      }
      guard let moved = span.date(from: today, isAgo: true) else { throw tooFar }
      date = moved
    } else if let whole = try firstDay(of: phrase, hasTime: !times.isEmpty) {
      date = whole
    } else if !phrase.hasDays, let time = times.first {
      return try last(time)
    } else {
      date = try dateBehind(of: phrase, isBefore: now, at: times.first)
      // Tonight is no day to look back on.
      if phrase.isTonight, times.isEmpty { throw missingTime(phrase) }
    }
    let time = times.first ?? ClockTime(hour: 0)
    guard let instant = time.instant(on: date, in: zone) else { throw tooFar }
    return instant
  }

  /// The first day of a period or of a month, of another year too: `last week`, `march`, `march last year`.
  /// Nil for a phrase that names a day beside it, or neither.
  private func firstDay(of phrase: PlainPhrase, hasTime: Bool) throws(ScheduleError) -> CivilDate? {
    guard phrase.weekdays == nil, phrase.places.isEmpty, phrase.date == nil, phrase.monthDay == nil else {
      return nil
    }
    guard phrase.period != nil || phrase.loneMonth != nil else { return nil }
    guard !hasTime else { throw error("the day is missing", PlainWords.acceptedPast, in: phrase.tokens) }
    guard let month = phrase.loneMonth else { return phrase.period?.first }
    var year = month.year ?? (month.month > today.month ? today.year - 1 : today.year)
    if let period = phrase.period {
      guard period.unit == .year, month.year == nil else {
        let name = English.month(month.month).lowercased()
        throw error(
          "these words do not go together", "\"\(name)\" or \"\(name) last year\"", in: phrase.tokens)
      }
      year = period.first.year
    }
    guard let first = CivilDate(year: year, month: month.month, day: 1) else { throw tooFar }
    return first
  }

  /// The last instant with a time of day.
  private func last(_ time: ClockTime) throws(ScheduleError) -> Instant {
    let days = today.daysSinceEpoch
    for day in ((days - 2)...days).reversed() {
      if let instant = time.instant(on: try date(day), in: zone), instant <= now { return instant }
    }
    throw tooFar
  }
}
