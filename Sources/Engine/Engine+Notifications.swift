import CivilTime
import Rituals
import Schedules

/// From a slot to a notification on the screen, and what becomes of that.
extension Engine {
  /// Sends a slot's notification, where that is still right; or records that it waits for a server.
  mutating func send(_ id: Slot.ID, _ step: inout Step) {
    guard let slot = plan[id] else { return }
    plan.cancelRetry(id, &step)
    switch plan.server {
    case .unknown: return
    case .absent(let reason): return waitForServer(slot, reason: reason, &step)
    case .present: break
    }
    guard !slot.isSending else { return plan.markOutdated(id) }
    guard !endLate(on: slot, &step) else { return plan.touch(id) }
    let replaced = plan.replaced(by: id)
    guard mayShow(slot, id, isNew: replaced == nil, &step) else { return }
    let isDiscreet = isDiscreet(slot)
    if slot.kind == .ritual, !isDiscreet { drawPrompts(for: slot.members, &step) }
    let reminder = compose(slot, id, replacing: replaced, isDiscreet: isDiscreet)
    // A lead is no reminder.
    let occurrences = slot.kind == .lead ? [] : Set(reminder.items.map(\.occurrence))
    let content = Slot.Content(
      occurrences: occurrences, snoozes: reminder.snoozes, opensGuide: reminder.opensGuide)
    plan.send(id, content, isDiscreet: isDiscreet)
    step.perform(.show(reminder))
  }

  /// Ends a reminder that waited for the answer to another notification, and is too late by now.
  private mutating func endLate(on slot: Slot, _ step: inout Step) -> Bool {
    guard slot.kind != .lead else { return false }
    for id in slot.members {
      guard let reminder = reminders[id], let ritual = timeline.ritual(id),
        reminder.isTooLate(ritual.missed, at: step.now)
      else { continue }
      endReminder(of: id, reminder.outcomeOfWaiting(isSending: false), &step)
      return true
    }
    return false
  }

  /// False where a slot has to stay as it is, or goes. `isNew` says that it would not replace what is on the
  /// screen.
  private mutating func mayShow(_ slot: Slot, _ id: Slot.ID, isNew: Bool, _ step: inout Step) -> Bool {
    if slot.kind.isOfTimeout {
      guard isNew, timeoutHold(on: slot.kind, at: step.now) != nil else { return true }
      // It is shown when nothing holds it.
      plan.releaseTimeout(&step)
      return false
    }
    if slot.members.allSatisfy(absent.ids.contains) {
      // Its reminders are over: its `Notify` was in flight when the rituals became absent.
      if slot.kind != .lead, acknowledgedMembers(of: slot).isEmpty { plan.takeDown(id, &step) }
      return mayRenew(slot, isNew: isNew)
    }
    if slot.kind == .lead, isNew, let ritual = slot.members.first.flatMap({ timeline.ritual($0) }),
      hold(on: ritual, at: step.now) != nil
    {
      dismissLeads(of: slot.members, &step)
      return false
    }
    return true
  }

  /// Absent rituals are not shown anew. What is on the screen of them is sent again: it may say more than
  /// what is open, and its buttons are to speak to this process.
  private func mayRenew(_ slot: Slot, isNew: Bool) -> Bool {
    !isNew && acknowledgedMembers(of: slot) == slot.members
  }

  /// Draws a prompt for each reminder that is about to show its words: recorded with what is recorded before
  /// it is seen. Once a reminder, so that it says the same after a snooze, and after a crash.
  private mutating func drawPrompts(for ids: [RitualID], _ step: inout Step) {
    for id in ids {
      guard let reminder = reminders[id], reminder.prompt == nil, let ritual = timeline.ritual(id),
        let prompt = prompts.draw(for: reminder.occurrence, of: ritual, &step)
      else { continue }
      reminders.setPrompt(of: id, to: prompt)
    }
  }

