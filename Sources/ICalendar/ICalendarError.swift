/// What is wrong in a file of iCalendar, and where.
package struct ICalendarError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Counted from 1, in the file as it is, before lines are unfolded; 0 where it is about the whole file.
  package let line: Int
  /// What is wrong, a short clause without a full stop. It names no words of the user's but names and values
  /// of dates.
  package let reason: String
  /// What is accepted instead, where that can be said in a clause; else empty.
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

/// How much of a file is looked at: it comes from strangers, by way of a server.
package enum Bounds {
  /// Bytes of a file.
  package static let file = 1 << 20
  /// Components within components.
  package static let depth = 16
  /// Bytes of a line that is understood, once it is unfolded; other lines may be as long as the file.
  package static let line = 65_536
  /// Events and to-dos of a file, with those that stand for one occurrence.
  package static let events = 10_000
  /// Dates beside a rule: all the RDATE or EXDATE of one series.
  package static let dates = 2_000
  /// COUNT of a rule: the end of a longer one takes too long to be found.
  package static let count = 5_000
}
