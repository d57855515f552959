import CivilTime

/// The search on a wall clock without a zone: a point is a number of microseconds from 1970-01-01 00:00 on
/// that clock. A search allocates nothing.
extension CalendarExpression: WallPattern {
  /// 1970 is the first year that systemd accepts.
  var earliest: Int64 { -1 }

  private static let day: Int64 = 86_400_000_000

  /// The first match strictly after a point of the wall clock; nil if there is none up to the year 2199.
  func wall(after point: Int64) -> Int64? {
    let from = point + 1
    let (day, time) = Self.split(from)
    if let time = self.time(from: time), matches(day: day) { return Int64(day) * Self.day + time }
    guard let next = self.day(after: day), let time = self.time(from: 0) else { return nil }
    return Int64(next) * Self.day + time
  }

  /// The last match strictly before a point of the wall clock; nil if there is none from 1970 on.
  func wall(before point: Int64) -> Int64? {
    let (day, time) = Self.split(point - 1)
    if let time = self.time(through: time), matches(day: day) { return Int64(day) * Self.day + time }
    guard let previous = self.day(before: day), let time = self.time(through: Self.day - 1) else {
      return nil
    }
    return Int64(previous) * Self.day + time
  }

  private static func split(_ point: Int64) -> (day: Int, time: Int64) {
    let (day, time) = point.flooredDivision(by: Self.day)
    return (Int(day), time)
  }

  // MARK: Days

  private func matches(day: Int) -> Bool {
    let date = CivilDate(daysSinceEpoch: day)
    return isInRange(date.year) && monthBits & 1 << UInt64(date.month) != 0
      && days(inMonth: date.month, of: date.year) & 1 << UInt64(date.day) != 0
  }

  /// True if a year is one of the expression's, and one that systemd accepts.
  private func isInRange(_ year: Int) -> Bool {
    Self.yearRange.contains(Int64(year)) && isYear(Int64(year))
  }

  /// The matching days of a month, as bits 1 to 31.
  private func days(inMonth month: Int, of year: Int) -> UInt64 {
    let length = CivilDate.days(inMonth: month, ofYear: year)
    let all: UInt64 = (1 << UInt64(length + 1)) - 2
    let bits = (isFromMonthEnd ? endBits[length - 28] : dayBits) & all
    guard !weekdays.isAll, bits != 0 else { return bits }
    let first = CivilDate.daysSinceEpoch(year: year, month: month, day: 1)
    return bits & weekdays.daysOfMonth(beginningOn: CivilDate.weekdayNumber(daysSinceEpoch: first))
  }

  /// The days as bits, counted from the end of a month of some length. A repetition goes towards the end.
  func fromEnd(_ length: Int) -> UInt64 {
    guard !days.isEmpty else { return dayBits }
    var bits: UInt64 = 0
    for component in days {
      let edges = [component.start, component.stop].compactMap(\.self).map { Int64(length) + 1 - $0 }
      guard let low = edges.min(), let high = edges.max() else { continue }
      var day = low
      while day <= (component.stop == nil && component.step != nil ? Int64(length) : high) {
        if day >= 1 { bits |= 1 << UInt64(day) }
        guard let step = component.step else { break }
        day += step
      }
    }
    return bits
  }

  private func day(after day: Int) -> Int? {
    let date = CivilDate(daysSinceEpoch: max(day + 1, Self.firstDay))
    var (year, month) = (date.year, date.month)
    var minimum = UInt64(date.day)
    while Int64(year) <= Self.yearRange.upperBound {
      // The matching months from `month` to the end of the year.
      var rest = isInRange(year) ? (monthBits >> UInt64(month)) << UInt64(month) : 0
      while rest != 0 {
        let next = rest.trailingZeroBitCount
        if next != month { minimum = 1 }
        let bits = (days(inMonth: next, of: year) >> minimum) << minimum
        if bits != 0 {
          return CivilDate.daysSinceEpoch(year: year, month: next, day: bits.trailingZeroBitCount)
        }
        rest &= rest - 1
      }
      (year, month, minimum) = (year + 1, 1, 1)
    }
    return nil
  }

