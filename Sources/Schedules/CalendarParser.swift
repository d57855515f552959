package import CivilTime

extension CalendarExpression {
  /// Parses one expression. `zones` has the zone that it may name.
  package init(parsing text: String, zones: any ZoneSource) throws(ScheduleError) {
    var parser = CalendarParser(text)
    self = try parser.expression(zones)
  }
}

/// A recursive-descent parser of systemd's calendar language. It refuses what systemd refuses, with the
/// place.
struct CalendarParser {
  private let bytes: [UInt8]
  private var position = 0
  private var end: Int

  init(_ text: String) {
    bytes = Array(text.utf8)
    end = bytes.count
  }

  static let accepted = "a calendar expression such as \"Mon..Fri 08:05\", \"*-*-01 10:00\" or \"hourly\""

  mutating func expression(_ zones: any ZoneSource) throws(ScheduleError) -> CalendarExpression {
    guard end > 0 else { throw error("it is empty", Self.accepted) }
    guard end <= 1024 else { throw error("it is longer than 1024 characters", Self.accepted) }
    guard bytes[0] != space, bytes[end - 1] != space else {
      throw error(
        "it begins or ends with a blank", "an expression without blanks around it",
        at: bytes[0] == space ? 0 : end - 1)
    }
    var expression = CalendarExpression()
    expression.zone = try zone(zones)
    if peek == UInt8(ascii: "@") {
      try readUnixTime(&expression)
    } else if !readShorthand(&expression) {
      try readWeekdays(&expression)
      try readDate(&expression)
      try readTime(&expression, isNeeded: position < end)
      guard position == end else { throw unexpected() }
    }
    expression.normalize()
    return expression
  }

  // MARK: Zone

  /// Reads `UTC` or a zone's name after the last blank, and moves `end` before it.
  private mutating func zone(_ zones: any ZoneSource) throws(ScheduleError) -> Zone? {
    guard let blank = bytes.lastIndex(of: space) else { return nil }
    let word = String(decoding: bytes[(blank + 1)...], as: UTF8.self)
    guard let first = word.unicodeScalars.first, first.properties.isAlphabetic else { return nil }
    if word.lowercased() == "utc" {
      end = blank
      return .utc
    }
    // The last word may be a list of weekdays.
    guard Weekday(systemd: word.prefix { $0.isLetter }) == nil else { return nil }
    do throws(ZoneError) {
      let zone = try zones.zone(named: word)
      end = blank
      return zone
    } catch {
      throw ScheduleError(
        range: blank + 1..<bytes.count, reason: "\(error)",
        accepted: "a zone of the IANA database such as Europe/Berlin, or UTC")
    }
  }

  // MARK: Shorthands and Unix time

  private static let shorthands: [String: String] = [
    "minutely": "*-*-* *:*:00", "hourly": "*-*-* *:00:00", "daily": "*-*-* 00:00:00",
    "weekly": "Mon *-*-* 00:00:00", "monthly": "*-*-01 00:00:00", "quarterly": "*-01,04,07,10-01 00:00:00",
    "semiannually": "*-01,07-01 00:00:00", "semi-annually": "*-01,07-01 00:00:00",
    "biannually": "*-01,07-01 00:00:00", "bi-annually": "*-01,07-01 00:00:00",
    "annually": "*-01-01 00:00:00", "yearly": "*-01-01 00:00:00", "anually": "*-01-01 00:00:00",
  ]

  private mutating func readShorthand(_ expression: inout CalendarExpression) -> Bool {
    let word = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
    guard let long = Self.shorthands[word] else { return false }
    var parser = CalendarParser(long)
    let zone = expression.zone
    // A test parses each text of the table.
    guard (try? parser.readWeekdays(&expression)) != nil, (try? parser.readDate(&expression)) != nil,
      (try? parser.readTime(&expression, isNeeded: true)) != nil
    else { return false }
    expression.zone = zone
    position = end
    return true
  }

  /// Reads `@` and the seconds since the epoch: a single occurrence, in UTC.
  private mutating func readUnixTime(_ expression: inout CalendarExpression) throws(ScheduleError) {
    let accepted = "\"@\" and the seconds since 1970, such as @1795763100, up to the year 2199"
    guard expression.zone == nil else { throw error("Unix time has no zone", accepted) }
    position += 1
    let start = position
    guard let seconds = digits(), position == end, seconds < 7_258_118_400 else {
      position = start
      throw error("this is no Unix time", accepted)
    }
    let time = Zone.utc.local(at: Instant(seconds: seconds)).civil
    expression.years = [.single(time.date.year)]
    expression.months = [.single(time.date.month)]
    expression.days = [.single(time.date.day)]
    expression.hours = [.single(time.hour)]
    expression.minutes = [.single(time.minute)]
    expression.seconds = [.single(time.second * 1_000_000)]
    expression.zone = .utc
  }

