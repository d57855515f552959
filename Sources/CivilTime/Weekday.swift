/// A day of the week, numbered as in ISO 8601.
package enum Weekday: Int, CaseIterable, Comparable, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// The English name: `Monday`.
  package var name: String { Self.names[rawValue - 1] }

  /// The first three letters of the name: `Mon`.
  package var abbreviation: String { String(name.prefix(3)) }

  private static let names = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  /// Monday comes first.
  package static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}
