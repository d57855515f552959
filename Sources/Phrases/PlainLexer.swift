import CivilTime
import Schedules

/// The lexer of plain words.
struct PlainLexer {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func tokens() throws(ScheduleError) -> [PlainToken] {
    var tokens: [PlainToken] = []
    while true {
      skip { $0 <= 0x20 }
      guard position < bytes.count else { return tokens }
      tokens.append(try token())
    }
  }

  private mutating func token() throws(ScheduleError) -> PlainToken {
    let start = position
    let byte = bytes[position]
    if byte.isDigit { return try numeral() }
    if Self.isLetter(byte) {
      skip(while: Self.isLetter)
      let word = text(from: start)
      return PlainToken(kind: PlainToken.kind(of: word) ?? .unknown, range: start..<position, text: word)
    }
    position += 1
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "&"):
      return PlainToken(kind: .and, range: start..<position, text: text(from: start))
    case UInt8(ascii: "-"): return PlainToken(kind: .to, range: start..<position, text: "-")
    case UInt8(ascii: "."):
      throw error(
        start, "\".\" is not understood here", "a colon in times, as in 20:30, and dates as in 2026-12-24")
    default:
      throw error(start, "\"\(text(from: start))\" is not understood here", PlainWords.accepted)
    }
  }

  /// `9`, `8:05`, `8:05:30`, `1st`, `2026-12-24`.
  private mutating func numeral() throws(ScheduleError) -> PlainToken {
    let start = position
    let first = try number(start)
    if peek == UInt8(ascii: ":") { return try clock(first, start) }
    if position - start == 4, peek == UInt8(ascii: "-"), let date = try date(first, start) {
      let end = position
      // The T between a date and a time (RFC 3339) counts as a blank.
      if let mark = peek, mark | 0x20 == UInt8(ascii: "t"),
        bytes.dropFirst(end + 1).first.map(\.isDigit) == true
      {
        position += 1
      }
      return PlainToken(
        kind: .date(date), range: start..<end, text: String(decoding: bytes[start..<end], as: UTF8.self))
    }
    let end = position
    skip(while: Self.isLetter)
    let suffix = String(decoding: bytes[end..<position], as: UTF8.self).lowercased()
    guard ["st", "nd", "rd", "th"].contains(suffix) else {
      position = end
      return PlainToken(kind: .number(first), range: start..<end, text: text(from: start))
    }
    let right = English.ordinal(first)
    guard (1...31).contains(first), right == "\(first)\(suffix)" else {
      throw error(
        start, "\(text(from: start)) is not a day of the month",
        (1...31).contains(first) ? right : "1st to 31st")
    }
    return PlainToken(kind: .ordinal(first), range: start..<position, text: right)
  }

  private mutating func clock(_ hour: Int, _ start: Int) throws(ScheduleError) -> PlainToken {
    var parts = [hour]
    while peek == UInt8(ascii: ":"), parts.count < 3 {
      position += 1
      let part = position
      skip(while: \.isDigit)
      guard position - part == 2, let value = Digits.number(bytes[part..<position], in: 0...99)
      else {
        throw error(start, "\(text(from: start)) is not a time", "two digits behind each colon, as in 8:05")
      }
      parts.append(value)
    }
    guard parts[0] <= 23, parts.dropFirst().allSatisfy({ $0 <= 59 }) else {
      throw error(start, "\(text(from: start)) is not a time of day", "0:00 to 23:59")
    }
    let time = ClockTime(hour: parts[0], minute: parts[1], second: parts.count > 2 ? parts[2] : 0)
    return PlainToken(kind: .clock(time), range: start..<position, text: text(from: start))
  }

  private mutating func date(_ year: Int, _ start: Int) throws(ScheduleError) -> CivilDate? {
    var parts: [Int] = []
    while peek == UInt8(ascii: "-"), parts.count < 2 {
      position += 1
      skip(while: \.isDigit)
      let digits = bytes[start..<position].reversed().prefix(while: \.isDigit).reversed()
      guard digits.count == 2, let value = Digits.number(Array(digits), in: 0...99) else { break }
      parts.append(value)
    }
    guard parts.count == 2, (1970...2199).contains(year),
      let date = CivilDate(year: year, month: parts[0], day: parts[1])
    else {
      throw error(
        start, "\(text(from: start)) is not a date", "year-month-day with two digits each, as in 2026-12-24")
    }
    return date
  }

  private mutating func number(_ start: Int) throws(ScheduleError) -> Int {
    skip(while: \.isDigit)
    guard let number = Digits.number(text(from: start), in: 0...999_999) else {
      throw error(start, "\(text(from: start)) is too large", "a number of up to six digits")
    }
    return number
  }

  // MARK: Bytes

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while position < bytes.count, condition(bytes[position]) { position += 1 }
  }

  private func text(from start: Int) -> String {
    String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  private func error(_ start: Int, _ reason: String, _ accepted: String) -> ScheduleError {
    ScheduleError(range: start..<position, reason: reason, accepted: accepted)
  }

  /// True if a byte belongs to a letter, beyond ASCII too, so that a word of another language is one token.
  private static func isLetter(_ byte: UInt8) -> Bool { byte.isLetter || byte >= 0x80 }
}
