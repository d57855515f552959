/// What comes again and again on a wall clock that knows no zone; in microseconds from 1970-01-01 00:00 on that clock.
protocol WallPattern {
  /// Nothing comes before it.
  var earliest: Int64 { get }
  /// The first strictly after a point; nil where there is none up to the year 2199.
  func wall(after point: Int64) -> Int64?
  /// The last strictly before a point; nil where there is none from `earliest` on.
  func wall(before point: Int64) -> Int64?
}
