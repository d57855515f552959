import CivilTime

/// A recurrence rule with a start: its occurrences on a wall clock without a zone.
///
/// Hours, minutes and seconds count on the wall clock too (RFC 5545 3.3.10: a rule is evaluated in local
/// time).
struct Recurrence: Hashable, Sendable {
  let rule: RecurrenceRule
  /// DTSTART. It is an occurrence only if it fits the rule (RFC 5545 3.8.5.3 leaves the other case
  /// undefined).
  let start: CivilDateTime

  private let frequency: RecurrenceRule.Frequency
  /// BYSETPOS; nil if the rule takes every occurrence.
  private let positions: Positions?
  private let weekStart: Weekday
  /// True if a year consists of whole weeks, for BYWEEKNO.
  private let countsWeeks: Bool
  private let days: RecurrenceDays
  private let times: TimesOfDay
  /// The step of a rule with a frequency above daily.
  private let step: Step?
  /// No occurrence is before `first` or after `last`, in seconds from 1970-01-01 00:00 on the wall clock.
  private let first: Int
  private var last: Int

  /// A step of some hours, minutes or seconds.
  private struct Step: Hashable {
    /// Seconds: 3600, 60 or 1.
    let unit: Int
    let interval: Int
    /// The start, in units since 1970-01-01 00:00 on the wall clock.
    let origin: Int
  }

  init(_ rule: RecurrenceRule, start: CivilDateTime) {
    self.rule = rule
    self.start = start
    frequency = rule.frequency
    positions = rule.positions.isEmpty ? nil : Positions(rule.positions)
    weekStart = rule.weekStart
    countsWeeks = !rule.weekNumbers.isEmpty
    days = RecurrenceDays(rule, start: start.date)
    first = Self.floor(Int(start.wallMicroseconds), 1_000_000)
    last = Horizon.lastDay * Self.day + Self.day - 1
    let unit: Int? =
      switch frequency {
      case .secondly: 1
      case .minutely: 60
      case .hourly: 3600
      default: nil
      }
    step = unit.map { [first] in Step(unit: $0, interval: rule.interval, origin: Self.floor(first, $0)) }
    // A part that is not written comes from the start, or is free if the rule steps through it.
    times = TimesOfDay(
      hours: Self.bits(rule.hours, frequency > .hourly ? start.hour : nil, 0xff_ffff),
      minutes: Self.bits(rule.minutes, frequency > .minutely ? start.minute : nil, (1 << 60) - 1),
      seconds: Self.bits(rule.seconds, frequency > .secondly ? start.second : nil, (1 << 60) - 1))
    limit()
  }

  private static let day = 86_400

  private static func bits(_ values: [Int], _ start: Int?, _ all: UInt64) -> UInt64 {
    guard values.isEmpty else { return values.reduce(0) { $0 | 1 << UInt64($1) } }
    return start.map { 1 << UInt64($0) } ?? all
  }

  /// Sets `last` by COUNT or a local UNTIL, and before `first` for a rule without any occurrence.
  private mutating func limit() {
    guard isReachable else { last = first - 1; return }
    switch rule.end {
    case .never, .until(.instant): break
    case .until(.date(let date)): last = min(last, date.daysSinceEpoch * Self.day + Self.day - 1)
    case .until(.local(let time)):
      last = min(last, Int(time.wallMicroseconds / 1_000_000))
    case .count(let count):
      var found = first - 1
      for _ in 0..<count {
        guard let next = second(from: found + 1) else { return }
        found = next
      }
      last = found
    }
  }

  /// True if the rule can have an occurrence, as far as a quick test tells.
  private var isReachable: Bool {
    (positions?.smallest ?? 0) <= largestSet && meetsTimes
  }

  /// An upper bound of the occurrences in a period of BYSETPOS.
  private var largestSet: Int {
    switch frequency {
    case .secondly: 1
    case .minutely: times.countInMinute
    case .hourly: times.countInHour
    case .daily: times.count
    case .weekly: times.count * 7
    case .monthly: times.count * 31
    case .yearly: times.count * 371
    }
  }

  /// True if a step ever meets one of the rule's times of day. It does if their remainders agree, modulo the
  /// greatest common divisor of the step and a day.
  private var meetsTimes: Bool {
    guard let step, step.interval > 1 else { return true }
    let inDay = Self.day / step.unit
    var (divisor, rest) = (step.interval, inDay)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    var time = times.first(from: 0)
    while let found = time {
      let unit = found / step.unit
      if (unit - step.origin).isMultiple(of: divisor) { return true }
      time = times.first(from: (unit + 1) * step.unit)
    }
    return false
  }

  private static func floor(_ number: Int, _ divisor: Int) -> Int {
    number.flooredDivision(by: divisor).quotient
  }

  // MARK: Every occurrence

  /// The first occurrence that is not before a second of the wall clock.
  private func second(from second: Int) -> Int? {
    let from = max(second, first)
    guard from <= last else { return nil }
    let found = positions == nil ? candidate(from: from) : positioned(from: from)
    guard let found, found <= last else { return nil }
    return found
  }

  /// The last occurrence that is not after a second of the wall clock.
  private func second(through second: Int) -> Int? {
    let through = min(second, last)
    guard through >= first else { return nil }
    let found = positions == nil ? candidate(through: through) : positioned(through: through)
    guard let found, found >= first else { return nil }
    return found
  }

