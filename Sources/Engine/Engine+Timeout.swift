import CivilTime
import Rituals

/// The timeout: what it asks, what it offers, and what it takes off the screen.
extension Engine {
  /// Begins a rest, or lengthens the one that is.
  mutating func beginTimeout(until: Instant, soothing: String?, _ step: inout Step) {
    if let timeout, timeout.holds(at: step.now) {
      return setTimeout(Timeout(since: timeout.since, until: max(timeout.until, until)), &step)
    }
    beginRest(until: until, &step)
    conflict.setSoothing(soothing)
    if soothing != nil, !holds.hidesWords, timeoutHold(on: .soothing, at: step.now) == nil {
      plan.assignTimeout(.soothing)
    }
  }

  private mutating func beginRest(until: Instant, _ step: inout Step) {
    plan.releaseTimeout(&step)
    setTimeout(Timeout(since: step.now, until: until), &step)
    dismissLeads(of: plan.leads, &step)
    withdraw(reminders.ids, &step)
    recheckHolds(&step)
  }

  /// Both are back: a repair is offered, once.
  mutating func endTimeout(_ step: inout Step) {
    guard let timeout, timeout.stage != .offering else { return }
    enter(Timeout(since: timeout.since, until: min(timeout.until, step.now), stage: .offering), &step)
  }

  /// The end of the rest, of the wait for an answer, or of the offer.
  mutating func timeoutDeadlineReached(_ step: inout Step) {
    guard let timeout else { return }
    let passed = timeout.until.microseconds(until: step.now)
    if timeout.stage == .offering || passed >= Timeout.keeps {
      enter(nil, &step)
    } else if timeout.stage != .resting || passed >= Timeout.patience {
      enter(timeout.entering(.offering), &step)
    } else {
      enter(timeout.entering(.asking), &step)
    }
  }

  private mutating func enter(_ timeout: Timeout?, _ step: inout Step) {
    plan.releaseTimeout(&step)
    setTimeout(timeout, &step)
    recheckHolds(&step)
  }

  private mutating func setTimeout(_ timeout: Timeout?, _ step: inout Step) {
    conflict.set(timeout, unclosed: plan.unclosedTimeout, &step)
  }

  /// The clock was set back to before it: it lasts as long as was said, and no longer.
  mutating func setTimeoutClock(_ step: inout Step) {
    guard let timeout else { return }
    let length = timeout.since.microseconds(until: timeout.until)
    if timeout.stage == .resting, timeout.since > step.now {
      setTimeout(Timeout(since: step.now, until: step.now.advanced(byMicroseconds: length)), &step)
    } else if timeout.stage != .resting, timeout.until > step.now {
      setTimeout(
        Timeout(
          since: timeout.since, until: step.now, stage: timeout.stage, notification: timeout.notification),
        &step)
    }
  }

  /// The hold on a notification of a timeout. The question was asked for, so that quiet times do not hold it;
  /// but behind a locked screen nobody sees it.
  func timeoutHold(on kind: Reminder.Kind, at now: Instant) -> Hold? {
    if kind == .repair { return holdOnAll(at: now) }
    return holds.isLocked ? .circumstance(.locked) : nil
  }

  /// Shows what is to be seen of it, where nothing holds it.
  mutating func showTimeout(_ step: inout Step) {
    guard let kind = conflict.wantedKind, plan.slotOfTimeout == nil,
      timeoutHold(on: kind, at: step.now) == nil
    else { return }
    plan.assignTimeout(kind)
  }

  /// True where the slot is the timeout's and is to be seen.
  func isWanted(_ id: Slot.ID, _ slot: Slot) -> Bool { id == plan.slotOfTimeout && conflict.wants(slot) }

  /// Its notification is on the screen.
  mutating func timeoutShown(_ id: Slot.ID, _ slot: Slot, on notification: NotificationID, _ step: inout Step)
  {
    guard isWanted(id, slot), let timeout else { return }
    setTimeout(timeout.shown(on: notification), &step)
  }

  /// Its notification left the screen without an answer: it is not shown again. The slot is kept for a press
  /// that is told of late.
  mutating func timeoutClosed(_ id: Slot.ID, _ step: inout Step) {
    plan.close(id, isMeant: true, &step)
    guard let slot = plan[id], isWanted(id, slot), let timeout else { return }
    setTimeout(slot.kind == .comeBack ? timeout.entering(.asked) : nil, &step)
  }

  mutating func timeoutPressed(_ button: Button, on id: Slot.ID, _ step: inout Step) {
    guard id == plan.slotOfTimeout, let kind = plan[id]?.kind else { return }
    switch (kind, button) {
    case (.comeBack, .body), (.comeBack, .done): endTimeout(&step)
    case (.comeBack, .snooze): beginRest(until: step.now.advanced(byMicroseconds: Timeout.more), &step)
    case (.repair, .body), (.repair, .begin):
      finishTimeout(&step)
      step.perform(.begin(guide: ConflictTimeout.repair))
    case (.repair, .skip), (.repair, .done): finishTimeout(&step)
    case (.soothing, .body): plan.releaseTimeout(&step)
    default: break
    }
  }

  private mutating func finishTimeout(_ step: inout Step) {
    plan.releaseTimeout(&step)
    setTimeout(nil, &step)
  }
}
