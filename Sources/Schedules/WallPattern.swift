/// A pattern of occurrences on a wall clock without a zone. A point is a number of microseconds from
/// 1970-01-01 00:00 on that clock.
protocol WallPattern {
  /// A point before the first occurrence.
  var earliest: Int64 { get }
  /// The first occurrence strictly after a point; nil if there is none up to the year 2199.
  func wall(after point: Int64) -> Int64?
  /// The last occurrence strictly before a point; nil if there is none from `earliest` on.
  func wall(before point: Int64) -> Int64?
}

/// The end of all schedules.
enum Horizon {
  /// 2199-12-31, in days from 1970-01-01: the last day of an occurrence, as systemd accepts no later year.
  static let lastDay = 84_005
}
