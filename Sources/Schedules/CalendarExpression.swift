package import CivilTime

/// A calendar event expression in systemd's language (systemd.time(7), "Calendar Events", version 252):
/// `Mon..Fri 08:05`, `*-*-01 10:00`, `hourly`, `Sat *-*~7/1 18:00 Europe/Berlin`.
///
/// One deliberate difference to systemd: if the clocks of the zone skip a local time, its occurrence is
/// shifted by the gap (RFC 5545 3.3.5). If they show a local time twice, it occurs once, the first time.
package struct CalendarExpression: Hashable, Sendable {
  /// All seven if the expression names none.
  package internal(set) var weekdays = WeekdaySet.all
  /// An empty list is every value, in all six lists.
  var years: [CalendarComponent] = []
  var months: [CalendarComponent] = []
  var days: [CalendarComponent] = []
  /// True if days count from the end of the month: 1 is its last.
  var isFromMonthEnd = false
  var hours: [CalendarComponent] = []
  var minutes: [CalendarComponent] = []
  /// In microseconds.
  package internal(set) var seconds: [CalendarComponent] = []
  /// The zone that the expression names; nil stands for the zone that the caller passes.
  package internal(set) var zone: Zone?

  /// The same lists as bits, for the search.
  private(set) var monthBits: UInt64 = 0
  private(set) var dayBits: UInt64 = 0
  /// Days that count from the month's end, for months of 28 to 31 days.
  private(set) var endBits: SIMD4<UInt64> = .zero
  private(set) var hourBits: UInt64 = 0
  private(set) var minuteBits: UInt64 = 0

  /// The years that systemd accepts.
  package static let yearRange: ClosedRange<Int64> = 1970...2199
  package static let microsecondsPerMinute: Int64 = 60_000_000

  /// Brings the lists to systemd's normal form, and derives the bits.
  mutating func normalize() {
    years.normalize()
    months.normalize()
    days.normalize()
    hours.normalize()
    minutes.normalize()
    seconds.normalize()
    monthBits = months.bits(1...12)
    dayBits =
      isFromMonthEnd && days.isEmpty
      ? (1...31 as ClosedRange<Int64>).reduce(0) { $0 | 1 << UInt64($1) } : days.bits(1...31)
    if isFromMonthEnd { for index in 0..<4 { endBits[index] = fromEnd(28 + index) } }
    hourBits = hours.bits(0...23)
    minuteBits = minutes.bits(0...59)
  }
}

extension CalendarExpression {
  /// The first occurrence strictly after an instant; nil if there is none up to the year 2199. `zone` is the
  /// wall clock of an expression that names none.
  package func next(after instant: Instant, in zone: Zone) -> Instant? {
    next(after: instant, on: self.zone ?? zone)
  }

  /// The last occurrence strictly before an instant; nil if there is none from 1970 on.
  package func previous(before instant: Instant, in zone: Zone) -> Instant? {
    previous(before: instant, on: self.zone ?? zone)
  }
}
