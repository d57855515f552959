import CivilTime

/// A length of time in the language of systemd.time(7), "Parsing Time Spans": `1h 30min`, `90s`, `2d`. A
/// number needs its unit, and M is none: systemd takes a number alone for seconds and M for a month, and
/// people mean minutes.
package struct TimeSpan: Hashable, Comparable, Sendable {
  /// 0 or more.
  package let microseconds: Int64

  /// A negative length becomes 0.
  package init(microseconds: Int64) {
    self.microseconds = max(0, microseconds)
  }

  /// Shorter lengths come first.
  package static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.microseconds < right.microseconds }

  /// Parses numbers with units, one after the other; 0 needs none. A month has 30.44 days and a year 365.25,
  /// as in systemd.
  package init(parsing text: String) throws(ScheduleError) {
    var parser = TimeSpanParser(text)
    microseconds = try parser.microseconds()
  }

  /// The accepted forms, for people.
  package static let accepted = "a length of time such as \"10m\", \"1h 30min\" or \"2d\""

  fileprivate static let units: [(names: [String], microseconds: Int64)] = [
    (["y", "year", "years"], 31_557_600_000_000),
    (["month", "months"], 2_629_800_000_000),
    (["w", "week", "weeks"], 604_800_000_000),
    (["d", "day", "days"], 86_400_000_000),
    (["h", "hr", "hour", "hours"], 3_600_000_000),
    (["min", "m", "minute", "minutes"], 60_000_000),
    (["s", "sec", "second", "seconds"], 1_000_000),
    (["ms", "msec"], 1000),
    // The two letters are U+00B5 MICRO SIGN and U+03BC GREEK SMALL LETTER MU.
    (["us", "usec", "\u{b5}s", "\u{3bc}s"], 1),
  ]
}

extension TimeSpan: CustomStringConvertible {
  /// The text that systemd prints, largest unit first: `1h 30min`, `1min 30.500000s`.
  package var description: String {
    guard microseconds > 0 else { return "0" }
    var rest = microseconds
    var parts: [String] = []
    for unit in Self.units {
      let count = rest / unit.microseconds
      let isLast = count > 0 && rest < 60_000_000 && unit.microseconds > 1
      rest %= unit.microseconds
      let name = unit.names[0]
      if isLast, rest > 0 {
        // Below a minute the rest is a fraction, to the microsecond.
        let fraction = String(unit.microseconds + rest).dropFirst()
        parts.append("\(count).\(fraction)\(name)")
        break
      }
      if count > 0 { parts.append("\(count)\(name)") }
    }
    return parts.joined(separator: " ")
  }
}

private struct TimeSpanParser {
  private let all: String.UTF8View
  private var rest: Substring.UTF8View
  /// The unit of the last number.
  private var unit: Int?

  init(_ text: String) {
    all = text.utf8
    rest = all[...]
  }

  mutating func microseconds() throws(ScheduleError) -> Int64 {
    var sum: Int64 = 0
    skipBlanks()
    guard !rest.isEmpty else { throw error("it is empty") }
    while !rest.isEmpty {
      let start = rest
      guard let term = try term() else {
        rest = start
        throw error("it is longer than 10000 years")
      }
      let (total, overflow) = sum.addingReportingOverflow(term)
      guard !overflow, total < 315_576_000_000_000_000 else {
        rest = start
        throw error("it is longer than 10000 years")
      }
      sum = total
      skipBlanks()
    }
    return sum
  }

  /// Reads a number and its unit, in microseconds; nil if the product overflows.
  private mutating func term() throws(ScheduleError) -> Int64? {
    let begin = rest
    let whole = digits()
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = digits()
    }
    guard !whole.isEmpty || !fraction.isEmpty else { throw error("a number is missing here") }
    let end = rest.startIndex
    skipBlanks()
    let start = rest
    let letters = rest.prefix { $0.isLetter || $0 >= 0x80 }
    rest = rest.dropFirst(letters.count)
    let name = String(decoding: letters, as: UTF8.self)
    if name.isEmpty, rest.first?.isDigit ?? true {
      guard all.filter({ $0 != UInt8(ascii: " ") }).elementsEqual("0".utf8) else {
        throw unitMissing(after: all[begin.startIndex..<end])
      }
      return 0
    }
    guard let index = TimeSpan.units.firstIndex(where: { $0.names.contains(name) }) else {
      rest = start
      if name == "M" {
        let number = String(decoding: all[begin.startIndex..<end], as: UTF8.self)
        throw error(
          "M may be a month or a minute",
          accepted: "\"\(number)m\" for minutes, \"\(number)month\" for months")
      }
      throw error(name.isEmpty ? "this is no unit of time" : "\(name) is not a unit of time")
    }
    let unit = TimeSpan.units[index]
    self.unit = index
    guard let number = whole.isEmpty ? 0 : Digits.number(whole, in: 0...999_999_999_999_999) else {
      return nil
    }
    let (product, overflow) = Int64(number).multipliedReportingOverflow(by: unit.microseconds)
    guard !overflow else { return nil }
    var scale = unit.microseconds
    var part: Int64 = 0
    for digit in fraction {
      scale /= 10
      part += Int64(digit - UInt8(ascii: "0")) * scale
    }
    return product.addingReportingOverflow(part).overflow ? nil : product + part
  }

  private mutating func digits() -> Substring.UTF8View {
    let digits = rest.prefix(while: \.isDigit)
    rest = rest.dropFirst(digits.count)
    return digits
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == UInt8(ascii: " ") }
  }

  /// After `1h 30` it proposes the next smaller unit, and after `30` alone those that people mean.
  private func unitMissing(after number: Substring.UTF8View) -> ScheduleError {
    guard let unit, unit + 1 < TimeSpan.units.count else {
      let number = String(decoding: number, as: UTF8.self)
      return error("a unit is missing", accepted: "\"\(number)m\" for minutes, \"\(number)h\" for hours")
    }
    let before = String(decoding: all[..<number.endIndex], as: UTF8.self)
    return error("a unit is missing", accepted: "\"\(before)\(TimeSpan.units[unit + 1].names[0])\"")
  }

  private func error(_ reason: String, accepted: String = TimeSpan.accepted) -> ScheduleError {
    let position = all.distance(from: all.startIndex, to: rest.startIndex)
    return ScheduleError(range: position..<position, reason: reason, accepted: accepted)
  }
}
