package import CivilTime

/// What is to be erased of the past. What is open, counted and ordered is no past, and stays.
package enum Forgetting: Hashable, Sendable {
  /// These notes, by their numbers.
  case notes(Set<Int64>)
  /// What happened and was written in a span of time, of one ritual or of all; its bounds are open where they are nil.
  /// `since` is part of it, `before` is not.
  case past(of: RitualID?, since: Instant?, before: Instant?)

  /// All of it.
  package static let everything = Forgetting.past(of: nil, since: nil, before: nil)
}

/// How much was erased, or would be.
package struct Forgotten: Hashable, Sendable {
  package var notes: Int
  /// Occurrences, those that were daily counts already among them.
  package var occurrences: Int

  package init(notes: Int = 0, occurrences: Int = 0) {
    self.notes = notes
    self.occurrences = occurrences
  }

  package var isNothing: Bool { notes == 0 && occurrences == 0 }
}
