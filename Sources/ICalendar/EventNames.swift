package import CivilTime
package import Rituals

/// Which rituals the events of one calendar are, over all that becomes of it: an id stays, whatever its event
/// is called later.
package struct EventNames: Sendable {
  private let calendar: String
  private var names: [String: EventName]
  /// Whether it is known what was in the calendar before. Else its events count from when they are seen.
  private var isKnown: Bool

  /// What is known of an event for as long after it has left: a calendar may be away for a while.
  private static let memory: Int64 = 31 * 86_400_000_000

  /// Begins with what was known at the end of an earlier run.
  package init(of calendar: String, known: [String: EventName] = [:]) {
    self.calendar = calendar
    names = known
    isKnown = !known.isEmpty
  }

  /// All that is known, by event.
  package var all: [CalendarEvent: EventName] {
    Dictionary(uniqueKeysWithValues: names.map { (CalendarEvent(calendar: calendar, key: $0.key), $0.value) })
  }

  /// Whether there is such an event, or was not long ago.
  package func knows(_ key: String) -> Bool { names[key] != nil }

  /// The event that a ritual is, or was.
  package func key(of ritual: RitualID) -> String? { names.first { $0.value.ritual == ritual }?.key }

  /// The ritual of an event that is in the calendar.
  package func ritual(of key: String) -> RitualID? { names[key].flatMap { $0.gone == nil ? $0.ritual : nil } }

  /// Other events than before may be in the calendar, for reasons that lie here.
  package mutating func beginAnew() { isKnown = false }

  /// An event's ritual, and from when on its schedule has been so; nil is from when it is seen.
  package struct Named: Sendable {
    package let event: CalendarRitual
    package let id: RitualID
    package let since: Instant?
  }

  /// Names what is in the calendar now, in its order, nil where there is no id left; notes in `changes` what
  /// is to be kept of it. Events that are known elsewhere have only moved here.
  package mutating func name(
    _ events: [CalendarRitual], now: Instant, isElsewhere: (String) -> Bool, changes: inout [Change]
  ) -> [Named?] {
    let ids = CalendarRitual.ids(of: events, calendar: calendar, earlier: names.mapValues(\.ritual))
    let taken = Set(ids.values)
    var left: [RitualID: Instant] = [:]
    for (key, name) in names where ids[key] == nil {
      let gone = name.gone ?? now
      left[name.ritual] = gone
      // One that left long ago, or whose id another one has now, is forgotten.
      let isOver = taken.contains(name.ritual) || gone.microseconds(until: now) > Self.memory
      set(key, to: isOver ? nil : EventName(name.ritual, gone: gone), &changes)
    }
    let named = events.map { event -> Named? in
      guard let id = ids[event.key] else { return nil }
      let before = names[event.key]
      var since = event.modified
      if before == nil, !isKnown || isElsewhere(event.key) { since = nil }
      // What came before it left, or before another one left its id to it, is over.
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
