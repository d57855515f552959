package import CivilTime
import OrderedCollections
package import Rituals

/// Decides what is shown, when, again or not: a state machine without a clock, files or sockets.
///
/// Every event comes with the time it happened at; what it leads to is returned as effects. The engine holds
/// nothing that the journal and the configuration could not give back.
package struct Engine: Sendable {
  /// The machine's zone, for rituals that name none.
  package internal(set) var zone: Zone
  /// Every enabled ritual.
  var tracks: [RitualID: Track] = [:]
  /// Occurrences that have not ended, at most one a ritual, in the order they came.
  var open: OrderedDictionary<RitualID, OpenReminder> = [:]
  var deadlines = Deadlines<Deadline>()
  /// The notification server to talk to, where there is one.
  var server: String?
  /// Whether it is known that there is none. At the start nobody has looked yet.
  var isServerAbsent = false
  /// Later than now, but they had come when the clock was set back to before them: they do not come again.
  var handledAhead: Set<Occurrence>
  /// What the journal said of each ritual at the start, until the first configuration claims it.
  var unclaimed: Snapshot?

  enum Deadline: Hashable, Sendable {
    /// The ritual's next occurrence.
    case occurrence(RitualID)
    /// A snooze's end, another try, or the moment from which a reminder that could not be shown is missed.
    case reminder(RitualID)
  }

  /// Begins with what the journal holds. `handledAhead` are occurrences later than now that
  /// have come already and must not come again.
  package init(zone: Zone, snapshot: Snapshot, handledAhead: [Occurrence] = []) {
    self.zone = zone
    self.handledAhead = Set(handledAhead)
    unclaimed = snapshot
    for item in snapshot.open { open[item.occurrence.ritual] = OpenReminder(restoring: item) }
  }

  /// The instant at which `timePassed` is due; nil where nothing will happen by itself.
  package var nextDeadline: Instant? { deadlines.earliest }

  /// Takes an event that happened at `now`, and says what is to be done about it.
  package mutating func handle(_ event: Event, at now: Instant) -> [Effect] {
    var step = Step(now: now)
    switch event {
    case .configured(let rituals): configure(rituals, &step)
    case .timePassed: break
    case .clockSet(let handledAhead): setClock(handledAhead: handledAhead, &step)
    case .zoneChanged(let zone): change(to: zone, &step)
    case .serverAppeared(let server): meet(server, &step)
    case .serverAbsent: missServer(&step)
    case .displayed(let occurrence, let display): confirm(occurrence, on: display, &step)
    case .displayFailed(let occurrence, let reason): fail(occurrence, reason: reason, &step)
    case .closed(let display, let closing): leave(display, closing, &step)
    case .pressed(let display, let button): press(button, on: display, &step)
    case .answered(let ritual, let answer): self.answer(ritual, with: answer, by: .command, &step)
    }
    passTime(&step)
    return step.effects
  }

  private mutating func passTime(_ step: inout Step) {
    while let deadline = deadlines.take(through: step.now) {
      switch deadline {
      case .occurrence(let ritual): come(ritual, &step)
      case .reminder(let ritual): reach(ritual, &step)
      }
    }
  }
}

/// One call of `handle`: its time, and what has been decided so far.
struct Step {
  let now: Instant
  private var changes: [Change] = []
  private var visible: [Effect] = []

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
}
