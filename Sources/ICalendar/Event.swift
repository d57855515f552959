package import CivilTime
package import Schedules

/// An event or a to-do (RFC 5545 3.6.1, 3.6.2), as far as a ritual needs it. One with a recurrence id stands
/// for one occurrence of the series that has its uid.
package struct Event: Sendable {
  package enum Status: Hashable, Sendable {
    case live
    /// CANCELLED, and of a to-do also COMPLETED.
    case over
  }

  /// A date or a time with the clock that it is on.
  package struct Stamp: Hashable, Sendable {
    package let value: DateValue
    /// Nil where it is a whole day, in UTC, or on the clock of whoever looks.
    package let zone: Zone?
  }

  package let uid: String
  /// The line that it begins in.
  package let line: Int
  package let isToDo: Bool
  /// RECURRENCE-ID: which occurrence it stands for.
  package let occurrence: Stamp?
  /// Whether it stands for all that come after that one too.
  package let standsForLater: Bool
  /// DTSTART; of a to-do without one, DUE.
  package let start: Stamp
  /// Seconds from start to end, where there is an end; wall-clock days count 24 hours.
  package let length: Int64?
  /// The value of RRULE.
  package let rule: String?
  package let included: [Stamp]
  package let excluded: [Stamp]
  package let status: Status
  /// As the file has them, line breaks and all; nil where they are not there.
  package let summary: String?
  package let description: String?
  package let categories: [String]
  package let alarms: [Alarm]
  /// CREATED in UTC, as it is written; empty where it is not there.
  package let created: String
  /// LAST-MODIFIED, or DTSTAMP, which says the same of an event that is no invitation (RFC 5545 3.8.7.2); nil
  /// where neither can be read.
  package let modified: Instant?
  /// CLASS is PRIVATE or CONFIDENTIAL.
  package let isPrivate: Bool
  /// The ritual that it was, where a configuration published it.
  package let origin: String?
  /// When somebody last answered any of its alarms; also as Mozilla's programs write it.
  package let acknowledged: Instant?
}
