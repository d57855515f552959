package import CivilTime

/// A command of the user that holds until further notice. Kept in the journal.
package struct Order: Hashable, Sendable {
  package let subject: Subject
  /// The time when it was given.
  package let since: Instant
  /// The time when it ends by itself; nil means when the user clears it.
  package let until: Instant?

  package init(_ subject: Subject, since: Instant, until: Instant? = nil) {
    self.subject = subject
    self.since = since
    self.until = until
  }

  /// The subject of an order; at most one order holds for each.
  package enum Subject: Hashable, Sendable {
    /// Nothing is shown, and nothing becomes missed: of one ritual, or of all.
    case pause(RitualID?)
    /// Reminders show neutral words.
    case discretion
  }

  /// True if it holds at an instant.
  package func holds(at instant: Instant) -> Bool {
    since <= instant && until.map { instant < $0 } ?? true
  }
}
