/// A set of weekdays, a bit each: bit 0 is Monday.
package struct WeekdaySet: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  @inlinable
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The set of some weekdays, in any order.
  package init(_ weekdays: some Sequence<Weekday>) {
    self.init(rawValue: weekdays.reduce(0) { $0 | 1 << UInt8($1.rawValue - 1) })
  }

  // Computed, since searches compare with them: a stored one costs a call from another module.

  @inlinable
  package static var all: WeekdaySet { WeekdaySet(rawValue: 0x7f) }
  /// Monday to Friday.
  @inlinable
  package static var weekdays: WeekdaySet { WeekdaySet(rawValue: 0b001_1111) }
  /// Saturday and Sunday.
  @inlinable
  package static var weekend: WeekdaySet { WeekdaySet(rawValue: 0b110_0000) }

  /// True if the set has all seven weekdays.
  @inlinable
  package var isAll: Bool { rawValue == 0x7f }

  package func contains(_ weekday: Weekday) -> Bool { rawValue & 1 << UInt8(weekday.rawValue - 1) != 0 }

  /// The members, Monday first.
  package var members: [Weekday] { Weekday.allCases.filter(contains) }
}
