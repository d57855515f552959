package import CivilTime

/// An event of a shared calendar, or one occurrence of it with words of its own.
package struct CalendarEvent: Hashable, Sendable {
  /// The calendar's name in the configuration.
  package let calendar: String
  /// The event's identity in its calendar, which does not depend on its title.
  package let key: String

  package init(calendar: String, key: String) {
    self.calendar = calendar
    self.key = key
  }
}

/// The id of the ritual that an event makes. The journal keeps it, since a ritual's history and its orders go
/// by the id.
package struct EventName: Hashable, Sendable {
  package let ritual: RitualID
  /// The time when the event was found to be gone from its calendar; nil while it is there.
  package let gone: Instant?

  package init(_ ritual: RitualID, gone: Instant? = nil) {
    self.ritual = ritual
    self.gone = gone
  }
}
