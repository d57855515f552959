package import CivilTime

/// From when on a ritual's schedule counts. Kept in the journal, so that a start knows what it missed, and so
/// that a ritual that was just written does not start with a past.
package struct Tracking: Hashable, Sendable {
  /// The schedule and zone, as text: when it changes, the counting begins anew.
  package let fingerprint: String
  /// Occurrences strictly after this instant count.
  package let since: Instant

  package init(fingerprint: String, since: Instant) {
    self.fingerprint = fingerprint
    self.since = since
  }
}

/// A change that the journal makes durable; those of one transition go together or not at all.
package enum Change: Hashable, Sendable {
  case entry(Entry)
  case track(RitualID, Tracking)
  case untrack(RitualID)
}
