/// Times of a day to the second: every combination of some hours, minutes and seconds. A time is a number of
/// seconds from midnight. A search allocates nothing.
struct TimesOfDay: Hashable, Sendable {
  /// Bit 0 stands for 0; none of the three is empty.
  let hours: UInt64
  let minutes: UInt64
  let seconds: UInt64

  var countInMinute: Int { seconds.nonzeroBitCount }
  var countInHour: Int { minutes.nonzeroBitCount * countInMinute }
  var count: Int { hours.nonzeroBitCount * countInHour }

  /// The first time that is not before another.
  func first(from time: Int) -> Int? {
    var (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    while let nextHour = Self.first(hours, from: hour) {
      if nextHour != hour { (hour, minute, second) = (nextHour, 0, 0) }
      while let nextMinute = Self.first(minutes, from: minute) {
        if nextMinute != minute { (minute, second) = (nextMinute, 0) }
        if let second = Self.first(seconds, from: second) { return hour * 3600 + minute * 60 + second }
        (minute, second) = (minute + 1, 0)
      }
      (hour, minute, second) = (hour + 1, 0, 0)
    }
    return nil
  }

  /// The last time that is not after another.
  func last(through time: Int) -> Int? {
    var (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    while let nextHour = Self.last(hours, through: hour) {
      if nextHour != hour { (hour, minute, second) = (nextHour, 59, 59) }
      while let nextMinute = Self.last(minutes, through: minute) {
        if nextMinute != minute { (minute, second) = (nextMinute, 59) }
        if let second = Self.last(seconds, through: second) { return hour * 3600 + minute * 60 + second }
        (minute, second) = (minute - 1, 59)
      }
      (hour, minute, second) = (hour - 1, 59, 59)
    }
    return nil
  }

  /// The number of times before another, which may be the end of the day.
  func count(before time: Int) -> Int {
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    var count = Self.count(hours, before: hour) * countInHour
    guard hours & 1 << UInt64(hour) != 0 else { return count }
    count += Self.count(minutes, before: minute) * countInMinute
    guard minutes & 1 << UInt64(minute) != 0 else { return count }
    return count + Self.count(seconds, before: second)
  }

  /// The time at an index, from 0 to one below `count`.
  func time(_ number: Int) -> Int {
    let hour = Self.bit(hours, number / countInHour)
    let minute = Self.bit(minutes, number % countInHour / countInMinute)
    return hour * 3600 + minute * 60 + Self.bit(seconds, number % countInMinute)
  }

  private static func count(_ bits: UInt64, before bit: Int) -> Int {
    (bits & ((1 << UInt64(bit)) - 1)).nonzeroBitCount
  }

  /// The position of the bit at an index among those that are set.
  private static func bit(_ bits: UInt64, _ number: Int) -> Int {
    var bits = bits
    for _ in 0..<number { bits &= bits &- 1 }
    return bits.trailingZeroBitCount
  }

  private static func first(_ bits: UInt64, from bit: Int) -> Int? {
    guard bit < 64 else { return nil }
    let rest = (bits >> UInt64(bit)) << UInt64(bit)
    return rest == 0 ? nil : rest.trailingZeroBitCount
  }

  private static func last(_ bits: UInt64, through bit: Int) -> Int? {
    guard bit >= 0 else { return nil }
    let rest = bits & ((2 << UInt64(bit)) &- 1)
    return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
  }
}
