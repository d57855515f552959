import CivilTime
import Schedules

/// Times of day: `at 8:00, noon and 8 pm`, `half past seven in the evening`, `every morning and evening`.
extension PlainWordsParser {
  static let acceptedTime =
    "a time such as \"8:05\", \"22:00\", \"8:05 pm\", \"9 am\", \"noon\" or \"midnight\""

  /// True if a time begins at a place.
  func startsTime(at place: Int) -> Bool {
    switch kind(at: place) {
    case .clock, .clockOrDate: true
    case .part(let part): part.isTime
    case .keyword(.half), .keyword(.quarter): true
    case .keyword(.a): kind(at: place + 1) == .keyword(.quarter)
    case .keyword(.at):
      switch kind(at: place + 1) {
      case .keyword(.weekends), .keyword(.the), .part(.night): false
      default: true
      }
    case .number: !monthDay(at: place) && !isTimes(at: place + 1) && !startsSpan(at: place)
    default: false
    }
  }

  /// Reads a list of times.
  mutating func readTimes(into phrase: inout PlainPhrase) throws(ScheduleError) {
    guard phrase.times.isEmpty else {
      throw error("the time is said twice", "the times together, as in \"8:00 and 18:00\"")
    }
    repeat {
      _ = skip(.at)
      let start = index
      var time = try time()
      time.place = start..<index
      phrase.times.append(time)
    } while isClock || skipAnd(before: { $0.startsTime(at: $1) })
  }

  /// True at a time with a colon, which needs no `and` before it.
  private var isClock: Bool { if case .clock = peek { true } else { false } }

  /// Reads `morning` or `morning and evening`.
  mutating func readParts(into phrase: inout PlainPhrase) throws(ScheduleError) {
    guard phrase.parts.isEmpty else { throw expected("the parts of the day together") }
    repeat {
      if peek == .keyword(.in) { index += 1 }
      _ = skip(.the)
      _ = skip(.every)
      guard case .part(let part) = peek else { throw expected("a part of the day, as in \"in the evening\"") }
      index += 1
      phrase.parts.append(part)
    } while skipAnd(before: { $0.isPart(at: $1) })
  }

  private func isPart(at place: Int) -> Bool {
    switch kind(at: place) {
    case .part: true
    case .keyword(.in), .keyword(.the), .keyword(.every): isPart(at: place + 1)
    default: false
    }
  }

  /// Reads one time, with its am or pm, or its part of the day.
  mutating func time() throws(ScheduleError) -> PlainTime {
    let place = index
    if case .part(let part) = peek, part.isTime {
      index += 1
      let time = part.time
      return PlainTime(hour: time.hour, minute: time.minute, form: .exact)
    }
    var time = try clockWords()
    if case .part(let part) = peek, part == .noon || part == .midnight, time.hour == 12, time.minute == 0 {
      index += 1
      return PlainTime(hour: part.time.hour, form: .exact)
    }
    if skip(.clock) { time.form = time.hour > 12 || time.hour == 0 ? .exact : .spoken }
    if peek == .keyword(.am) || peek == .keyword(.pm) {
      let isMorning = skip(.am) || !skip(.pm)
      guard (1...12).contains(time.hour) else {
        throw error(
          "\(words(place..<index - 1)) \(isMorning ? "am" : "pm") is no time of the 12-hour clock",
          "1 to 12 with am or pm", from: place)
      }
      guard let marked = time.marked(isMorning: isMorning) else { throw amOrPm(time, in: place..<index) }
      return marked
    }
    guard let part = partOfTime() else { return time }
    return try placed(time, in: part, at: place..<index)
  }

  /// Reads the part of the day behind a time: `in the morning`, `at night`.
  private mutating func partOfTime() -> DayPart? {
    var next = index
    if kind(at: next) == .keyword(.at), kind(at: next + 1) == .part(.night) {
      next += 1
    } else {
      guard kind(at: next) == .keyword(.in) else { return nil }
      next += 1
      if kind(at: next) == .keyword(.the) { next += 1 }
    }
    guard case .part(let part) = kind(at: next), !part.isTime else { return nil }
    index = next + 1
    return part
  }

  /// Reads a time without am, pm or a part of the day.
  private mutating func clockWords() throws(ScheduleError) -> PlainTime {
    let start = index
    switch peek {
    case .clock(let clock), .clockOrDate(let clock):
      index += 1
      let hasZero = tokens[start].text.first == "0"
      return PlainTime(
        hour: clock.hour, minute: clock.minute, second: clock.second,
        form: hasZero || !(1...12).contains(clock.hour) ? .exact : .clock)
    case .keyword(.half), .keyword(.quarter), .keyword(.a): return try fractionOfHour()
    case .number(let number):
      if let time = try minutesOfHour(number) { return time }
      return try hour(number)
    case nil: throw expected(Self.acceptedTime, isMissing: true)
    default: throw expected(Self.acceptedTime)
    }
  }

