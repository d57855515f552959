import CivilTime
import Schedules

/// Lengths of time: `in 20 minutes`, `an hour and a half`, `3 days ago`, `a week from tomorrow`.
extension PlainWordsParser {
  /// Reads a length of time and what it counts from; false, without reading a token, if there is none.
  mutating func readSpan(into phrase: inout PlainPhrase) throws(ScheduleError) -> Bool {
    let start = index
    let isIn = peek == .keyword(.in)
    guard startsSpan(at: isIn ? index + 1 : index) || isIn && isBareNumber(at: index + 1) else {
      return false
    }
    guard phrase.span == nil else { throw expected("one length of time") }
    if isIn { index += 1 }
    let span = try span()
    if purpose == .past {
      guard !isIn else { throw error("this is not past", "\"3 days ago\", for example", from: start) }
      guard skip(.ago) else {
        throw error("it is not clear from when on", "\"\(words(start..<index)) ago\"", from: start)
      }
      (phrase.span, phrase.isAgo) = (span, true)
      return true
    }
    if skip(.from) {
      if skip(.now) {
        phrase.span = span
        return true
      }
    } else if peek != .keyword(.today), peek != .keyword(.tomorrow) {
      guard isIn || purpose == .moment else {
        let words = words(start..<index).split(separator: " ")
        let every = words.drop { $0 == "a" || $0 == "an" }.joined(separator: " ")
        throw error(
          "it is not clear whether this comes once or again and again",
          "\"in \(words.joined(separator: " "))\" or \"every \(every)\"",
          from: start)
      }
      phrase.span = span
      return true
    }
    // "a week from tomorrow", "a week today"
    guard span.isWholeDays, let kind = peek else { throw expected("\"now\", \"today\" or a day") }
    var base = PlainPhrase()
    let first = index
    try read(kind, into: &base)
    base.tokens = first..<index
    guard !base.hasTimes, base.span == nil, !base.isEvery else {
      throw error("it is not clear from when on", "\"in \(words(start..<first))\"", from: start)
    }
    guard let date = span.date(from: try dateAhead(of: base)) else { throw tooFar }
    try set(date, in: &phrase, from: start)
    return true
  }

  private func isBareNumber(at place: Int) -> Bool {
    if case .number = kind(at: place) { !monthDay(at: place) } else { false }
  }

  /// True if a length of time begins at a place.
  func startsSpan(at place: Int) -> Bool {
    let next = kind(at: place + 1)
    switch kind(at: place) {
    case .number:
      if next == .unit(.minute),
        [.to, .keyword(.past), .keyword(.after), .keyword(.before)]
          .contains(kind(at: place + 2))
      {
        return false
      }
      if next == .keyword(.quarter) {
        return kind(at: place + 2) != .keyword(.past) && kind(at: place + 2) != .to
      }
      if next == .and { return kind(at: place + 2) == .keyword(.a) && kind(at: place + 3) == .keyword(.half) }
      return isUnit(next) || next == .keyword(.more)
    case .decimal: return isUnit(next)
    case .keyword(.a):
      return isUnit(next) || next == .keyword(.half)
        || next == .keyword(.quarter) && isQuarterOfHour(place + 2)
    case .keyword(.half): return next == .keyword(.a) || isUnit(next)
    case .keyword(.quarter): return isQuarterOfHour(place + 1)
    case .keyword(.another): return true
    default: return false
    }
  }

  private func isQuarterOfHour(_ place: Int) -> Bool {
    kind(at: place) == .unit(.hour)
      || kind(at: place) == .keyword(.of)
        && (kind(at: place + 1) == .keyword(.a) || kind(at: place + 1) == .unit(.hour))
  }

  private func isUnit(_ kind: PlainToken.Kind?) -> Bool {
    if case .unit = kind { true } else { kind == .keyword(.fortnight) }
  }

