import CivilTime
import Schedules

/// Places in a month: `1st and 15th`, `last friday`, `first weekday`.
extension PlainWordsParser {
  /// Reads the places, what they count, and the month they are in.
  mutating func readPlaces(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    guard phrase.places.isEmpty else { throw expected("the places together, as in \"1st and 15th\"") }
    var places: Set<Int> = []
    repeat {
      skipFillers()
      guard case .ordinal(let place) = peek else { throw expected("another place, as in \"1st and 15th\"") }
      index += 1
      places.insert(place)
    } while skipAnd(before: { $0.isOrdinal(at: $1) })
    phrase.places = places.sorted { ($0 < 0 ? 99 : $0) < ($1 < 0 ? 99 : $1) }
    phrase.hasWordPlaces = tokens[start].isWord
    switch peek {
    case .weekday(let weekday):
      index += 1
      if let place = phrase.places.first(where: { $0 > 5 }) {
        throw error(
          "no month has a \(English.ordinal(place)) \(weekday.name)", "1st to 5th, or last", from: start)
      }
      phrase.counted = .weekday(weekday)
    case .keyword(.weekdays) where tokens[index].text.last != "s":
      index += 1
      phrase.counted = .workday
    case .keyword(.working), .vague(.time):
      guard kind(1) == .unit(.day) else { throw expected("\"working day\"") }
      index += 2
      phrase.counted = .workday
    default: break
    }
    let hasNoun = phrase.counted == nil && peek == .unit(.day)
    if hasNoun { index += 1 }
    try readOfMonth(into: &phrase)
    guard phrase.counted == nil else { return }
    guard phrase.month == nil else {
      throw error("a day of one month is a date", "a date, as in \"every 14 february\"", from: start)
    }
    guard hasNoun || phrase.isOfMonth || !phrase.hasWordPlaces else {
      throw expected("a weekday or \"day\", as in \"last friday\" or \"last day of the month\"")
    }
    // The last day can only be that of the month, but "first day" may be that of the week.
    guard
      phrase.isOfMonth || !phrase.hasWordPlaces || phrase.places == [-1] || phrase.interval?.unit == .month
    else { throw expected("\"of the month\" behind \"\(tokens[start].text) day\"") }
  }

  private func isOrdinal(at place: Int) -> Bool {
    switch kind(at: place) {
    case .ordinal: !monthDay(at: place)
    case .keyword(.the): isOrdinal(at: place + 1)
    default: false
    }
  }

  /// Reads `of the month`, `of every month` or `in may`; nothing where another word follows `of` or `in`.
  private mutating func readOfMonth(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    guard skip(.of) || skip(.in) else { return }
    _ = skip(.the) || skip(.every)
    switch peek {
    case .month(let month):
      index += 1
      phrase.month = month
    case .unit(.month):
      index += 1
      phrase.isOfMonth = true
    case .part, .ordinal, .keyword(.next), .keyword(.this), .keyword(.even), .keyword(.odd): index = start
    default: throw expected("\"month\" or the name of one, as in \"of the month\"")
    }
  }

  /// Reads `end of the month` and `beginning of the month`.
  mutating func readEnd(isEnd: Bool, into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    index += 1
    guard skip(.of) else { throw expected("\"of the month\"") }
    // "beginning of october", "start of last month": the beginning is what a past means.
    if purpose == .past, !isEnd {
      if case .month = peek { return }
      if peek == .ordinal(-1) { return }
    }
    _ = skip(.the) || skip(.every) || skip(.this)
    let unit = unit()
    if purpose == .past, !isEnd, let unit, let first = firstDay(of: unit, distance: 0) {
      return try set(first, in: &phrase, from: start)
    }
    guard unit == .month, phrase.places.isEmpty else {
      throw error(
        "it is not clear which day or time that is", "\"last day of the month\", \"friday\" or \"bedtime\"",
        from: start)
    }
    (phrase.places, phrase.isOfMonth, phrase.isEnd) = ([isEnd ? -1 : 1], true, isEnd)
  }
}
