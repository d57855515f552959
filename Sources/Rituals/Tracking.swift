package import CivilTime

/// From when on a ritual's schedule counts. Kept in the journal, so that a start knows what it missed, and so
/// that a ritual that was just written does not start with a past.
package struct Tracking: Hashable, Sendable {
  /// The schedule and zone, as text: when it changes, the counting begins anew.
  package let fingerprint: String
  /// Occurrences strictly after this instant count.
  package let since: Instant
  /// The early word that was given last.
  package let lead: Lead?
  /// Since when the ritual is in no file of the configuration and in no calendar; nil while it is in one.
  package let away: Instant?

  package init(fingerprint: String, since: Instant, lead: Lead? = nil, away: Instant? = nil) {
    self.fingerprint = fingerprint
    self.since = since
    self.lead = lead
    self.away = away
  }

  /// How long a ritual may be away and go on as it was, in microseconds: 31 days, as an event of a calendar.
  package static let longestAway: Int64 = 31 * 86_400_000_000

  /// Up to when the ritual is accounted for at `now`, where `last` is its last occurrence up to now that was
  /// told of. A `since` later than now was written by a clock that ran ahead.
  package func accounted(last: Instant?, at now: Instant) -> Instant {
    since <= now ? max(since, last ?? since) : last ?? now
  }
}

/// An early word that was given of an occurrence.
package struct Lead: Hashable, Sendable {
  /// The occurrence's own time.
  package let scheduled: Instant
  /// Where the word is on the screen, while it is.
  package let display: Display?

  package init(scheduled: Instant, display: Display? = nil) {
    self.scheduled = scheduled
    self.display = display
  }
}

/// A change that the journal makes durable; those of one transition go together or not at all.
package enum Change: Hashable, Sendable {
  case entry(Entry)
  case track(RitualID, Tracking)
  case untrack(RitualID)
  /// An order is given, or given anew.
  case order(Order)
  /// An order is revoked, or has ended.
  case revoke(Order.Subject)
  /// Where a timeout stands; nil where it is over.
  case timeout(Timeout?)
  /// Somebody wrote something.
  case note(Note)
  /// A prompt was drawn from a deck.
  case drew(Draw)
  /// Which ritual an event of a shared calendar is; nil where that does not matter any more.
  case named(CalendarEvent, EventName?)
}
