import CivilTime
import OrderedCollections
import Rituals

/// One call of `handle`: its time, and what has been decided so far.
struct Step {
  let now: Instant
  private var changes: [Change] = []
  private var visible: [Effect] = []
  /// Reminders that are to go on the screen, where nothing keeps them back.
  private var waiting: OrderedSet<RitualID> = []
  /// Cards to be sent, anew or for the first time.
  private var touched: OrderedSet<Card.ID> = []
  /// Notifications that lost their cards, by the ritual they were last about: replaced in place by what comes next
  /// of it, or closed.
  private var vacated: OrderedDictionary<RitualID, Display> = [:]

  init(now: Instant) { self.now = now }

  /// Everything is durable before anything is seen.
  var effects: [Effect] { changes.isEmpty ? visible : [.record(changes)] + visible }

  mutating func record(_ change: Change) { changes.append(change) }

  mutating func record(_ occurrence: Occurrence, title: String, _ happening: Happening) {
    record(.entry(Entry(occurrence, title: title, at: now, happening)))
  }

  mutating func perform(_ effect: Effect) { visible.append(effect) }

  /// Asks for a notification server, once a step.
  mutating func seekServer() {
    if !visible.contains(.seekServer) { perform(.seekServer) }
  }

  mutating func wait(_ id: RitualID) { waiting.append(id) }

  /// Takes what waits, and forgets it.
  mutating func takeWaiting() -> OrderedSet<RitualID> {
    defer { waiting = [] }
    return waiting
  }

  mutating func touch(_ card: Card.ID) { touched.append(card) }

  /// Takes the cards to be sent, and forgets them.
  mutating func takeTouched() -> OrderedSet<Card.ID> {
    defer { touched = [] }
    return touched
  }

  mutating func vacate(_ display: Display, by id: RitualID) {
    if let other = vacated.updateValue(display, forKey: id) { perform(.close(other)) }
  }

  /// A notification to replace by one about these rituals.
  mutating func occupy(for ids: [RitualID]) -> Display? {
    for id in ids {
      if let display = vacated.removeValue(forKey: id) { return display }
    }
    return nil
  }

  /// Takes off the screen what nothing came to replace.
  mutating func closeVacated() {
    for display in vacated.values { perform(.close(display)) }
    vacated = [:]
  }
}
