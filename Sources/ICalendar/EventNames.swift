package import CivilTime
package import Rituals

/// The ids of the rituals of one calendar's events, through all changes of the calendar: an id stays, even if
/// the title of its event changes.
package struct EventNames: Sendable {
  private let calendar: String
  private var names: [String: EventName]
  /// True if the former content of the calendar is known. Otherwise the schedules of its events count from
  /// the moment when the daemon sees them.
  private var isKnown: Bool

  /// The time for which an event is remembered after it has left the calendar, in microseconds: the calendar
  /// may be unreachable for a while.
  private static let memory: Int64 = 31 * 86_400_000_000

  /// `known` is the content at the end of the last run.
  package init(of calendar: String, known: [String: EventName] = [:]) {
    self.calendar = calendar
    names = known
    isKnown = !known.isEmpty
  }

  /// All names, by event.
  package var all: [CalendarEvent: EventName] {
    Dictionary(uniqueKeysWithValues: names.map { (CalendarEvent(calendar: calendar, key: $0.key), $0.value) })
  }

  /// True if the calendar has the event, or had it not long ago.
  package func knows(_ key: String) -> Bool { names[key] != nil }

  /// The event of a ritual, also of a former one.
  package func key(of ritual: RitualID) -> String? { names.first { $0.value.ritual == ritual }?.key }

  /// The ritual of an event that is in the calendar.
  package func ritual(of key: String) -> RitualID? { names[key].flatMap { $0.gone == nil ? $0.ritual : nil } }

  /// Forgets whether the former content is known, for a new selection of events.
  package mutating func forgetFormerContent() { isKnown = false }

  /// An event with the id of its ritual. `since` is the instant from which on its schedule has been the same;
  /// nil stands for the moment when the daemon sees it.
  package struct Named: Sendable {
    package let event: CalendarRitual
    package let id: RitualID
    package let since: Instant?
  }

  /// Names the events in the calendar, in their order; nil for an event without a free id. Adds the changes
  /// for the journal to `changes`. An event that another calendar had before counts as moved, and not as new.
  package mutating func name(
    _ events: [CalendarRitual], now: Instant, isElsewhere: (String) -> Bool, changes: inout [Change]
  ) -> [Named?] {
    let ids = CalendarRitual.ids(of: events, calendar: calendar, earlier: names.mapValues(\.ritual))
    let taken = Set(ids.values)
    var left: [RitualID: Instant] = [:]
    for (key, name) in names where ids[key] == nil {
      let gone = name.gone ?? now
      left[name.ritual] = gone
      // An event that left long ago is forgotten, and one whose id another event has now.
      let isOver = taken.contains(name.ritual) || gone.microseconds(until: now) > Self.memory
      set(key, to: isOver ? nil : EventName(name.ritual, gone: gone), &changes)
    }
    let named = events.map { event -> Named? in
      guard let id = ids[event.key] else { return nil }
      let before = names[event.key]
      var since = event.modified
      if before == nil, !isKnown || isElsewhere(event.key) { since = nil }
      // Occurrences before the event left, or before another event left its id to it, are over.
      if let gone = before?.gone ?? left[id] { since = since.map { max($0, gone) } }
      return Named(event: event, id: id, since: since)
    }
    for case let item? in named { set(item.event.key, to: EventName(item.id), &changes) }
    isKnown = true
    return named
  }

  private mutating func set(_ key: String, to name: EventName?, _ changes: inout [Change]) {
    guard names[key] != name else { return }
    names[key] = name
    changes.append(.named(CalendarEvent(calendar: calendar, key: key), name))
  }
}
