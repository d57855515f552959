package import CivilTime
package import Rituals
package import Schedules

/// A series, or an occurrence with a title of its own, as a ritual without an id.
package struct CalendarRitual: Sendable {
  /// The key of the event in its folder, independent of its title: the UID, and the occurrence that it stands
  /// for.
  package let key: String
  package let uid: String
  /// CREATED as the file has it. The oldest of several events with one title gets the title as its id.
  package let created: String
  /// The time of the last change by the clock of the program that made it; nil if the file has none.
  package let modified: Instant?
  package let title: String
  package let message: String?
  package let schedule: Schedule
  package let categories: [String]
  package let lead: TimeSpan?
  package let nudge: Nudge
  package let isPrivate: Bool
  package let acknowledged: Instant?

  /// The ritual in a calendar, with the machine's defaults. `since` is the instant from which on the schedule
  /// has been the same.
  package func ritual(
    _ id: RitualID, of calendar: SharedCalendar, defaults: Defaults, since: Instant? = nil
  ) -> Ritual {
    Ritual(
      id: id, title: title, message: message, schedule: schedule, since: since, missed: defaults.missed,
      snoozes: defaults.snoozes, lead: calendar.lead ?? lead, nudge: nudge.times > 0 ? nudge : defaults.nudge,
      quiet: calendar.quiet, isPrivate: isPrivate)
  }

  /// True if the event has one of some categories, or if there are none.
  package func belongs(to categories: [String]) -> Bool {
    guard !categories.isEmpty else { return true }
    let own = Set(self.categories.map { $0.lowercased() })
    return categories.contains { own.contains($0.lowercased()) }
  }

  /// An id for a configuration, made of the title.
  package var suggestedID: String {
    let words = RitualID.key(of: title)
    return words.isEmpty ? "event-" + EventWords.mark(key) : words
  }

  /// The ids of a calendar's rituals, by their keys. An id is the title; if several events share a title, the
  /// oldest gets it, and the others get a mark after it. The ids in `earlier` do not change.
  package static func ids(
    of rituals: [CalendarRitual], calendar: String, earlier: [String: RitualID] = [:]
  ) -> [String: RitualID] {
    var ids: [String: RitualID] = [:]
    for ritual in rituals { ids[ritual.key] = earlier[ritual.key] }
    var taken = Set(ids.values)
    let fresh = rituals.filter { ids[$0.key] == nil }.sorted { ($0.created, $0.key) < ($1.created, $1.key) }
    for ritual in fresh {
      let words = RitualID.key(of: ritual.title)
      let mark = EventWords.mark(ritual.key)
      for key in [words, words.isEmpty ? "event-\(mark)" : "\(words)-\(mark)"] {
        guard let id = RitualID(calendar: calendar, key: key), taken.insert(id).inserted else { continue }
        ids[ritual.key] = id
        break
      }
    }
    return ids
  }
}
