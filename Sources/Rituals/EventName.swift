package import CivilTime

/// An event of a shared calendar, or an occurrence of it that has words of its own.
package struct CalendarEvent: Hashable, Sendable {
  /// The calendar's name in the configuration.
  package let calendar: String
  /// Tells it from all others of its calendar, whatever it is called.
  package let key: String

  package init(calendar: String, key: String) {
    self.calendar = calendar
    self.key = key
  }
}

/// Which ritual an event is. Kept in the journal: its past, and what is ordered of it, go by its id.
package struct EventName: Hashable, Sendable {
  package let ritual: RitualID
  /// When it was found to have left its calendar; nil while it is there.
  package let gone: Instant?

  package init(_ ritual: RitualID, gone: Instant? = nil) {
    self.ritual = ritual
    self.gone = gone
  }
}