  /// Reads a length of time, such as `1h 30min`, `an hour and a half` or `3 days`.
  mutating func span() throws(ScheduleError) -> PlainSpan {
    var span = PlainSpan()
    let start = index
    repeat {
      let place = index
      let thousandths = try count()
      guard let unit = try spanUnit() else { throw missingUnit(from: start) }
      let whole =
        unit == .week && tokens[index - 1].kind == .keyword(.fortnight) ? 2 * thousandths : thousandths
      try add(whole, unit, to: &span, from: place)
      // "an hour and a half"
      if peek == .and, kind(1) == .keyword(.a), kind(2) == .keyword(.half) || kind(2) == .keyword(.quarter),
        !isUnit(kind(3)), kind(3) != .keyword(.of), kind(3) != .keyword(.past), kind(3) != .to
      {
        try add(kind(2) == .keyword(.half) ? 500 : 250, unit, to: &span, from: place)
        index += 3
      }
    } while startsSpan(at: index) || skipAnd(before: { $0.startsSpan(at: $1) })
    // "1 hour 30", "2h15"
    if case .number = peek, tokens[index].text.utf8.count <= 3, !monthDay(at: index) {
      throw missingUnit(from: start)
    }
    return span
  }

  /// Reads the number of a length of time, in thousandths.
  private mutating func count() throws(ScheduleError) -> Int {
    let start = index
    let isAnother = skip(.another)
    var count: Int?
    switch peek {
    case .number(let number):
      index += 1
      count = number * 1000
      if skip(.quarter) {
        count = number * 250
        _ = skip(.of)
        _ = skip(.a)
      } else if peek == .and, kind(1) == .keyword(.a), kind(2) == .keyword(.half) {
        index += 3
        count = number * 1000 + 500
      }
    case .decimal(let thousandths):
      index += 1
      count = thousandths
    case .keyword(.a), .keyword(.half), .keyword(.quarter):
      let isOne = skip(.a)
      count = skip(.half) ? 500 : skip(.quarter) ? 250 : 1000
      if count != 1000 {
        _ = skip(.of)
        if !isOne || tokens[index - 1].kind == .keyword(.of) { _ = skip(.a) }
      }
    default: count = isAnother ? 1000 : nil
    }
    _ = skip(.more)
    guard let count else {
      throw expected("a length of time, such as \"20 minutes\" or \"3 days\"", at: start)
    }
    return count
  }

  /// Reads the unit of a length of time.
  private mutating func spanUnit() throws(ScheduleError) -> PlainToken.Unit? {
    // `second` is an ordinal elsewhere.
    if skip(.ordinal(2)) { return .second }
    if skip(.fortnight) { return .week }
    // In time spans of systemd, M is a month and m a minute.
    if tokens.indices.contains(index), tokens[index].text == "m",
      text.utf8.dropFirst(tokens[index].range.lowerBound).first == UInt8(ascii: "M")
    {
      throw error(
        "it is not clear whether M is minutes or months: the unit is missing",
        "\"20 minutes\" or \"2 months\"")
    }
    return unit()
  }

  private func missingUnit(from start: Int) -> ScheduleError {
    var last = index
    if case .number = peek { last += 1 }
    let words = words(start..<last)
    let accepted =
      words.utf8.allSatisfy(\.isDigit)
      ? "\"\(words) minutes\", \"\(words) hours\" or \"\(words) days\""
      : last > start + 1 ? "\"\(words) minutes\", such as \"1h 30min\"" : "\"20 minutes\" or \"3 days\""
    return error("a unit is missing", accepted, in: start..<max(last, start + 1))
  }

  /// Adds thousandths of a unit.
  func add(
    _ thousandths: Int, _ unit: PlainToken.Unit, to span: inout PlainSpan, from start: Int
  ) throws(ScheduleError) {
    let isWhole = thousandths.isMultiple(of: 1000)
    let count = thousandths / 1000
    switch unit {
    case .year where isWhole: span.months += count * 12
    case .month where isWhole: span.months += count
    case .week where isWhole: span.days += count * 7
    case .day where isWhole: span.days += count
    case .year, .month:
      throw error(
        "it is not clear how long a part of a \(unit.rawValue) is", "whole numbers, such as \"6 weeks\"",
        from: start)
    case .week: span.microseconds += Int64(thousandths) * 604_800_000
    case .day: span.microseconds += Int64(thousandths) * 86_400_000
    case .hour: span.microseconds += Int64(thousandths) * 3_600_000
    case .minute: span.microseconds += Int64(thousandths) * 60000
    case .second: span.microseconds += Int64(thousandths) * 1000
    }
    // About 3000 years.
    guard span.microseconds < 100_000_000_000_000_000, span.days < 1_000_000, span.months < 100_000 else {
      throw tooFar
    }
  }
}
