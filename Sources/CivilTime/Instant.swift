/// A point on the time line, in whole microseconds since 1970-01-01T00:00:00Z; leap seconds are not counted
/// (POSIX.1-2017, 4.16 "Seconds Since the Epoch").
package struct Instant: Hashable, Comparable, Sendable {
  /// Microseconds since the epoch; negative before it.
  package let microseconds: Int64

  /// That many microseconds after 1970-01-01T00:00:00Z.
  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// That many seconds after 1970-01-01T00:00:00Z; within 292,000 years of it.
  package init(seconds: Int64) {
    self.init(microseconds: seconds * 1_000_000)
  }

  /// Earlier instants come first.
  package static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  /// This instant moved by a number of microseconds, held to the representable range.
  package func advanced(byMicroseconds distance: Int64) -> Instant {
    let (sum, overflow) = microseconds.addingReportingOverflow(distance)
    guard overflow else { return Instant(microseconds: sum) }
    return Instant(microseconds: distance < 0 ? .min : .max)
  }

  /// Microseconds from this instant to another, held to the representable range.
  package func microseconds(until other: Instant) -> Int64 {
    let (difference, overflow) = other.microseconds.subtractingReportingOverflow(microseconds)
    guard overflow else { return difference }
    return other.microseconds < microseconds ? .min : .max
  }
}