  private func day(before day: Int) -> Int? {
    guard day > Self.firstDay else { return nil }
    let date = CivilDate(daysSinceEpoch: min(day - 1, Horizon.lastDay))
    var (year, month) = (date.year, date.month)
    var maximum = UInt64(date.day)
    while Int64(year) >= Self.yearRange.lowerBound {
      var rest = isInRange(year) ? monthBits & ((1 << UInt64(month + 1)) - 1) : 0
      while rest != 0 {
        let next = 63 - rest.leadingZeroBitCount
        if next != month { maximum = 31 }
        let bits = days(inMonth: next, of: year) & ((1 << (maximum + 1)) - 1)
        if bits != 0 {
          return CivilDate.daysSinceEpoch(year: year, month: next, day: 63 - bits.leadingZeroBitCount)
        }
        rest &= ~(1 << UInt64(next))
      }
      (year, month, maximum) = (year - 1, 12, 31)
    }
    return nil
  }

  /// 1970-01-01.
  private static let firstDay = 0

  // MARK: Times of day

  private func time(from time: Int64) -> Int64? {
    var hour = time / 3_600_000_000
    var minute = time / Self.microsecondsPerMinute % 60
    var second = time % Self.microsecondsPerMinute
    while hour < 24 {
      let hours = (hourBits >> UInt64(hour)) << UInt64(hour)
      guard hours != 0 else { return nil }
      let next = Int64(hours.trailingZeroBitCount)
      if next != hour { (hour, minute, second) = (next, 0, 0) }
      while minute < 60 {
        let minutes = (minuteBits >> UInt64(minute)) << UInt64(minute)
        guard minutes != 0 else { break }
        let next = Int64(minutes.trailingZeroBitCount)
        if next != minute { (minute, second) = (next, 0) }
        if let second = self.second(from: second) {
          return (hour * 60 + minute) * Self.microsecondsPerMinute + second
        }
        (minute, second) = (minute + 1, 0)
      }
      (hour, minute, second) = (hour + 1, 0, 0)
    }
    return nil
  }

  private func time(through time: Int64) -> Int64? {
    let last = Self.microsecondsPerMinute - 1
    var hour = time / 3_600_000_000
    var minute = time / Self.microsecondsPerMinute % 60
    var second = time % Self.microsecondsPerMinute
    while hour >= 0 {
      let hours = hourBits & ((1 << UInt64(hour + 1)) - 1)
      guard hours != 0 else { return nil }
      let next = Int64(63 - hours.leadingZeroBitCount)
      if next != hour { (hour, minute, second) = (next, 59, last) }
      while minute >= 0 {
        let minutes = minuteBits & ((1 << UInt64(minute + 1)) - 1)
        guard minutes != 0 else { break }
        let next = Int64(63 - minutes.leadingZeroBitCount)
        if next != minute { (minute, second) = (next, last) }
        if let second = self.second(through: second) {
          return (hour * 60 + minute) * Self.microsecondsPerMinute + second
        }
        (minute, second) = (minute - 1, last)
      }
      (hour, minute, second) = (hour - 1, 59, last)
    }
    return nil
  }

  private func second(from value: Int64) -> Int64? {
    var best: Int64?
    for component in seconds {
      if let second = component.first(from: value, upTo: Self.microsecondsPerMinute - 1) {
        best = min(best ?? second, second)
      }
    }
    return best
  }

  private func second(through value: Int64) -> Int64? {
    var best: Int64?
    for component in seconds {
      if let second = component.last(through: value, upTo: Self.microsecondsPerMinute - 1) {
        best = max(best ?? second, second)
      }
    }
    return best
  }
}
