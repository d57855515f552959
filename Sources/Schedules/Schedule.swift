package import CivilTime

/// When something happens, again and again: the union of calendar expressions and recurrence rules.
/// (Surface first; the languages follow.)
package struct Schedule: Hashable, Sendable {
  /// The texts this was made from, as the user wrote them.
  package let texts: [String]

  /// Understands one text of the schedule language.
  package init(parsing text: String, zones: any ZoneSource) throws(ScheduleError) { texts = [text] }

  /// The first occurrence strictly after an instant; `zone` is the wall clock where the texts name none.
  package func next(after instant: Instant, in zone: Zone) -> Instant? { nil }

  /// The last occurrence strictly before an instant.
  package func previous(before instant: Instant, in zone: Zone) -> Instant? { nil }
}

/// What is wrong in a schedule's text, and where.
package struct ScheduleError: Error, Hashable, Sendable {
  /// The part of the text that was not understood, in UTF-8 offsets from its start.
  package let range: Range<Int>
  /// What is wrong, a short clause without a full stop.
  package let reason: String
  /// What is accepted instead.
  package let accepted: String

  package init(range: Range<Int>, reason: String, accepted: String) {
    self.range = range
    self.reason = reason
    self.accepted = accepted
  }
}
