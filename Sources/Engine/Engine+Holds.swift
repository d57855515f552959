import CivilTime
import Rituals

/// Holds on reminders, hidden words, and the events that change them.
extension Engine {
  func holdOnAll(at now: Instant) -> Hold? { holds.holdOnAll(at: now, in: timeline.zone) }

  /// Looks again at every reminder that is held.
  mutating func recheckHolds(_ step: inout Step) {
    for id in reminders.inOrder(reminders.held) { reminders.wait(id) }
    showTimeout(&step)
  }

  /// Wakes up when the first of the holds ends by itself.
  mutating func armHold(_ step: inout Step) {
    var ends = reminders.held.compactMap { holdOnReminder(of: $0, at: step.now)?.until }
    if conflict.wantedKind == .repair, plan.slotOfTimeout == nil, let until = holdOnAll(at: step.now)?.until {
      ends.append(until)
    }
    step.deadlines.set(.hold, to: ends.min())
  }

  mutating func setCircumstances(_ circumstances: Set<Circumstance>, _ step: inout Step) {
    guard holds.setCircumstances(circumstances) else { return }
    recheckHolds(&step)
    recheckDiscretion()
  }

  mutating func setOrder(_ order: Order, _ step: inout Step) {
    holds.setOrder(order, &step)
    switch order.subject {
    case .pause(let id):
      dismissLeads(of: id.map { [$0] } ?? plan.leads, &step)
      withdraw(id.map { [$0] } ?? reminders.ids, &step)
    case .discretion: recheckDiscretion()
    }
    recheckHolds(&step)
  }

  mutating func clearOrder(_ subject: Order.Subject, _ step: inout Step) {
    guard holds.clearOrder(subject, &step) else { return }
    recheckHolds(&step)
    recheckDiscretion()
  }

  /// Takes reminders off the screen, to be held; what was put away already stays so.
  mutating func withdraw(_ ids: [RitualID], _ step: inout Step) {
    for id in ids where reminders[id]?.phase != .closed && plan.slotID(of: id) != nil {
      plan.detach(id, &step)
      reminders.wait(id)
    }
  }

  /// True where a slot has to show neutral words.
  func isDiscreet(_ slot: Slot) -> Bool {
    holds.hidesWords(
      isPrivate: slot.kind.isOfTimeout || slot.members.contains { known($0)?.isPrivate ?? true })
  }

  /// Sends again what is on the screen in words that are not right any more.
  mutating func recheckDiscretion() {
    for (id, slot) in plan.all where slot.isVisible && slot.isDiscreet != isDiscreet(slot) { plan.touch(id) }
  }
}
