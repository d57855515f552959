package import CivilTime
import OrderedCollections
package import Rituals

/// Decides what is shown, when, again or not: a state machine without a clock, files or sockets.
///
/// Every event comes with the time it happened at; what it leads to is returned as effects. The engine holds
/// nothing that the journal, the configuration and the world could not give back. It is a router over a few
/// machines (docs/ARCHITECTURE.md): each changes its own state only, and the engine asks all of them what is
/// to be seen.
package struct Engine: Sendable {
  var timeline: Timeline
  var absent: AbsentRituals
  var reminders = Reminders()
  var holds = Holds()
  var plan = NotificationPlan()
  var conflict = ConflictTimeout()
  var prompts: Prompts
  /// True unless it is known that no window can be opened for a guide.
  package internal(set) var guidesOpen = true
  private var deadlines = Deadlines<Deadline>()
  /// Before the first configuration no time passes: a pause that is over must not end before what came during
  /// it is accounted for.
  var isConfigured = false

  /// Begins with what the journal holds. `alreadyHandled` are occurrences later than now that have come
  /// already and must not come again.
  package init(zone: Zone, snapshot: Snapshot, alreadyHandled: [Occurrence] = []) {
    timeline = Timeline(zone: zone, alreadyHandled: alreadyHandled)
    absent = AbsentRituals(snapshot)
    prompts = Prompts(draws: snapshot.draws)
    // Nothing happens at this instant: only deadlines are set.
    var step = Step(now: Instant(seconds: 0), deadlines: deadlines)
    restore(snapshot, &step)
    deadlines = step.deadlines
  }

  /// The instant at which `timePassed` is due; nil where nothing will happen by itself.
  package var nextDeadline: Instant? { isConfigured ? deadlines.earliest : nil }

  /// Takes an event that happened at `now`. Returns what is to be done about it, in this order.
  package mutating func handle(_ event: Event, at now: Instant) -> [Effect] {
    var step = Step(now: now, deadlines: deadlines)
    // The step has the only copy, so that setting a deadline copies nothing.
    deadlines = Deadlines()
    route(event, &step)
    // A reminder that has waited for too long ends before anything is placed.
    armReminders(&step)
    repeat {
      if isConfigured { passTime(&step) }
      settle(&step)
      // A reminder that left its notification may have waited for longer than its ritual keeps it.
    } while isConfigured && step.deadlines.earliest.map { $0 <= now } ?? false
    deadlines = step.deadlines
    return step.effects
  }

  private mutating func route(_ event: Event, _ step: inout Step) {
    switch event {
    case .configured(let rituals, let rules, let isComplete):
      configure(rituals, rules, isComplete: isComplete, &step)
    case .removed(let id): removeRitual(id, &step)
    case .decks(let decks): prompts.setDecks(decks)
    case .drew(let draws): for draw in draws { prompts.add(draw, &step) }
    case .timePassed: break
    case .clockSet(let alreadyHandled, let accounted):
      setClock(alreadyHandled: alreadyHandled, accounted: accounted, &step)
    case .zoneChanged(let zone): setZone(zone, &step)
    case .guidesOpen(let canOpen): setGuidesOpen(canOpen)
    case .circumstances(let circumstances): setCircumstances(circumstances, &step)
    case .ordered(let order): setOrder(order, &step)
    case .revoked(let subject): clearOrder(subject, &step)
    case .timeoutBegan(let until, let soothing): beginTimeout(until: until, soothing: soothing, &step)
    case .timeoutEnded: endTimeout(&step)
    case .serverAppeared(let server): serverAppeared(server, &step)
    case .serverAbsent(let reason): serverVanished(reason: reason, &step)
    case .notifySucceeded(let slot, let notification): notifySucceeded(slot, on: notification, &step)
    case .notifyDelayed(let slot, let reason): notifyDelayed(slot, reason: reason, &step)
    case .notifyFailed(let slot, let reason): notifyFailed(slot, reason: reason, &step)
    case .closed(let notification, let closing): notificationClosed(notification, closing, &step)
    case .pressed(let notification, let button): buttonPressed(button, on: notification, &step)
    case .guideBegan(let occurrence, let isOpen): guideBegan(occurrence, isOpen: isOpen, &step)
    case .replied(let notification, let text): saveReply(text, from: notification, &step)
    case .answered(let ritual, let answer): answerReminder(of: ritual, with: answer, by: .command, &step)
    case .acknowledged(let answers): setAcknowledged(answers, &step)
    }
  }

  private mutating func passTime(_ step: inout Step) {
    while let deadline = step.deadlines.take(through: step.now) {
      switch deadline {
      case .occurrence(let ritual): becomeDue(ritual, &step)
      case .lead(let ritual): giveLead(of: ritual, &step)
      case .reminder(let ritual): reminderDeadlineReached(ritual, &step)
      case .slot(let slot): retry(slot, &step)
      case .absence(let ritual): removeRitual(ritual, &step)
      case .order(let subject): clearOrder(subject, &step)
      case .timeout: timeoutDeadlineReached(&step)
      case .hold: recheckHolds(&step)
      }
    }
  }

  /// The end of each step: what waits is held or put on slots, slots that say something else are sent, and
  /// what nothing came to replace is closed.
  private mutating func settle(_ step: inout Step) {
    placeWaiting(&step)
    var outdated = plan.takeOutdated()
    while !outdated.isEmpty {
      for slot in outdated { send(slot, &step) }
      outdated = plan.takeOutdated()
    }
    plan.closeReleased(&step)
    armReminders(&step)
    armHold(&step)
  }

  private mutating func placeWaiting(_ step: inout Step) {
    var fresh: [RitualID] = []
    var released: [RitualID] = []
    for id in reminders.takeWaiting() {
      guard let reminder = reminders[id], !reminder.isSnoozed, plan.slotID(of: id) == nil,
        let ritual = timeline.ritual(id)
      else { continue }
      if let hold = hold(on: ritual, isOrdered: reminder.isOrdered, at: step.now) {
        reminders.hold(id, for: hold.reason, &step)
      } else if reminders.release(id) {
        released.append(id)
      } else {
        fresh.append(id)
      }
    }
    if released.count > 1 {
      plan.assign(.digest, to: released)
    } else {
      fresh += released
    }
    plan.place(fresh, among: reminders, &step)
  }

  /// The hold on a reminder of the ritual; nil where it may be shown. Quiet hours do not hold one that the
  /// user ordered to come.
  func hold(on ritual: Ritual, isOrdered: Bool = false, at now: Instant) -> Hold? {
    if let pause = holds.pause(of: ritual.id, at: now) { return .paused(until: pause.until) }
    if let hold = conflict.hold(at: now) { return hold }
    guard ritual.quiet == .respect else { return nil }
    return isOrdered ? holds.circumstanceHold : holds.quietHold(at: now, in: timeline.zone)
  }

  /// The hold that the ritual's open reminder would be under; nil where it has none.
  package func holdOnReminder(of id: RitualID, at now: Instant) -> Hold? {
    guard let ritual = timeline.ritual(id), let reminder = reminders[id] else { return nil }
    return hold(on: ritual, isOrdered: reminder.isOrdered, at: now)
  }

  private mutating func armReminders(_ step: inout Step) {
    for id in reminders.takeChanged().union(plan.takeChanged()) {
      let deadline = timeline.ritual(id).flatMap { ritual in
        reminders[id]?.deadline(ritual, isSending: plan.isSending(id))
      }
      step.deadlines.set(.reminder(id), to: deadline)
    }
  }
}
