import CivilTime
import Schedules

/// Times of day.
extension PlainWordsParser {
  /// True if the text begins with a time, and not with a number that may be that of a day.
  var startsWithTime: Bool {
    switch peek {
    case .clock, .keyword(.noon), .keyword(.midnight), .keyword(.at): true
    case .number:
      tokens.count > 1 && [.keyword(.am), .keyword(.pm)].contains(tokens[1].kind)
    default: false
    }
  }

  /// Reads `at 8:00, noon and 8 pm`. A missing time is an error, but after `in 3 days` it is the present time
  /// of day.
  mutating func times() throws(ScheduleError) -> [ClockTime] {
    let isAhead = tokens.first?.kind == .keyword(.in)
    if isAhead, peek == nil {
      let civil = zone.local(at: now).civil
      // The fraction of the second is cut off. The time lies ahead all the same, since the day does.
      return [ClockTime(hour: civil.hour, minute: civil.minute, second: civil.second)]
    }
    // A comma may separate the day and the time: "friday, 19:30".
    if peek == .and, tokens[index].text == "," { index += 1 }
    _ = skip(.at)
    let start = index
    var times: Set<ClockTime> = []
    var isMarked = false
    var unmarked: Int?
    repeat {
      _ = skip(.at)
      let place = index
      let time = try time()
      let hasMark = index > place && [.keyword(.am), .keyword(.pm)].contains(tokens[index - 1].kind)
      isMarked = isMarked || hasMark
      // Noon, midnight and the hours that a 12-hour clock does not have are unambiguous.
      if !hasMark, tokens[place].kind != .keyword(.noon), tokens[place].kind != .keyword(.midnight),
        (1...12).contains(time.hour)
      {
        unmarked = unmarked ?? place
      }
      times.insert(time)
    } while skipAnd(before: { _ in true })
    if isMarked, let unmarked {
      throw error("it is not clear whether this is am or pm", "am or pm with each time", at: unmarked)
    }
    if isAhead { try finish() }
    guard !times.isEmpty else { throw expected("a time", at: start) }
    return times.sorted()
  }

  mutating func time() throws(ScheduleError) -> ClockTime {
    let place = index
    let accepted = "a time such as \"8:05\", \"22:00\", \"8:05 pm\", \"9 am\", \"noon\" or \"midnight\""
    if skip(.noon) { return ClockTime(hour: 12, minute: 0, second: 0) }
    if skip(.midnight) { return ClockTime(hour: 0, minute: 0, second: 0) }
    let time: ClockTime
    switch peek {
    case .clock(let clock): time = clock
    case .number(let hour) where tokens[index].text.utf8.count <= 2:
      guard hour <= 23 else {
        throw error("there is no hour \(hour)", "0 to 23, or 1 to 12 with am or pm", at: place)
      }
      time = ClockTime(hour: hour, minute: 0, second: 0)
    case nil: throw expected(accepted, isMissing: true)
    default: throw expected(accepted)
    }
    index += 1
    let isMorning = skip(.am)
    guard isMorning || skip(.pm) else { return time }
    guard (1...12).contains(time.hour) else {
      throw error(
        "\(tokens[place].text) \(isMorning ? "am" : "pm") is no time of the 12-hour clock",
        "1 to 12 with am or pm", from: place)
    }
    return ClockTime(hour: time.hour % 12 + (isMorning ? 0 : 12), minute: time.minute, second: time.second)
  }

  /// Throws for a time before 17:00: "tonight at 9" probably means 21:00, but a guess may be wrong.
  func checkTonight(_ times: [ClockTime]) throws(ScheduleError) {
    guard let early = times.first(where: { $0.hour < 17 }) else { return }
    throw ScheduleError(
      range: 0..<end,
      reason: "\(English.clock(hour: early.hour, minute: early.minute)) is not in the evening",
      accepted: "a time from 17:00 on, as in \"tonight 21:00\" or \"tonight 9 pm\"")
  }
}