  // MARK: Occurrences apart from BYSETPOS, start and end

  private func candidate(from second: Int) -> Int? {
    guard let step else {
      var day = Self.floor(second, Self.day)
      // The time of day is checked first, since it is the cheaper one.
      if let time = times.first(from: second - day * Self.day), days.contains(day) {
        return day * Self.day + time
      }
      guard let next = days.day(from: day + 1), let time = times.first(from: 0) else { return nil }
      day = next
      return day * Self.day + time
    }
    var second = second
    while true {
      let unit = Self.floor(second, step.unit)
      let distance = (unit - step.origin).flooredDivision(by: step.interval).remainder
      if distance != 0 { second = (unit + step.interval - distance) * step.unit }
      let day = Self.floor(second, Self.day)
      guard let next = days.day(from: day) else { return nil }
      guard next == day else { second = next * Self.day; continue }
      guard let time = times.first(from: second - day * Self.day) else {
        second = (day + 1) * Self.day
        continue
      }
      let found = day * Self.day + time
      if Self.floor(found, step.unit) == Self.floor(second, step.unit) { return found }
      second = found
    }
  }

  private func candidate(through second: Int) -> Int? {
    let earliest = Self.floor(first, Self.day) - 400
    guard let step else {
      let day = Self.floor(second, Self.day)
      if let time = times.last(through: second - day * Self.day), days.contains(day) {
        return day * Self.day + time
      }
      guard let last = days.day(through: day - 1, earliest: earliest),
        let time = times.last(through: Self.day - 1)
      else { return nil }
      return last * Self.day + time
    }
    var second = second
    while true {
      let unit = Self.floor(second, step.unit)
      let distance = (unit - step.origin).flooredDivision(by: step.interval).remainder
      if distance != 0 { second = (unit - distance) * step.unit + step.unit - 1 }
      let day = Self.floor(second, Self.day)
      guard let last = days.day(through: day, earliest: earliest) else { return nil }
      guard last == day else { second = last * Self.day + Self.day - 1; continue }
      guard let time = times.last(through: second - day * Self.day) else {
        second = day * Self.day - 1
        continue
      }
      let found = day * Self.day + time
      if Self.floor(found, step.unit) == Self.floor(second, step.unit) { return found }
      second = found
    }
  }

  // MARK: BYSETPOS

  /// The period from whose set BYSETPOS takes, in seconds of the wall clock.
  private func period(of second: Int) -> ClosedRange<Int> {
    let day = Self.floor(second, Self.day)
    let (first, end): (Int, Int)
    switch frequency {
    case .secondly, .minutely, .hourly:
      let unit = step?.unit ?? 1
      let start = Self.floor(second, unit) * unit
      return start...start + unit - 1
    case .daily: (first, end) = (day, day + 1)
    case .weekly:
      first = Week.first(of: day, from: weekStart)
      end = first + 7
    case .monthly:
      let date = CivilDate(daysSinceEpoch: day)
      first = day - date.day + 1
      end = first + CivilDate.days(inMonth: date.month, ofYear: date.year)
    case .yearly where countsWeeks:
      let week = Week(of: day, from: weekStart)
      first = week.first - (week.number - 1) * 7
      end = first + week.countInYear * 7
    case .yearly:
      let year = CivilDate(daysSinceEpoch: day).year
      first = CivilDate.firstDay(ofYear: year)
      end = CivilDate.firstDay(ofYear: year + 1)
    }
    return first * Self.day...end * Self.day - 1
  }

  private func set(of period: ClosedRange<Int>) -> PeriodSet {
    let (first, last) = (Self.floor(period.lowerBound, Self.day), Self.floor(period.upperBound, Self.day))
    guard let step else { return PeriodSet(days: days, first...last, times: times, 0...Self.day - 1) }
    let isStep = (Self.floor(period.lowerBound, step.unit) - step.origin).isMultiple(of: step.interval)
    let start = first * Self.day
    return PeriodSet(
      days: days, isStep ? first...first : nil, times: times,
      period.lowerBound - start...period.upperBound - start)
  }

  private func positioned(from second: Int) -> Int? {
    var period = period(of: second)
    while true {
      let set = set(of: period)
      if let number = positions?.first(from: set.count(before: second), of: set.count) { return set[number] }
      guard period.upperBound < last, let next = candidate(from: period.upperBound + 1) else { return nil }
      period = self.period(of: next)
    }
  }

  private func positioned(through second: Int) -> Int? {
    var period = period(of: second)
    while true {
      let set = set(of: period)
      if let number = positions?.last(before: set.count(before: second + 1), of: set.count) {
        return set[number]
      }
      guard period.lowerBound > first, let next = candidate(through: period.lowerBound - 1) else {
        return nil
      }
      period = self.period(of: next)
    }
  }
}

extension Recurrence: WallPattern {
  var earliest: Int64 { Int64(first) * 1_000_000 - 1 }

  func wall(after point: Int64) -> Int64? {
    second(from: Self.floor(Int(point), 1_000_000) + 1).map { Int64($0) * 1_000_000 }
  }

  func wall(before point: Int64) -> Int64? {
    second(through: Self.floor(Int(point) - 1, 1_000_000)).map { Int64($0) * 1_000_000 }
  }
}
