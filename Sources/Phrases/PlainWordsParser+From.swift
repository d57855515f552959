import CivilTime
import Schedules

/// `from 9 to 17`, `between 9am and 5pm`, `from monday to friday`, and `from 4 december`.
extension PlainWordsParser {
  mutating func readFrom(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    let isFrom = peek == .keyword(.from)
    if isFrom, case .weekday = kind(1) {
      index += 1
      guard kind(1) == .to else {
        index = start
        return try readStart(into: &phrase)
      }
      return try readWeekdays(into: &phrase)
    }
    guard startsTime(at: index + 1) else {
      guard isFrom else {
        throw expected("two times, as in \"every hour between 9:00 and 17:00\"", at: index + 1)
      }
      return try readStart(into: &phrase)
    }
    guard phrase.window == nil else { throw expected("one span of the day", at: start) }
    index += 1
    let first = try windowTime()
    guard peek == .to || !isFrom && peek == .and else {
      throw expected("a second time, as in \"every hour from 9:00 to 17:00\"")
    }
    index += 1
    phrase.window = (first, try windowTime())
  }

  private mutating func windowTime() throws(ScheduleError) -> PlainTime {
    _ = skip(.at)
    readsWindow = true
    defer { readsWindow = false }
    let start = index
    var time = try time()
    time.place = start..<index
    return time
  }
}
