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
  /// Cards that were let go, by the ritual they were last about: what comes next of it takes their place on the
  /// screen, or they leave it.
  private var vacated: OrderedDictionary<RitualID, Vacancy> = [:]

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

  /// Leaves a place to what comes next of its ritual. There is one for each, and none for what is of a timeout: that
  /// leaves the screen.
  mutating func vacate(_ vacancy: Vacancy) {
    guard let id = vacancy.ritual else { return close(vacancy) }
    if let other = vacated.updateValue(vacancy, forKey: id) { close(other) }
  }

  /// Takes a card that was let go off the screen, where it is on it.
  mutating func close(_ vacancy: Vacancy) {
    guard vacancy.card.isOnScreen, let display = vacancy.card.display else { return }
    perform(.close(display))
  }

  /// A place on the screen for a card about these rituals.
  mutating func occupy(for ids: [RitualID]) -> Vacancy? {
    for id in ids {
      if let vacancy = vacated.removeValue(forKey: id) { return vacancy }
    }
    return nil
  }

  /// Takes what nothing came to replace, and forgets it.
  mutating func takeVacated() -> [Vacancy] {
    defer { vacated = [:] }
    return Array(vacated.values)
  }
}

/// A card that was let go while it was on the screen, or on its way there.
struct Vacancy {
  let number: Card.ID
  let card: Card

  /// The ritual that it was last about; nil where it was about a timeout.
  var ritual: RitualID? { card.members.last }
}
