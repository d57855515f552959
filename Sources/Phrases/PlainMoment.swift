package import CivilTime
import Schedules

/// A time ahead, in words.
package enum PlainMoment: Hashable, Sendable {
  case instant(Instant)
  /// A day without a time, which the caller completes.
  case day(CivilDate)
}

extension PlainWordsParser {
  /// Reads the end of a snooze or a pause.
  mutating func moment() throws(ScheduleError) -> PlainMoment {
    while index < tokens.count, peek == .to || peek == .keyword(.for) { index += 1 }
    guard peek != nil else { throw expected(PlainWords.acceptedMoment) }
    try refusePlurals()
    let phrase = try phrase()
    guard peek == nil else { throw expected("the end here") }
    try checkOnce(phrase)
    if let span = phrase.span {
      return .instant(try ahead(span, phrase))
    }
    let times = try times(of: phrase)
    guard times.count <= 1 else {
      throw error("one time is needed, not several", PlainWords.acceptedMoment, in: phrase.tokens)
    }
    guard phrase.hasDays else { return .instant(try next(times)) }
    let date = try dateAhead(of: phrase, isAfter: now, at: times.first)
    guard let time = times.first else {
      if phrase.isTonight { throw missingTime(phrase) }
      guard date > today else { throw over(phrase) }
      return .day(date)
    }
    guard let instant = time.instant(on: date, in: zone), instant > now else { throw over(phrase) }
    return .instant(instant)
  }

  private func ahead(_ span: PlainSpan, _ phrase: PlainPhrase) throws(ScheduleError) -> Instant {
    guard phrase.isFreeOfDates else {
      throw error("these words do not go together", PlainWords.acceptedMoment, in: phrase.tokens)
    }
    let times = try times(of: phrase)
    guard !span.isEmpty else { throw over(phrase) }
    if let time = times.first {
      guard times.count == 1, span.isWholeDays, let date = span.date(from: today),
        let instant = time.instant(on: date, in: zone)
      else { throw error("these words do not go together", PlainWords.acceptedMoment, in: phrase.tokens) }
      return instant
    }
    guard let instant = span.instant(from: now, in: zone) else { throw tooFar }
    return instant
  }

  /// The next instant with a time of day.
  private func next(_ times: [ClockTime]) throws(ScheduleError) -> Instant {
    guard let time = times.first else { throw expected(PlainWords.acceptedMoment) }
    let days = today.daysSinceEpoch
    for day in days...(days + 2) {
      if let instant = time.instant(on: try date(day), in: zone), instant > now { return instant }
    }
    throw tooFar
  }

  private func over(_ phrase: PlainPhrase) -> ScheduleError {
    error("this is not ahead of now", "a time that is still to come", in: phrase.tokens)
  }

  /// Throws for `fridays` and `evenings`, which come again and again.
  func refusePlurals() throws(ScheduleError) {
    for token in tokens where token.text.last == "s" {
      switch token.kind {
      case .weekday(let day) where token.text == day.name.lowercased() + "s": break
      case .part: break
      case .keyword(.weekdays): break
      default: continue
      }
      throw ScheduleError(
        range: token.range, reason: "\"\(token.text)\" come again and again",
        accepted: "one of them, such as \"\(token.text.dropLast())\"")
    }
  }
}
