package import CivilTime

/// What the user has ordered until further notice. Kept in the journal.
package struct Order: Hashable, Sendable {
  package let subject: Subject
  /// When it was given.
  package let since: Instant
  /// When it ends by itself; nil where it holds until it is revoked.
  package let until: Instant?

  package init(_ subject: Subject, since: Instant, until: Instant? = nil) {
    self.subject = subject
    self.since = since
    self.until = until
  }

  /// What is ordered; at most one order holds for each.
  package enum Subject: Hashable, Sendable {
    /// Nothing is shown, and nothing counts as missed: of one ritual, or of all.
    case pause(RitualID?)
    /// Reminders show neutral words.
    case discretion
  }

  /// Whether it holds at an instant.
  package func holds(at instant: Instant) -> Bool {
    since <= instant && until.map { instant < $0 } ?? true
  }
}
