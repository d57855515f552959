package import CivilTime
package import Rituals

/// How often a ritual ended in one way on one day: what is left of a past that was compacted.
package struct DailyCount: Hashable, Sendable {
  package let day: CivilDate
  package let ritual: RitualID
  /// Nil where this version does not know the word for it.
  package let outcome: Outcome?
  /// How many occurrences; positive.
  package let count: Int

  package init(day: CivilDate, ritual: RitualID, outcome: Outcome?, count: Int) {
    self.day = day
    self.ritual = ritual
    self.outcome = outcome
    self.count = count
  }
}
