/// A point in time, in whole microseconds since 1970-01-01T00:00:00Z. Leap seconds are not counted
/// (POSIX.1-2017, 4.16 "Seconds Since the Epoch").
package struct Instant: Hashable, Comparable, Sendable {
  /// Microseconds since the epoch; negative before it.
  package let microseconds: Int64

  /// The instant a number of microseconds after 1970-01-01T00:00:00Z.
  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The instant a number of seconds after 1970-01-01T00:00:00Z; traps beyond 292,000 years from it.
  package init(seconds: Int64) {
    self.init(microseconds: seconds * 1_000_000)
  }

  /// Earlier instants come first.
  package static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The instant moved by a number of microseconds, clamped to the range of instants.
  package func advanced(byMicroseconds distance: Int64) -> Instant {
    let (sum, overflow) = microseconds.addingReportingOverflow(distance)
    guard overflow else { return Instant(microseconds: sum) }
    return Instant(microseconds: distance < 0 ? .min : .max)
  }

  /// Microseconds from this instant to another, clamped to the range of `Int64`.
  package func microseconds(until other: Instant) -> Int64 {
    let (difference, overflow) = other.microseconds.subtractingReportingOverflow(microseconds)
    guard overflow else { return difference }
    return other.microseconds < microseconds ? .min : .max
  }
}
