package import CivilTime
import OrderedCollections
package import Rituals

/// What can be asked of the engine, without changing it.
extension Engine {
  /// Enabled rituals, in no order.
  package var rituals: [Ritual] { tracks.values.map(\.ritual) }

  /// When the ritual comes next; nil where it is unknown, disabled or never comes again.
  package func next(of id: RitualID) -> Instant? {
    tracks[id]?.next(in: zone, except: handledAhead)
  }

  /// Occurrences that have not ended, in the order they came.
  package var reminders: [OpenOccurrence] {
    open.values.map { OpenOccurrence($0.occurrence, title: $0.title, phase: $0.phase, changed: $0.due) }
  }

  /// The ritual's reminder as it would look, for `ritualctl test`.
  package func preview(of id: RitualID, at now: Instant) -> Reminder? {
    tracks[id].map { Reminder(of: $0.ritual, Occurrence(ritual: id, scheduled: now), replacing: nil) }
  }
}
