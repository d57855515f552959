package import CivilTime
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
    open.values.sorted { $0.place < $1.place }.map {
      OpenOccurrence(
        $0.occurrence, title: $0.title, phase: $0.phase, due: $0.due, nudges: $0.nudges, prompt: $0.prompt,
        wasSeen: $0.wasSeen)
    }
  }

  /// Why the ritual's open reminder is kept back; nil where it has none, or it is not.
  package func hold(of id: RitualID, at now: Instant) -> Hold? {
    guard held.contains(id) else { return nil }
    return holdOnReminder(of: id, at: now)
  }

  /// Whether the ritual's words are not for everyone's eyes now.
  package func hidesWords(of ritual: Ritual) -> Bool {
    hidesWords || circumstances.contains(.locked) && ritual.isPrivate
  }

  /// What would keep back a reminder of the ritual that came now.
  package func wouldHold(_ id: RitualID, at now: Instant) -> Hold? {
    tracks[id].flatMap { hold(on: $0.ritual, at: now) }
  }

  /// What would keep back the ritual's open reminder, if it were to be shown now; nil where it has none.
  package func wouldHoldReminder(of id: RitualID, at now: Instant) -> Hold? {
    holdOnReminder(of: id, at: now)
  }

  /// What will keep back a reminder of the ritual that comes at an instant, as far as that is known: orders
  /// and hours, and not what may be so of the session then.
  package func plannedHold(_ id: RitualID, at instant: Instant) -> Hold? {
    if let pause = pause(of: id, at: instant) { return .paused(until: pause.until) }
    guard tracks[id]?.ritual.quiet == .respect else { return nil }
    return rules.quiet.end(at: instant, in: zone).map { .quietHours(until: $0) }
  }

  /// What will become of a snooze of the ritual's reminder at its end, as far as that is known.
  package func comeback(of id: RitualID, at until: Instant) -> Comeback {
    if let next = next(of: id), next <= until { return .superseded(by: next) }
    if let pause = pause(of: id, at: until) { return .held(.paused(until: pause.until)) }
    if let timeout, timeout.holds(at: until) { return .held(.timeout(until: timeout.until)) }
    return .asOrdered
  }

  /// Whether a notification is one of the engine's, or was it last.
  package func knows(_ display: Display) -> Bool { displays[display] != nil }

  /// True where an answer may be typed into a notification: it shows a reminder of a ritual that takes one.
  package func awaitsReply(_ display: Display) -> Bool {
    guard let card = displays[display].flatMap({ cards[$0] }), card.kind == .ritual, !card.isDiscreet else {
      return false
    }
    return confirmedMembers(of: card).first.flatMap { known($0)?.reply } != nil
  }

  /// What the user has ordered and is in force, oldest first.
  package var standingOrders: [Order] { orders.values.sorted { $0.since < $1.since } }
}

/// What becomes of a snooze at its end.
package enum Comeback: Hashable, Sendable {
  /// It is shown then, unless the session does not allow it.
  case asOrdered
  /// The ritual comes by its schedule before that, or just then, and takes its place.
  case superseded(by: Instant)
  /// It is kept back.
  case held(Hold)
}
