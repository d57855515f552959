package import CivilTime
package import Schedules

/// The parts of an event or a to-do (RFC 5545 3.6.1, 3.6.2) that a ritual needs. An event with a recurrence
/// id stands for one occurrence of the series of its UID.
package struct ICalendarEvent: Sendable {
  package enum Status: Hashable, Sendable {
    case live
    /// CANCELLED, and of a to-do also COMPLETED.
    case over
  }

  /// A date or a time with its zone.
  package struct Stamp: Hashable, Sendable {
    package let value: DateValue
    /// Nil for a whole day, for a time in UTC, and for a local time without a zone.
    package let zone: Zone?
  }

  package let uid: String
  /// The line of the event's BEGIN.
  package let line: Int
  package let isToDo: Bool
  /// RECURRENCE-ID: the occurrence that the event stands for.
  package let occurrence: Stamp?
  /// True if the event also stands for all later occurrences (RANGE=THISANDFUTURE).
  package let standsForLater: Bool
  /// DTSTART, or DUE for a to-do without it.
  package let start: Stamp
  /// Seconds from start to end, if there is an end. A day has 24 hours.
  package let length: Int64?
  /// The value of RRULE.
  package let rule: String?
  package let included: [Stamp]
  package let excluded: [Stamp]
  package let status: Status
  /// The unescaped texts, with line breaks; nil if the file has none.
  package let summary: String?
  package let description: String?
  package let categories: [String]
  package let alarms: [EventAlarm]
  /// CREATED in UTC as it is written; empty if the file has none.
  package let created: String
  /// LAST-MODIFIED, or DTSTAMP, which is the same in an event that is no invitation (RFC 5545 3.8.7.2); nil
  /// if neither can be parsed.
  package let modified: Instant?
  /// True if CLASS is PRIVATE or CONFIDENTIAL.
  package let isPrivate: Bool
  /// The ritual that the event was published from.
  package let origin: String?
  /// The last answer to an alarm of the event, also in the property of Thunderbird.
  package let acknowledged: Instant?
}
