import CivilTime

extension WeekdaySet {
  /// The days of a month that fall on these weekdays, as bits: bit 1 is the first day, and there are up to
  /// 35. `weekday` is that of the first day, 1 for Monday to 7 for Sunday.
  func daysOfMonth(beginningOn weekday: Int) -> UInt64 {
    // The week's seven bits, rotated so that the lowest is the month's first day, and repeated over the
    // month.
    let week = (UInt64(rawValue) | UInt64(rawValue) << 7) >> UInt64(weekday - 1) & 0x7f
    return (week | week << 7 | week << 14 | week << 21 | week << 28) << 1
  }
}

extension Weekday {
  /// The code of RFC 5545 (3.3.10, "weekday"): `MO`.
  package var code: String { name.prefix(2).uppercased() }

  /// The weekday of a code in capitals; nil for other texts.
  package init?(code: some StringProtocol) {
    guard let day = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = day
  }
}