  /// Reads `half past seven`, `a quarter to 8`.
  private mutating func fractionOfHour() throws(ScheduleError) -> PlainTime {
    let start = index
    if skip(.half) {
      guard skip(.past) else {
        guard case .number(let hour) = peek, (1...12).contains(hour) else {
          throw expected(Self.acceptedTime)
        }
        index += 1
        let words = tokens[index - 1].text
        throw error(
          "\"half \(words)\" is half past \(words) to some and half an hour before it to others",
          "\"half past \(hour)\" or \"half past \((hour + 10) % 12 + 1)\"", from: start)
      }
      return try spokenHour(minutes: 30)
    }
    _ = skip(.a)
    index += 1
    if skip(.past) || skip(.after) { return try spokenHour(minutes: 15) }
    guard peek == .to || peek == .keyword(.before) else { throw expected("\"past\" or \"to\"") }
    index += 1
    return try spokenHour(minutes: -15)
  }

  /// Reads `twenty past six`, `10 minutes to nine`; nil, without reading a token, for another number.
  private mutating func minutesOfHour(_ minutes: Int) throws(ScheduleError) -> PlainTime? {
    let start = index
    let isWord = tokens[index].isWord
    index += 1
    let hasUnit = skip(.unit(.minute))
    if (1...30).contains(minutes), isWord || hasUnit || peek == .keyword(.past) {
      if skip(.past) || skip(.after) { return try spokenHour(minutes: minutes) }
      if peek == .to && tokens[index].isWord && !readsWindow || peek == .keyword(.before) {
        index += 1
        return try spokenHour(minutes: -minutes)
      }
    }
    index = start
    return nil
  }

  private mutating func spokenHour(minutes: Int) throws(ScheduleError) -> PlainTime {
    guard case .number(let hour) = peek, hour <= 23,
      tokens[index].text.utf8.count <= 2 || tokens[index].isWord
    else { throw expected("an hour, as in \"half past 7\"") }
    index += 1
    return PlainTime(hour: hour, minute: minutes, form: (1...12).contains(hour) ? .spoken : .exact)
  }

  /// Reads `8`, `eight`, `seven thirty`, `0730`.
  private mutating func hour(_ number: Int) throws(ScheduleError) -> PlainTime {
    let token = tokens[index]
    if !token.isWord, token.text.utf8.count == 4 {
      guard number / 100 <= 23, number % 100 <= 59 else {
        throw error("\(token.text) is not a time of day", "0000 to 2359, or 0:00 to 23:59")
      }
      guard tokens.count > 1 || !(1970...2199).contains(number) else {
        throw error(
          "it is not clear whether \(token.text) is a time or a year",
          "\"\(English.clock(hour: number / 100, minute: number % 100))\", or a date")
      }
      index += 1
      let isLate = token.text.first == "0" || number / 100 > 12
      return PlainTime(hour: number / 100, minute: number % 100, form: isLate ? .exact : .clock)
    }
    guard token.isWord || token.text.utf8.count <= 2 else { throw expected(Self.acceptedTime) }
    guard purpose == .schedule || tokens.count > 1 else { throw bareNumber(number) }
    guard number <= 23 else { throw error("there is no hour \(number)", "0 to 23, or 1 to 12 with am or pm") }
    index += 1
    var time = PlainTime(hour: number, form: token.isWord ? .spoken : .bare)
    if token.isWord, case .number(let minute) = peek, tokens[index].isWord, (10...59).contains(minute) {
      index += 1
      time.minute = minute
    }
    if !(1...12).contains(number) { time.form = .exact }
    // An hour that is not of the 12-hour clock stays one of a bare number where it stands alone.
    if time.form == .exact { time.form = .bare }
    return time
  }

  /// The error for a number alone.
  private func bareNumber(_ number: Int) -> ScheduleError {
    let times = (1...12).contains(number) ? ", \"\(number) am\" or \"\(number) pm\"" : ""
    let lengths =
      purpose == .past
      ? "\"\(number) minutes ago\", \"\(number) hours ago\""
      : "\"\(number)m\" for minutes, \"\(number)h\" for hours"
    return error(
      "a unit is missing, or it is not clear whether this is am or pm", lengths + times)
  }

  // MARK: Parts of the day

  func placed(
    _ time: PlainTime, in part: DayPart, at places: Range<Int>
  ) throws(ScheduleError) -> PlainTime {
    if let time = time.placed(in: part) { return time }
    let clock = English.clock(hour: time.clock.hour, minute: time.clock.minute)
    guard time.isTwelveHour else {
      throw error("\(clock) is not \(part.phrase)", "one of the two", in: places)
    }
    throw error(
      "it is not clear whether \(words(places)) is am or pm", "\"\(clock)\", or am or pm behind the time",
      in: places)
  }

  func amOrPm(_ time: PlainTime, in places: Range<Int>) -> ScheduleError {
    let morning = time.marked(isMorning: true)?.clock ?? time.clock
    let evening = time.marked(isMorning: false)?.clock ?? time.clock
    return error(
      "it is not clear whether this is am or pm",
      "\"\(English.clock(hour: morning.hour, minute: morning.minute))\" or "
        + "\"\(English.clock(hour: evening.hour, minute: evening.minute))\"", in: places)
  }
}
