package import CivilTime

/// The part of the past to erase. Open occurrences, counts and orders are not the past, and stay.
package enum Forgetting: Hashable, Sendable {
  /// These notes, by their numbers.
  case notes(Set<Int64>)
  /// Entries and notes of a span of time, of one ritual or of all; nil bounds are open. `since` is inclusive,
  /// `before` is not.
  case past(of: RitualID?, since: Instant?, before: Instant?)

  /// The whole past.
  package static let everything = Forgetting.past(of: nil, since: nil, before: nil)
}

/// The amount that was erased, or would be.
package struct Forgotten: Hashable, Sendable {
  package var notes: Int
  /// Occurrences, including those in daily counts.
  package var occurrences: Int

  package init(notes: Int = 0, occurrences: Int = 0) {
    self.notes = notes
    self.occurrences = occurrences
  }

  package var isNothing: Bool { notes == 0 && occurrences == 0 }
}
