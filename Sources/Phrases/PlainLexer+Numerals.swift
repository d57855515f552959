import CivilTime
import Schedules

/// Tokens that begin with a digit: `9`, `8:05`, `7.30`, `1.5`, `1st`, `2026-12-24`, `24.12.2026`, `24/12`.
extension PlainLexer {
  mutating func numeral() throws(ScheduleError) -> PlainToken {
    let start = position
    let first = try number(start)
    let isDigitNext = byte(after: 1)?.isDigit == true
    switch peek {
    case UInt8(ascii: ":"): return try clock(first, start)
    case UInt8(ascii: ".") where isDigitNext: return try dotted(first, start)
    case UInt8(ascii: "/") where isDigitNext: return try parted(first, start)
    case UInt8(ascii: "-") where isDigitNext && (position - start == 4 || isDashedDate):
      return try position - start == 4 ? isoDate(first, start) : parted(first, start)
    case UInt8(ascii: "."):
      // The full stop of "24. december", or of a sentence.
      let token = PlainToken(kind: .number(first), range: start..<position, text: text(from: start))
      position += 1
      return token
    default: return try numberOrOrdinal(first, start)
    }
  }

  private mutating func numberOrOrdinal(_ first: Int, _ start: Int) throws(ScheduleError) -> PlainToken {
    let end = position
    let isAlone = text(from: start)
    skip(while: Self.isLetter)
    let suffix = String(decoding: bytes[end..<position], as: UTF8.self).lowercased()
    guard ["st", "nd", "rd", "th"].contains(suffix) else {
      position = end
      return PlainToken(kind: .number(first), range: start..<end, text: isAlone)
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
    return try clock(parts, start)
  }

  private func clock(_ parts: [Int], _ start: Int) throws(ScheduleError) -> PlainToken {
    guard parts[0] <= 23, parts.dropFirst().allSatisfy({ $0 <= 59 }) else {
      throw error(start, "\(text(from: start)) is not a time of day", "0:00 to 23:59")
    }
    let time = ClockTime(hour: parts[0], minute: parts[1], second: parts.count > 2 ? parts[2] : 0)
    return PlainToken(kind: .clock(time), range: start..<position, text: text(from: start))
  }

  // MARK: Dates

  /// `2026-12-24`.
  private mutating func isoDate(_ year: Int, _ start: Int) throws(ScheduleError) -> PlainToken {
    var parts: [Int] = []
    while peek == UInt8(ascii: "-"), parts.count < 2 {
      position += 1
      let part = position
      skip(while: \.isDigit)
      guard position - part == 2, let value = Digits.number(bytes[part..<position], in: 0...99) else { break }
      parts.append(value)
    }
    guard parts.count == 2, (1970...2199).contains(year),
      let date = CivilDate(year: year, month: parts[0], day: parts[1])
    else {
      throw error(
        start, "\(text(from: start)) is not a date", "year-month-day with two digits each, as in 2026-12-24")
    }
    let token = PlainToken(kind: .date(date), range: start..<position, text: text(from: start))
    // The T between a date and a time (RFC 3339) counts as a blank.
    if let mark = peek, mark | 0x20 == UInt8(ascii: "t"), byte(after: 1)?.isDigit == true { position += 1 }
    return token
  }

  /// True at the first dash of `24-12-2026`.
  private var isDashedDate: Bool {
    let rest = bytes[(position + 1)...].prefix { $0.isDigit || $0 == UInt8(ascii: "-") }
    return rest.split(separator: UInt8(ascii: "-")).map(\.count).elementsEqual([2, 4])
      || rest.split(separator: UInt8(ascii: "-")).map(\.count).elementsEqual([1, 4])
  }

  /// `7.30`, `1.5 hours`, `24.12.`, `24.12.2026`.
  private mutating func dotted(_ first: Int, _ start: Int) throws(ScheduleError) -> PlainToken {
    position += 1
    let part = position
    let second = try number(part)
    let digits = position - part
    let isDate = digits <= 2 && (1...31).contains(first) && (1...12).contains(second)
    let isTime = digits == 2 && first <= 23 && second <= 59
    // The full stop of a sentence, as in "daily at 20.30.", but "20.12." is a date, unless "at" is before it.
    if isTime, !isDate || tokens.last?.kind == .keyword(.at), peek == UInt8(ascii: "."),
      position + 1 == bytes.count
    {
      let time = ClockTime(hour: first, minute: second)
      let token = PlainToken(kind: .clock(time), range: start..<position, text: text(from: start))
      position += 1
      return token
    }
    if peek == UInt8(ascii: "."), byte(after: 1)?.isDigit != true || digits <= 2 {
      position += 1
      let year = try year()
      return try date(day: first, month: second, year: year, start)
    }
    if isUnitNext, digits <= 3 {
      let scale = [100, 10, 1][digits - 1]
      return PlainToken(
        kind: .decimal(first * 1000 + second * scale), range: start..<position, text: text(from: start))
    }
    guard isTime else {
      if isDate { return try date(day: first, month: second, year: nil, start) }
      throw error(start, "\(text(from: start)) is not a time of day", "0:00 to 23:59")
    }
    let time = ClockTime(hour: first, minute: second)
    return PlainToken(
      kind: isDate ? .clockOrDate(time) : .clock(time), range: start..<position, text: text(from: start))
  }

  /// `24/12`, `12/24/2026`, `2026/12/24`, `24-12-2026`: only what is a date in one order of day and month.
  private mutating func parted(_ first: Int, _ start: Int) throws(ScheduleError) -> PlainToken {
    let mark = peek
    position += 1
    let second = try number(position)
    var year: Int?
    if peek == mark, byte(after: 1)?.isDigit == true {
      position += 1
      let part = position
      let third = try number(part)
      guard first <= 31 else { return try date(day: third, month: second, year: first, start) }
      year = position - part == 2 ? 2000 + third : third
    }
    if first == second || second > 12 || first > 12 {
      return try first > 12
        ? date(day: first, month: second, year: year, start)
        : date(day: second, month: first, year: year, start)
    }
    // 2028 is a leap year, with 29 February.
    guard let dayFirst = CivilDate(year: year ?? 2028, month: second, day: first),
      let monthFirst = CivilDate(year: year ?? 2028, month: first, day: second)
    else { throw noDate(start) }
    return PlainToken(
      kind: .unclearDate(dayFirst, monthFirst), range: start..<position, text: text(from: start))
  }

  private func date(day: Int, month: Int, year: Int?, _ start: Int) throws(ScheduleError) -> PlainToken {
    guard let date = CivilDate(year: year ?? 2028, month: month, day: day),
      year.map({ (1970...2199).contains($0) }) ?? true
    else { throw noDate(start) }
    return PlainToken(
      kind: year == nil ? .monthDay(month: month, day: day) : .date(date), range: start..<position,
      text: text(from: start))
  }

  private func noDate(_ start: Int) -> ScheduleError {
    error(start, "\(text(from: start)) is not a date", "a date such as 24.12.2026 or 2026-12-24")
  }

  /// The year behind `24.12.`, of two or four digits.
  private mutating func year() throws(ScheduleError) -> Int? {
    let part = position
    skip(while: \.isDigit)
    switch position - part {
    case 2: return try number(part) + 2000
    case 4: return try number(part)
    default:
      position = part
      return nil
    }
  }

  /// True if a unit follows, as in `1.5 hours`.
  private var isUnitNext: Bool {
    let rest = bytes[position...].drop { $0 <= 0x20 }.prefix(while: Self.isLetter)
    guard case .unit = PlainToken.kind(of: String(decoding: rest, as: UTF8.self).lowercased()) else {
      return false
    }
    return true
  }

  private mutating func number(_ start: Int) throws(ScheduleError) -> Int {
    position = start
    skip(while: \.isDigit)
    guard let number = Digits.number(text(from: start), in: 0...999_999) else {
      throw error(start, "\(text(from: start)) is too large", "a number of up to six digits")
    }
    return number
  }
}
