package import CivilTime
package import Rituals

/// The number of a ritual's occurrences that ended in one way on one day. Compaction makes these of the long
/// past.
package struct DailyCount: Hashable, Sendable {
  package let day: CivilDate
  package let ritual: RitualID
  /// Nil if this version does not know the word.
  package let outcome: Outcome?
  /// The number of occurrences, at least 1.
  package let count: Int

  package init(day: CivilDate, ritual: RitualID, outcome: Outcome?, count: Int) {
    self.day = day
    self.ritual = ritual
    self.outcome = outcome
    self.count = count
  }
}