  private func compose(_ slot: Slot, _ id: Slot.ID, replacing: NotificationID?, isDiscreet: Bool) -> Reminder
  {
    let rituals = slot.members.compactMap { known($0) }
    return Reminder(
      slot: id, kind: slot.kind, items: slot.members.compactMap { item(of: $0, on: slot) },
      timeout: slot.kind.isOfTimeout ? conflict.rest : nil,
      replacing: replacing,
      urgency: slot.kind.urgency(of: rituals), snoozes: slot.kind == .lead ? [] : snoozes(of: slot.members),
      // Other people could see a typed answer, where words have to be hidden.
      reply: slot.kind == .ritual && !isDiscreet ? rituals.first?.reply : nil,
      isDiscreet: isDiscreet,
      isNudge: slot.kind == .ritual && slot.members.contains { reminders[$0].map { $0.nudges > 0 } ?? false },
      opensGuide: opensGuide(slot))
  }

  /// False where no window opens, or none did when the user wanted to begin.
  private func opensGuide(_ slot: Slot) -> Bool {
    guidesOpen && !slot.members.contains { reminders[$0]?.beginning == .failed }
  }

  /// Guides can be opened in a window, or cannot: what is on the screen of them is sent again.
  mutating func setGuidesOpen(_ canOpen: Bool) {
    guard canOpen != guidesOpen else { return }
    guidesOpen = canOpen
    if canOpen { reminders.forgetFailedBeginnings() }
    for (id, slot) in plan.all where slot.isVisible {
      let hasGuide = slot.kind == .ritual && slot.members.contains { known($0)?.guide != nil }
      if hasGuide || slot.kind == .repair { plan.touch(id) }
    }
  }

  /// A ritual's part of a notification. One that is unread has the title that was recorded.
  private func item(of id: RitualID, on slot: Slot) -> Reminder.Item? {
    let reminder = reminders[id]
    let scheduled = slot.kind == .lead ? timeline.givenLead(of: id) : reminder?.occurrence.scheduled
    guard let scheduled else { return nil }
    let occurrence = Occurrence(ritual: id, scheduled: scheduled)
    guard let ritual = known(id) else {
      return reminder.map {
        Reminder.Item(occurrence: occurrence, title: $0.title, message: nil, prompt: nil, guide: nil)
      }
    }
    return Reminder.Item(ritual, occurrence, prompt: slot.kind == .ritual ? reminder?.prompt : nil)
  }

  // MARK: What became of it

  /// `Notify` succeeded.
  mutating func notifySucceeded(_ id: Slot.ID, on notification: NotificationID, _ step: inout Step) {
    guard let slot = plan.acknowledge(id, on: notification, &step) else { return }
    if slot.kind.isOfTimeout { return timeoutShown(id, slot, on: notification, &step) }
    if slot.kind == .lead { return recordTracking(of: slot.members[0], &step) }
    // A reminder that joined the slot while this was in flight is not seen before the next one.
    for member in acknowledgedMembers(of: slot) {
      reminders.show(member, on: notification, timeline.ritual(member)?.nudge, &step)
    }
  }

  /// `Notify` takes long: recorded once. Sent again it would be there twice, when the server goes on.
  mutating func notifyDelayed(_ id: Slot.ID, reason: String, _ step: inout Step) {
    guard let slot = plan[id], slot.isSending else { return }
    recordUndelivered(slot, reason: reason, &step)
  }

  /// `Notify` failed: tried again later, and recorded once.
  mutating func notifyFailed(_ id: Slot.ID, reason: String, _ step: inout Step) {
    guard let sent = plan.fail(id), let slot = plan[id] else { return }
    // It says something else now, which was not tried.
    if sent.isOutdated { return retry(id, &step) }
    recordUndelivered(slot, reason: reason, &step)
    plan.retryLater(id, &step)
  }

  /// Tries again to show a slot; what was never seen is held where something holds it now.
  mutating func retry(_ id: Slot.ID, _ step: inout Step) {
    guard let slot = plan[id], !slot.isSending else { return }
    if !slot.isOnScreen, slot.kind != .lead {
      // A reminder that was put away does not come back with the others.
      let isAnyWanted = !slot.members.allSatisfy(isPutAway)
      for member in slot.members where isAnyWanted && isPutAway(member) { plan.detach(member, &step) }
      for member in plan[id]?.members ?? [] where holdOnReminder(of: member, at: step.now) != nil {
        plan.detach(member, &step)
        reminders.wait(member)
      }
    }
    plan.touch(id)
  }

