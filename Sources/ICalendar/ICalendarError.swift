/// A mistake in a file of iCalendar, with its place.
package struct ICalendarError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line in the file before unfolding, counted from 1; 0 for a mistake of the whole file.
  package let line: Int
  /// The mistake as a short clause without a full stop. It has no words of the user, apart from names and
  /// values of dates.
  package let reason: String
  /// The accepted texts as a noun phrase, or empty.
  package let accepted: String

  package init(line: Int, reason: String, accepted: String = "") {
    self.line = line
    self.reason = reason
    self.accepted = accepted
  }

  package var description: String {
    (line > 0 ? "line \(line): " : "") + reason + (accepted.isEmpty ? "" : "; accepted: \(accepted)")
  }
}

/// Limits for files, which come from strangers by way of a server.
package enum Bounds {
  /// The largest file, in bytes.
  package static let file = 1 << 20
  /// The deepest nesting of components.
  package static let depth = 16
  /// The longest line that is parsed, in bytes after unfolding. Lines that nothing reads may be longer.
  package static let line = 65_536
  /// The most events and to-dos in a file, with those for single occurrences.
  package static let events = 10_000
  /// The most dates of all RDATE or EXDATE of an event.
  package static let dates = 2_000
  /// The largest COUNT of a rule. The end of a longer one takes too long to find.
  package static let count = 5_000
}
