package import CivilTime
package import Rituals

/// Queries: they change nothing.
extension Engine {
  /// The machine's zone, for rituals that name none.
  package var zone: Zone { timeline.zone }

  /// The timeout that is not over yet.
  package var timeout: Timeout? { conflict.timeout }

  /// Enabled rituals, in no order.
  package var rituals: [Ritual] { timeline.rituals }

  /// A ritual of the configuration, or one that was in it and is absent.
  func known(_ id: RitualID) -> Ritual? { timeline.ritual(id) ?? absent.formerRitual(id) }

  /// The ritual's next occurrence; nil where it is unknown, disabled or never comes again.
  package func next(of id: RitualID) -> Instant? { timeline.next(of: id) }

  /// Occurrences that have not ended, in the order in which they came.
  package var openOccurrences: [OpenOccurrence] { reminders.occurrences }

  /// The hold that the ritual's open reminder is under; nil where it has none, or nothing holds it.
  package func hold(of id: RitualID, at now: Instant) -> Hold? {
    reminders.held.contains(id) ? holdOnReminder(of: id, at: now) : nil
  }

  /// The hold that a reminder of the ritual would be under if it came at `now`.
  package func wouldHold(_ id: RitualID, at now: Instant) -> Hold? {
    timeline.ritual(id).flatMap { hold(on: $0, at: now) }
  }

  /// The hold on a reminder of the ritual that comes at an instant, as far as that is known ahead: orders and
  /// hours, and not what the session may be like then.
  package func plannedHold(_ id: RitualID, at instant: Instant) -> Hold? {
    if let pause = holds.pause(of: id, at: instant) { return .paused(until: pause.until) }
    guard timeline.ritual(id)?.quiet == .respect else { return nil }
    return holds.quietHours(at: instant, in: zone)
  }

  /// The end of a snooze of the ritual's reminder, as far as it is known ahead.
  package func comeback(of id: RitualID, at until: Instant) -> Comeback {
    if let next = next(of: id), next <= until { return .superseded(by: next) }
    if let pause = holds.pause(of: id, at: until) { return .held(.paused(until: pause.until)) }
    return conflict.hold(at: until).map { .held($0) } ?? .asOrdered
  }

  /// True where every notification has to show neutral words.
  package var hidesWords: Bool { holds.hidesWords }

  /// True where the ritual's own words are to be hidden now.
  package func hidesWords(of ritual: Ritual) -> Bool {
    holds.hidesWords(isPrivate: ritual.isPrivate)
  }

  /// True where a notification is one of the engine's, or was it last.
  package func knows(_ notification: NotificationID) -> Bool { plan.slotID(of: notification) != nil }

  /// True where an answer may be typed into a notification: it shows a reminder of a ritual that takes one.
  package func awaitsReply(_ notification: NotificationID) -> Bool {
    guard let slot = plan.slotID(of: notification).flatMap({ plan[$0] }), slot.kind == .ritual,
      !slot.isDiscreet
    else { return false }
    return acknowledgedMembers(of: slot).first.flatMap { known($0)?.reply } != nil
  }

  /// The user's orders that are in force, oldest first.
  package var standingOrders: [Order] { holds.standingOrders }

  /// The prompt that a reminder of the ritual would show now; nil where it has no deck.
  package func promptToCome(of ritual: Ritual) -> ContentID? { prompts.next(of: ritual)?.prompt }

  /// The prompts that come next among some of a deck's, none of them twice; fewer where there are not so
  /// many. To be given back as `drew` where they are used.
  package func drawing(_ count: Int, from deck: ContentID, among candidates: [DrawablePrompt]) -> [Draw] {
    prompts.next(count, from: deck, among: candidates)
  }

  /// Rituals that are in no file and no calendar and may come back, and until when that is waited for.
  package var absences: [RitualID: Instant] {
    absent.ids.reduce(into: [:]) { $0[$1] = absent.end(of: $1) }
  }

  /// Rituals that are in no file, and rituals whose file cannot be read.
  package var unread: Set<RitualID> { absent.ids }

  /// A ritual that became absent while the daemon ran, as it was.
  package func formerRitual(_ id: RitualID) -> Ritual? { absent.formerRitual(id) }

  /// Occurrences later than now that have come already and must not come again.
  package var alreadyHandled: [Occurrence] { timeline.handledOccurrences }

  /// The state that the journal would give back at a start: for a journal that has to be begun anew while the
  /// daemon runs. An engine that begins with it goes on as this one does.
  package var standing: Snapshot {
    var snapshot = absent.snapshot
    snapshot.open = openOccurrences
    snapshot.orders = standingOrders
    snapshot.draws = prompts.draws
    snapshot.timeout = timeout
    for id in timeline.ids { snapshot.tracked[id] = tracking(of: id) }
    return snapshot
  }
}

/// The end of a snooze.
package enum Comeback: Hashable, Sendable {
  /// It is shown then, unless the session does not allow it.
  case asOrdered
  /// The ritual comes by its schedule before that, or just then, and takes its place.
  case superseded(by: Instant)
  /// It is kept back.
  case held(Hold)
}