  // MARK: Weekdays

  private mutating func readWeekdays(_ expression: inout CalendarExpression) throws(ScheduleError) {
    guard peek?.isLetter == true else { return }
    let accepted = "Mon, Tue, Wed, Thu, Fri, Sat, Sun, whole or short, in lists (,) and ranges (..)"
    expression.weekdays = []
    while true {
      let first = try readWeekday(accepted)
      var last = first
      let start = position
      if skip("..") || skip("-") {
        last = try readWeekday(accepted)
        guard first <= last else {
          throw error(
            "the range of weekdays ends before it begins", "two ranges, as in Fri..Sun,Mon", at: start)
        }
      }
      expression.weekdays.formUnion(WeekdaySet(Weekday.allCases.filter { first <= $0 && $0 <= last }))
      guard skip(",") else { break }
    }
    guard position == end || skip(" ") else { throw unexpected() }
    skipBlanks()
  }

  private mutating func readWeekday(_ accepted: String) throws(ScheduleError) -> Weekday {
    let start = position
    while peek?.isLetter == true { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let day = Weekday(systemd: word) else {
      throw ScheduleError(
        range: start..<max(position, min(start + 1, bytes.count)),
        reason: word.isEmpty ? "a weekday is missing here" : "\(word) is not a weekday", accepted: accepted)
    }
    return day
  }

  // MARK: Date and time

  private mutating func readDate(_ expression: inout CalendarExpression) throws(ScheduleError) {
    guard position < end else { return }
    let start = position
    let first = try chain()
    guard peek != UInt8(ascii: ":") else {
      position = start
      return
    }
    if skip("~") {
      expression.months = first
      try readDay(&expression, fromEnd: true)
    } else if skip("-") {
      let secondPlace = position
      let second = try chain()
      if skip("-") || peek == UInt8(ascii: "~") {
        let isFromEnd = skip("~")
        expression.years = first.map { $0.asYear }
        expression.months = second
        try readDay(&expression, fromEnd: isFromEnd)
        try check(expression.years, CalendarExpression.yearRange, "year", at: start)
        try check(expression.months, 1...12, "month", at: secondPlace)
      } else {
        expression.months = first
        expression.days = second
        try check(second, 1...31, "day", at: secondPlace)
        try check(first, 1...12, "month", at: start)
      }
    } else {
      throw unexpected("a date as year-month-day or month-day, or a time as hour:minute, * for any")
    }
    if expression.years.isEmpty { try check(expression.months, 1...12, "month", at: start) }
    guard position == end || skip(" ") else { throw unexpected() }
    skipBlanks()
  }

  private mutating func readDay(
    _ expression: inout CalendarExpression, fromEnd: Bool
  ) throws(ScheduleError) {
    let start = position
    expression.days = try chain()
    expression.isFromMonthEnd = fromEnd
    try check(expression.days, 1...31, "day", at: start, goesDown: fromEnd)
  }

  private mutating func readTime(
    _ expression: inout CalendarExpression, isNeeded: Bool
  ) throws(ScheduleError) {
    guard isNeeded else {
      expression.hours = [.single(0)]
      expression.minutes = [.single(0)]
      expression.seconds = [.single(0)]
      return
    }
    let accepted = "a time as hour:minute or hour:minute:second"
    let hourPlace = position
    expression.hours = try chain()
    guard skip(":") else { throw unexpected(accepted) }
    let minutePlace = position
    expression.minutes = try chain()
    try check(expression.hours, 0...23, "hour", at: hourPlace)
    try check(expression.minutes, 0...59, "minute", at: minutePlace)
    guard skip(":") else {
      expression.seconds = [.single(0)]
      return
    }
    let secondPlace = position
    expression.seconds = try chain(isMicroseconds: true)
    if expression.seconds.isEmpty {
      expression.seconds = [CalendarComponent(start: 0, stop: nil, step: 1_000_000)]
    }
    try check(expression.seconds, 0...59_999_999, "second", at: secondPlace)
  }

  // MARK: Lists

  /// Reads a list of items; it is empty for `*`.
  private mutating func chain(isMicroseconds: Bool = false) throws(ScheduleError) -> [CalendarComponent] {
    if skip("*") { return [] }
    var items: [CalendarComponent] = []
    repeat {
      guard items.count < 240 else {
        throw error("more than 240 values in a list", "a shorter list, or ranges")
      }
      let start = try value(isMicroseconds)
      var item = CalendarComponent(start: start, stop: nil, step: nil)
      let range = position
      if skip("..") {
        let stop = try value(isMicroseconds)
        guard start <= stop else {
          throw error(
            "the range ends before it begins", "a range from the lower to the higher value", at: range)
        }
        // systemd refuses a range of one value in seconds, and in no other field.
        guard !isMicroseconds || start < stop || peek == UInt8(ascii: "/") else {
          throw error(
            "the range holds a single second", "that second alone, or a range of several", at: range)
        }
        item.stop = stop
        item.step = isMicroseconds ? 1_000_000 : 1
      }
      if skip("/") {
        let place = position
        let step = try value(isMicroseconds)
        guard step > 0 else { throw error("a repetition of 0 never comes to an end", "1 or more", at: place) }
        item.step = step
      }
      items.append(item)
    } while skip(",")
    return items
  }

  private mutating func value(_ isMicroseconds: Bool) throws(ScheduleError) -> Int64 {
    let start = position
    guard let number = digits(), number < 1_000_000 else {
      position = start
      throw position < end
        ? unexpected("a number, or *") : error("something is missing here", "a number, or *")
    }
    guard isMicroseconds else { return number }
    var value = number * 1_000_000
    guard peek == UInt8(ascii: "."), position + 1 < end, bytes[position + 1].isDigit else { return value }
    position += 1
    var weight: Int64 = 100_000
    while let byte = peek, byte.isDigit {
      guard weight > 0 else { throw error("more than six digits of a second", "microseconds at the finest") }
      value += Int64(byte - UInt8(ascii: "0")) * weight
      weight /= 10
      position += 1
    }
    return value
  }

  private mutating func digits() -> Int64? {
    let start = position
    var number: Int64 = 0
    while let byte = peek, byte.isDigit, position - start < 18 {
      number = number * 10 + Int64(byte - UInt8(ascii: "0"))
      position += 1
    }
    return position > start ? number : nil
  }

  /// Throws for a value outside the field, and for a first step that leads out of it, as systemd does.
  private func check(
    _ chain: [CalendarComponent], _ range: ClosedRange<Int64>, _ field: String, at place: Int,
    goesDown: Bool = false
  ) throws(ScheduleError) {
    let unit: Int64 = field == "second" ? 1_000_000 : 1
    let accepted = "\(field)s from \(range.lowerBound / unit) to \(range.upperBound / unit)"
    for item in chain {
      guard range.contains(item.start), range.contains(item.stop ?? item.start) else {
        throw error("there is no such \(field)", accepted, at: place)
      }
      guard item.stop == nil, let step = item.step else { continue }
      // From the end of the month, systemd wants room for a step in both directions.
      if item.start + step > range.upperBound || goesDown && item.start - step < range.lowerBound {
        throw error("the repetition leads beyond the last \(field)", accepted, at: place)
      }
    }
  }

  // MARK: Bytes

  private var peek: UInt8? { position < end ? bytes[position] : nil }
  private var space: UInt8 { UInt8(ascii: " ") }

  private mutating func skip(_ text: String) -> Bool {
    let wanted = text.utf8
    guard position + wanted.count <= end, bytes[position..<position + wanted.count].elementsEqual(wanted)
    else {
      return false
    }
    position += wanted.count
    return true
  }

  private mutating func skipBlanks() {
    while peek == space { position += 1 }
  }

  private func error(_ reason: String, _ accepted: String, at place: Int? = nil) -> ScheduleError {
    let start = min(place ?? position, bytes.count)
    return ScheduleError(range: start..<min(start + 1, bytes.count), reason: reason, accepted: accepted)
  }

  private func unexpected(_ accepted: String = CalendarParser.accepted) -> ScheduleError {
    guard position < end else { return error("something is missing here", accepted) }
    let rest = String(decoding: bytes[position..<end], as: UTF8.self)
    let character = rest.first.map(String.init) ?? ""
    return ScheduleError(
      range: position..<position + character.utf8.count,
      reason: "\"\(character)\" is not expected here", accepted: accepted)
  }
}

extension Weekday {
  /// The weekday of a word of systemd's language: an English name or its first three letters, in any case.
  fileprivate init?(systemd word: some StringProtocol) {
    let word = word.lowercased()
    guard
      let day = Self.allCases.first(where: {
        $0.name.lowercased() == word || $0.abbreviation.lowercased() == word
      })
    else { return nil }
    self = day
  }
}

extension CalendarComponent {
  static func single(_ value: Int) -> CalendarComponent {
    CalendarComponent(start: Int64(value), stop: nil, step: nil)
  }

  /// The component with years of two digits made whole: 70 to 99 become 1970 to 1999, 0 to 69 become 2000 to
  /// 2069.
  fileprivate var asYear: CalendarComponent {
    func year(_ value: Int64) -> Int64 { value < 70 ? value + 2000 : value < 100 ? value + 1900 : value }
    return CalendarComponent(start: year(start), stop: stop.map(year), step: step)
  }
}
