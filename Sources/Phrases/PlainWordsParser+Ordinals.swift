import CivilTime
import Schedules

/// Places in a month: `1st and 15th`, `last friday`.
extension PlainWordsParser {
  /// Reads `1st and 15th`, `last day of the month`, `first sunday of may`; `isOfMonth` tells of "of the
  /// month" or a month.
  mutating func ordinals(
    interval: Int
  ) throws(ScheduleError) -> (days: PlainDays, isOfMonth: Bool) {
    let start = index
    var places: [Int] = []
    repeat {
      skipFillers()
      guard case .ordinal(let place) = peek else { throw expected("another place, as in \"1st and 15th\"") }
      index += 1
      places.append(place)
    } while skipAnd(before: { if case .ordinal = $0 { true } else { $0 == .keyword(.the) } })
    places = Set(places).sorted { ($0 < 0 ? 99 : $0) < ($1 < 0 ? 99 : $1) }
    if case .weekday(let weekday) = peek {
      index += 1
      guard places.allSatisfy({ $0 <= 5 }) else {
        throw error(
          "no month has a \(English.ordinal(places.last ?? 0)) \(weekday.name)",
          "1st to 5th, or last",
          from: start)
      }
      let (isOfMonth, month) = try ofMonth()
      return (.ordinal(places, weekday, month: month, interval: interval), isOfMonth || month != nil)
    }
    let hasNoun = peek == .unit(.day)
    if hasNoun { index += 1 }
    let isNumber = places.allSatisfy { $0 > 0 } && tokens[start].text.utf8.first.map { $0 < 0x40 } == true
    guard hasNoun || isNumber else {
      throw expected("a weekday or \"day\", as in \"last friday\" or \"last day of the month\"")
    }
    let (isOfMonth, month) = try ofMonth()
    guard month == nil else {
      throw error("a day of one month is a date", "a date, as in \"every 14 february\"", from: start)
    }
    // The last day can only be that of the month, but "first day" may be that of the week.
    guard isOfMonth || isNumber || places == [-1] || interval > 1 else {
      throw expected("\"of the month\" behind \"\(tokens[start].text) day\"")
    }
    return (.monthly(places, interval: interval), isOfMonth)
  }

  /// Reads `of the month`, `of every month` or `in may`.
  mutating func ofMonth() throws(ScheduleError) -> (isOfMonth: Bool, month: Int?) {
    guard peek == .keyword(.of) || peek == .keyword(.in) else { return (false, nil) }
    index += 1
    _ = skip(.the) || skip(.every)
    if case .month(let month) = peek {
      index += 1
      return (false, month)
    }
    guard unit() == .month else { throw expected("\"month\" or the name of one, as in \"of the month\"") }
    return (true, nil)
  }
}
