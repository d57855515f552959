/// A length of time, as `systemd.time(7)` ("Parsing Time Spans") writes it: `1h 30min`, `90s`, `2d`.
package struct TimeSpan: Hashable, Comparable, Sendable {
  /// Whole microseconds, never negative.
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.microseconds < right.microseconds }

  package init(parsing text: String) throws(ScheduleError) { microseconds = 0 }
}
