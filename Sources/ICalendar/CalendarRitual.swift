package import CivilTime
package import Rituals
package import Schedules

/// What a series, or a part of it that has words of its own, is as a ritual; its id comes later.
package struct CalendarRitual: Sendable {
  /// Tells it from all others of its folder, whatever it is called: the uid, and the occurrence that it
  /// stands for.
  package let key: String
  package let uid: String
  /// When it was made, as its file has it: of two that have one title, the older one is called by it alone.
  package let created: String
  /// When it was changed last, by the clock of whoever did; nil where the file does not say.
  package let modified: Instant?
  package let title: String
  package let message: String?
  package let schedule: Schedule
  package let categories: [String]
  package let lead: TimeSpan?
  package let nudge: Nudge
  package let isPrivate: Bool
  package let acknowledged: Instant?

  /// The ritual of a calendar, by the machine's defaults. `since` is from when on its schedule has been so.
  package func ritual(
    _ id: RitualID, of calendar: SharedCalendar, defaults: Defaults, since: Instant? = nil
  ) -> Ritual {
    Ritual(
      id: id, title: title, message: message, schedule: schedule, since: since, missed: defaults.missed,
      snoozes: defaults.snoozes, lead: calendar.lead ?? lead, nudge: nudge.times > 0 ? nudge : defaults.nudge,
      quiet: calendar.quiet, isPrivate: isPrivate)
  }

  /// Whether it has one of these categories, or none is asked for.
  package func belongs(to categories: [String]) -> Bool {
    guard !categories.isEmpty else { return true }
    let own = Set(self.categories.map { $0.lowercased() })
    return categories.contains { own.contains($0.lowercased()) }
  }

  /// An id for it in a configuration, made of its title.
  package var suggestedID: String {
    let words = RitualID.key(of: title)
    return words.isEmpty ? "event-" + EventWords.mark(key) : words
  }

  /// The ids of a calendar's rituals, by their keys. One has its title as its id; where several share a
  /// title, the oldest does, and the others have a mark behind it. Those of `earlier` stay as they were.
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
