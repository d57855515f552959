import CivilTime
import Rituals

/// One call of `handle`: its time, the engine's deadlines, and what has been decided so far.
struct Step {
  let now: Instant
  var deadlines: Deadlines<Deadline>
  private var changes: [Change] = []
  private var visible: [Effect] = []
  private var forgotten: [Effect] = []

  init(now: Instant, deadlines: consuming Deadlines<Deadline>) {
    self.now = now
    self.deadlines = deadlines
  }

  /// The changes are durable before anything is seen of them, but for a notification whose number they
  /// forget: a daemon that ended after the record could not close it any more.
  var effects: [Effect] { forgotten + (changes.isEmpty ? [] : [.record(changes)]) + visible }

  mutating func record(_ change: Change) { changes.append(change) }

  mutating func record(_ occurrence: Occurrence, title: String, _ happening: Happening) {
    record(.entry(Entry(occurrence, title: title, at: now, happening)))
  }

  mutating func perform(_ effect: Effect) { visible.append(effect) }

  /// Closes a notification. `isForgotten` says that the changes of this step may be the end of its number in
  /// the journal.
  mutating func close(_ notification: NotificationID, isForgotten: Bool = false) {
    if isForgotten { forgotten.append(.close(notification)) } else { perform(.close(notification)) }
  }

  /// Asks for a notification server, once a step.
  mutating func seekServer() {
    if !visible.contains(.seekServer) { perform(.seekServer) }
  }
}

/// A reason for the engine to wake up.
enum Deadline: Hashable, Sendable {
  /// The ritual's next occurrence.
  case occurrence(RitualID)
  /// The lead of it.
  case lead(RitualID)
  /// A snooze's end, a nudge, or the moment from which a reminder that could not be shown is missed.
  case reminder(RitualID)
  /// Another try to show a notification.
  case slot(Slot.ID)
  /// The end of the time that a ritual may be away for.
  case absence(RitualID)
  /// The end of an order.
  case order(Order.Subject)
  /// The end of a timeout's rest, or of what follows it.
  case timeout
  /// The soonest end of what keeps reminders back.
  case hold
}
