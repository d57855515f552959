package import CivilTime

extension Weekday {
  /// The code of RFC 5545 (3.3.10, "weekday"): `MO`.
  package var code: String { name.prefix(2).uppercased() }

  /// The weekday of a code in capitals; nil for other texts.
  package init?(code: some StringProtocol) {
    guard let day = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = day
  }
}
