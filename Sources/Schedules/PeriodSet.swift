import CivilTime

/// The occurrences of one period (RFC 5545 3.3.10, BYSETPOS), found by their number: the search visits none
/// between them, so a step costs the same wherever a position lies.
struct PeriodSet {
  private let days: RecurrenceDays
  /// Days since 1970-01-01; nil if the rule has no occurrence in this period.
  private let range: ClosedRange<Int>?
  private let times: TimesOfDay
  /// The number of a day's times before the period's first one, and the number of a day's times in the
  /// period.
  private let timesBefore: Int
  private let timesInDay: Int
  /// The number of occurrences.
  let count: Int

  private static let day = 86_400

  /// - Parameters:
  ///   - range: the days of the period, since 1970-01-01.
  ///   - span: the seconds of each day that belong to the period: all, or those of an hour, a minute or a
  ///     second.
  init(days: RecurrenceDays, _ range: ClosedRange<Int>?, times: TimesOfDay, _ span: ClosedRange<Int>) {
    self.days = days
    self.range = range
    self.times = times
    timesBefore = times.count(before: span.lowerBound)
    timesInDay = times.count(before: span.upperBound + 1) - timesBefore
    guard let range else { count = 0; return }
    count = days.count(range) * timesInDay
  }

  /// The number of occurrences before a second of the wall clock.
  func count(before second: Int) -> Int {
    guard let range, count > 0, second > range.lowerBound * Self.day else { return 0 }
    let (day, time) = second.flooredDivision(by: Self.day)
    guard day <= range.upperBound else { return count }
    let before = day > range.lowerBound ? days.count(range.lowerBound...day - 1) * timesInDay : 0
    guard days.contains(day) else { return before }
    let inDay = times.count(before: time) - timesBefore
    return before + min(max(inDay, 0), timesInDay)
  }

  /// The occurrence of a number, from 0 to one below `count`.
  subscript(number: Int) -> Int? {
    guard let range, (0..<count).contains(number), let day = days.day(number / timesInDay, of: range) else {
      return nil
    }
    return day * Self.day + times.time(timesBefore + number % timesInDay)
  }
}

/// The numbers of BYSETPOS: from 1 on counted from a set's start, from -1 down counted from its end.
struct Positions: Hashable, Sendable {
  /// Positive positions, sorted.
  private let fromStart: [Int]
  /// Negative positions, sorted: the earliest is in front.
  private let fromEnd: [Int]

  init(_ positions: [Int]) {
    fromStart = positions.filter { $0 > 0 }.sorted()
    fromEnd = positions.filter { $0 < 0 }.sorted()
  }

  /// The size from which on a set has any of the positions.
  var smallest: Int { min(fromStart.first ?? .max, fromEnd.last.map { -$0 } ?? .max) }

  /// The lowest number that is not below another, in a set of some size; numbers count from 0.
  func first(from number: Int, of count: Int) -> Int? {
    let one = fromStart.first { $0 - 1 >= number }.map { $0 - 1 }
    let other = fromEnd.first { count + $0 >= max(number, 0) }.map { count + $0 }
    return [one, other].compactMap(\.self).filter { $0 < count }.min()
  }

  /// The highest number below another, in a set of some size.
  func last(before number: Int, of count: Int) -> Int? {
    let bound = min(number, count)
    let one = fromStart.last { $0 - 1 < bound }.map { $0 - 1 }
    let other = fromEnd.last { count + $0 < bound }.map { count + $0 }
    return [one, other].compactMap(\.self).filter { $0 >= 0 }.max()
  }
}
