import CivilTime
import Schedules

/// Lengths of time from now on: `in 20 minutes`, `in 3 days`.
extension PlainWordsParser {
  /// Reads an exact length of time: `in 20 minutes`, `in 1h 30min`. Nil for days and longer, which keep the
  /// time of day.
  func span() throws(ScheduleError) -> PlainMeaning? {
    let words = text.split(omittingEmptySubsequences: true) { $0.isWhitespace }
    guard words.first?.lowercased() == "in", let first = words.dropFirst().first else { return nil }
    // In time spans of systemd, M is a month and m a minute, but plain words are case-insensitive.
    guard !words.contains(where: { $0.last == "M" && $0.dropLast().allSatisfy(\.isNumber) }) else {
      return nil
    }
    let parts = words.dropFirst().map { $0.lowercased() }.filter { $0 != "and" }.map(Self.digits)
    let start = text.utf8.distance(from: text.startIndex, to: first.startIndex)
    let range = start..<end
    let accepted = "a length of time with units, such as \"in 20 minutes\" or \"in 1h 30min\""
    guard let last = parts.last?.utf8.last, !last.isDigit else {
      guard parts.allSatisfy({ $0.utf8.allSatisfy { $0.isDigit || $0 == 0x2e } }) else { return nil }
      throw ScheduleError(range: range, reason: "a unit is missing", accepted: accepted)
    }
    guard let span = try? TimeSpan(parsing: parts.joined(separator: " ")) else { return nil }
    let letters = Set(parts.joined(separator: " ").split { !$0.isLetter }.map(String.init))
    guard letters.isDisjoint(with: ["month", "months", "y", "year", "years"]), !isWholeDays(letters) else {
      return nil
    }
    guard span.microseconds > 0 else {
      throw ScheduleError(range: range, reason: "this is now, not ahead", accepted: accepted)
    }
    return .once(now.advanced(byMicroseconds: span.microseconds))
  }

  /// The digits of a word for a number, such as `five` or `an`; other words as they are.
  static func digits(of word: String) -> String {
    switch PlainToken.kind(of: word) {
    case .number(let number): "\(number)"
    case .keyword(.a): "1"
    default: word
    }
  }

  func isWholeDays(_ letters: Set<String>) -> Bool {
    letters.isSubset(of: ["a", "an", "d", "day", "days", "w", "week", "weeks"]) && !text.contains(".")
  }

  /// Reads `3 days`, `2 weeks`, `a month`: a date at the same time of day, unless a time follows. If the
  /// month has no such day, its last one counts.
  mutating func daysAhead() throws(ScheduleError) -> PlainDays {
    var (days, months) = (0, 0)
    repeat {
      let start = index
      guard let count = skip(.a) ? 1 : number(), let unit = unit(), ![.second, .minute, .hour].contains(unit)
      else {
        index = start
        throw expected("a length of time, such as \"20 minutes\", \"1h 30min\" or \"3 days\"")
      }
      switch unit {
      case .year: months += count * 12
      case .month: months += count
      case .week: days += count * 7
      default: days += count
      }
    } while skipAnd(before: { if case .number = $0 { true } else { $0 == .keyword(.a) } }) || isNumber
    guard days + months > 0 else { throw error("this is now, not ahead", "1 or more", at: 1) }
    return .date(try date(date(monthsAhead: months).daysSinceEpoch + days))
  }

  var isNumber: Bool { if case .number = peek { true } else { false } }

  func date(monthsAhead count: Int) throws(ScheduleError) -> CivilDate {
    let now = zone.local(at: self.now).civil.date
    let months = now.year * 12 + now.month - 1 + count
    let (year, month) = (months / 12, months % 12 + 1)
    let day = min(now.day, CivilDate.days(inMonth: month, ofYear: year))
    guard let date = CivilDate(year: year, month: month, day: day) else { throw tooFar }
    return try self.date(date.daysSinceEpoch)
  }

  var today: Int { zone.local(at: now).civil.date.daysSinceEpoch }

  func date(_ days: Int) throws(ScheduleError) -> CivilDate {
    let date = CivilDate(daysSinceEpoch: days)
    guard (1970...2199).contains(date.year) else { throw tooFar }
    return date
  }

  var tooFar: ScheduleError {
    ScheduleError(
      range: 0..<end, reason: "it is beyond what a schedule reaches", accepted: "up to the year 2199")
  }
}
