package import CivilTime

/// The instant from which a ritual's schedule counts. The journal keeps it, so that a start knows what it
/// missed, and a new ritual has no past.
package struct Tracking: Hashable, Sendable {
  /// The schedule and zone as text: when they change, the counting begins again.
  package let fingerprint: String
  /// Occurrences strictly after this instant count.
  package let since: Instant
  /// The latest lead that was given; nil if none was.
  package let lead: Lead?
  /// The time since when no file and no calendar has the ritual; nil while one has it.
  package let away: Instant?

  package init(fingerprint: String, since: Instant, lead: Lead? = nil, away: Instant? = nil) {
    self.fingerprint = fingerprint
    self.since = since
    self.lead = lead
    self.away = away
  }

  /// The longest absence after which a ritual continues as before, in microseconds: 31 days, as for an event
  /// of a calendar.
  package static let longestAway: Int64 = 31 * 86_400_000_000

  /// The instant up to which the ritual is accounted for at `now`; `last` is its last occurrence up to now
  /// that has an entry. A `since` after now was written by a clock that ran ahead.
  package func accounted(last: Instant?, at now: Instant) -> Instant {
    since <= now ? max(since, last ?? since) : last ?? now
  }
}

/// A lead that was given for an occurrence.
package struct Lead: Hashable, Sendable {
  /// The occurrence's own time.
  package let scheduled: Instant
  /// The lead's notification, while it is on the screen.
  package let notification: NotificationID?

  package init(scheduled: Instant, notification: NotificationID? = nil) {
    self.scheduled = scheduled
    self.notification = notification
  }
}

/// A change that the journal makes durable. The changes of one transition are written together or not at all.
package enum Change: Hashable, Sendable {
  case entry(Entry)
  case track(RitualID, Tracking)
  case untrack(RitualID)
  /// An order is set, or set again.
  case order(Order)
  /// An order is cleared, or has ended.
  case revoke(Order.Subject)
  /// The state of the timeout; nil means over.
  case timeout(Timeout?)
  /// The user wrote a note.
  case note(Note)
  /// A prompt was drawn from a deck.
  case drew(Draw)
  /// The ritual id of a calendar's event; nil if it is not needed any more.
  case named(CalendarEvent, EventName?)
}
