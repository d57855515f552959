/// A date and a time of day on a wall clock, without a zone.
package struct CivilDateTime: Hashable, Comparable, Sendable {
  /// The date on that clock.
  package let date: CivilDate
  /// From midnight: 0 to 86,399,999,999.
  package let microsecondOfDay: Int64

  static let microsecondsPerDay: Int64 = 86_400_000_000

  /// Nil if the time is not one of 00:00:00 to 23:59:59.999999.
  package init?(_ date: CivilDate, hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      (0...999_999).contains(microsecond)
    else { return nil }
    self.date = date
    microsecondOfDay = Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond)
  }

  /// The reading of a clock that shows UTC, that many microseconds after the epoch.
  init(wallMicroseconds wall: Int64) {
    let (days, microseconds) = wall.flooredDivision(by: Self.microsecondsPerDay)
    date = CivilDate(daysSinceEpoch: Int(days))
    microsecondOfDay = microseconds
  }

  /// Microseconds from 1970-01-01 00:00 on the same clock, clamped to the range of `Int64`.
  package var wallMicroseconds: Int64 {
    // The product may overflow: the first representable day begins before the first representable
    // microsecond.
    Int64(clamping: Int128(date.daysSinceEpoch) * Int128(Self.microsecondsPerDay) + Int128(microsecondOfDay))
  }

  /// 0 to 23.
  package var hour: Int { Int(microsecondOfDay / 3_600_000_000) }
  /// 0 to 59.
  package var minute: Int { Int(microsecondOfDay / 60_000_000 % 60) }
  /// 0 to 59; leap seconds are not represented.
  package var second: Int { Int(microsecondOfDay / 1_000_000 % 60) }
  /// 0 to 999,999 within the second.
  package var microsecond: Int { Int(microsecondOfDay % 1_000_000) }

  private init(_ date: CivilDate, microsecondOfDay: Int64) {
    self.date = date
    self.microsecondOfDay = microsecondOfDay
  }

  /// The same time of day on another date.
  package func moved(to date: CivilDate) -> CivilDateTime {
    CivilDateTime(date, microsecondOfDay: microsecondOfDay)
  }

  /// The earlier reading of the clock comes first.
  package static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
    (left.date, left.microsecondOfDay) < (right.date, right.microsecondOfDay)
  }
}

extension CivilDate {
  /// The beginning of the date on the wall clock.
  package var midnight: CivilDateTime {
    CivilDateTime(wallMicroseconds: Int64(daysSinceEpoch) * 86_400_000_000)
  }
}
