import CivilTime

/// A time of day in whole seconds.
struct ClockTime: Hashable, Comparable {
  let hour: Int
  let minute: Int
  let second: Int

  init(hour: Int, minute: Int = 0, second: Int = 0) {
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// The time of day of a local time; the fraction of the second is cut off.
  init(_ civil: CivilDateTime) {
    self.init(hour: civil.hour, minute: civil.minute, second: civil.second)
  }

  /// `08:05:00`.
  var text: String { [hour, minute, second].map { Digits.padded($0, to: 2) }.joined(separator: ":") }

  /// The instant of this time on a date; nil if the date has none.
  func instant(on date: CivilDate, in zone: Zone) -> Instant? {
    CivilDateTime(date, hour: hour, minute: minute, second: second).map(zone.instant(for:))
  }

  static func < (left: ClockTime, right: ClockTime) -> Bool {
    (left.hour, left.minute, left.second) < (right.hour, right.minute, right.second)
  }
}
