extension PosixZone {
  /// Parses a `TZ` string such as `CET-1CEST,M3.5.0,M10.5.0/3` or `<+0330>-3:30`; nil for other texts. A
  /// string without changes, such as `CET-1CEST`, gets those of the C library: the second Sunday of March and
  /// the first of November.
  init?(_ text: ArraySlice<UInt8>) {
    var parser = PosixZoneParser(rest: text)
    guard let zone = parser.zone(), parser.rest.isEmpty else { return nil }
    self = zone
  }
}

private struct PosixZoneParser {
  var rest: ArraySlice<UInt8>

  mutating func zone() -> PosixZone? {
    guard let name = abbreviation(), let west = time(hours: 24) else { return nil }
    let standard = ZoneRules.Offset(seconds: -west, isDaylightSaving: false, abbreviation: name)
    guard !rest.isEmpty else { return PosixZone(standard: standard, daylight: nil) }
    guard let daylightName = abbreviation() else { return nil }
    var east = standard.seconds + 3600
    if !rest.isEmpty, rest.first != UInt8(ascii: ",") {
      guard let west = time(hours: 24) else { return nil }
      east = -west
    }
    guard let start = nextChange(.weekday(month: 3, week: 2, day: 0)),
      let end = nextChange(.weekday(month: 11, week: 1, day: 0))
    else { return nil }
    let offset = ZoneRules.Offset(seconds: east, isDaylightSaving: true, abbreviation: daylightName)
    return PosixZone(standard: standard, daylight: .init(offset: offset, start: start, end: end))
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func prefix(while isWanted: (UInt8) -> Bool) -> String {
    let taken = rest.prefix(while: isWanted)
    rest = rest.dropFirst(taken.count)
    return String(decoding: taken, as: UTF8.self)
  }

  /// Reads at least three letters, or anything in angle brackets.
  private mutating func abbreviation() -> String? {
    if skip("<") {
      let name = prefix { $0 != UInt8(ascii: ">") }
      return skip(">") && !name.isEmpty ? name : nil
    }
    let name = prefix(while: \.isLetter)
    return name.utf8.count >= 3 ? name : nil
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = prefix(while: \.isDigit)
    return digits.utf8.count <= 3 ? Digits.number(digits, in: range) : nil
  }

  /// Reads `[+-]hh[:mm[:ss]]`, in seconds.
  private mutating func time(hours: Int) -> Int64? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hour = number(0...hours) else { return nil }
    var seconds = Int64(hour) * 3600
    if skip(":") {
      guard let minute = number(0...59) else { return nil }
      seconds += Int64(minute) * 60
      if skip(":") {
        guard let second = number(0...59) else { return nil }
        seconds += Int64(second)
      }
    }
    return isNegative ? -seconds : seconds
  }

  /// Reads the change after the next comma; at the end of the text, returns a default one at 02:00
  /// (POSIX.1-2017 leaves it to the implementation; `parse_rule` of glibc, tzset.c).
  private mutating func nextChange(_ other: PosixZone.Day) -> PosixZone.Change? {
    guard skip(",") || rest.isEmpty else { return nil }
    return rest.isEmpty ? .init(day: other, time: 7200) : change()
  }

  private mutating func change() -> PosixZone.Change? {
    guard let day = day() else { return nil }
    guard skip("/") else { return .init(day: day, time: 7200) }
    // RFC 8536 3.3.1 widens the range of the hours to 167.
    guard let time = time(hours: 167) else { return nil }
    return .init(day: day, time: time)
  }

  private mutating func day() -> PosixZone.Day? {
    if skip("J") { return number(1...365).map { .julian($0) } }
    guard skip("M") else { return number(0...365).map { .ordinal($0) } }
    guard let month = number(1...12), skip("."), let week = number(1...5), skip("."), let day = number(0...6)
    else { return nil }
    return .weekday(month: month, week: week, day: day)
  }
}