  private func isPutAway(_ id: RitualID) -> Bool { reminders[id]?.phase == .closed }

  /// A notification left the screen without an answer; its reminders can still be answered.
  mutating func notificationClosed(_ notification: NotificationID, _ closing: Closing, _ step: inout Step) {
    guard let id = plan.slotID(of: notification), let slot = plan[id], slot.isOnScreen else { return }
    if slot.kind.isOfTimeout { return timeoutClosed(id, &step) }
    if slot.kind == .lead {
      plan.close(id, isMeant: false, &step)
      return dismissLeads(of: slot.members, &step)
    }
    // The user did not mean a reminder that is still to come in its place.
    let isMeant = slot.members.allSatisfy { reminders[$0]?.phase == .shown(notification) }
    plan.close(id, isMeant: isMeant, &step)
    for member in slot.members { reminders.close(member, from: notification, closing, &step) }
  }

  // MARK: The server

  /// A notification server is there. What it has on the screen already is sent again in place, so that its
  /// buttons speak to this process; all else that is to be seen is put on new slots.
  mutating func serverAppeared(_ server: String, _ step: inout Step) {
    setServer(.present(server), &step)
    for (id, slot) in plan.all {
      if plan.replaced(by: id) != nil || slot.kind == .lead || isWanted(id, slot) {
        plan.touch(id)
      } else if !slot.members.allSatisfy(isPutAway) {
        for member in slot.members {
          plan.detach(member, &step)
          reminders.wait(member)
        }
      }
    }
  }

  /// There is no notification server; what was on its way to one did not arrive.
  mutating func serverVanished(reason: String, _ step: inout Step) {
    let wasAbsent = plan.isServerAbsent
    setServer(.absent(reason: reason), &step)
    guard !wasAbsent else { return }
    for (id, slot) in plan.all {
      let isDue = slot.members.contains { reminders[$0]?.phase == .due }
      let wasSending = plan.serverVanished(id, &step)
      guard slot.isVisible || isWanted(id, slot) || isDue, slot.kind != .lead else { continue }
      guard wasSending else {
        waitForServer(slot, reason: reason, &step)
        continue
      }
      // The server may have died of it: another one is not asked for at once.
      recordUndelivered(slot, reason: reason, &step)
      plan.retryLater(id, &step)
    }
  }

  private mutating func setServer(_ server: NotificationPlan.Server, _ step: inout Step) {
    let wasTimeoutUnclosed = plan.unclosedTimeout != nil
    // A reminder is about to take the place of its lead, whose number stays written down until then (decision
    // 0004).
    for ritual in plan.setServer(server, &step) where reminders[ritual] == nil {
      recordTracking(of: ritual, &step)
    }
    if wasTimeoutUnclosed { conflict.closed(&step) }
  }

  /// A slot cannot be seen: that is recorded for those who never were, and a server is asked for.
  private mutating func waitForServer(_ slot: Slot, reason: String, _ step: inout Step) {
    guard slot.kind != .lead else { return }
    recordUndelivered(slot, reason: reason, &step)
    step.seekServer()
  }

  private mutating func recordUndelivered(_ slot: Slot, reason: String, _ step: inout Step) {
    for id in slot.members { reminders.recordUndelivered(id, reason: reason, &step) }
  }
}

extension Reminder.Kind {
  /// The urgency of a notification about these rituals.
  fileprivate func urgency(of rituals: [Ritual]) -> Urgency {
    let highest = rituals.map(\.urgency).max { $0.rank < $1.rank } ?? .normal
    return switch self {
    case .ritual, .summary: highest
    case .lead: highest == .low ? .low : .normal
    case .digest, .soothing: .low
    case .comeBack, .repair: .normal
    }
  }
}

extension Urgency {
  fileprivate var rank: Int {
    switch self {
    case .low: 0
    case .normal: 1
    case .critical: 2
    }
  }
}
