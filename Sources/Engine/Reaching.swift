import CivilTime
import Rituals

/// The own deadline of an open reminder: a snooze's end, a nudge, or the end of its time to be shown.
extension Engine {
  mutating func reach(_ id: RitualID, _ step: inout Step) {
    guard let reminder = open[id], let ritual = tracks[id]?.ritual else { return }
    switch reminder.phase {
    case .snoozed(let until): wake(id, ritual, at: until, &step)
    case .due: if isTooLate(id, at: step.now) { end(id, outcomeOfWaiting(reminder), &step) }
    case .shown, .closed: nudge(id, ritual, &step)
    }
  }

  /// True where the ritual's reminder is due and has waited for longer than it keeps.
  func isTooLate(_ id: RitualID, at now: Instant) -> Bool {
    guard let reminder = open[id], reminder.phase == .due, reminder.canBeLate else { return false }
    return tracks[id]?.ritual.missed.lastChance(for: reminder.due).map { $0 < now } ?? false
  }

  /// A snooze is over.
  private mutating func wake(_ id: RitualID, _ ritual: Ritual, at until: Instant, _ step: inout Step) {
    if let chance = ritual.missed.lastChance(for: until), chance < step.now {
      let cause = leftOut(id, at: until)
      return end(id, cause.map { .skipped(by: $0) } ?? .missed(.absent, count: 1), &step)
    }
    guard var reminder = open[id] else { return }
    reminder.phase = .due
    reminder.due = until
    reminder.nudges = 0
    reminder.isUndelivered = false
    reminder.wasSeen = false
    open[id] = reminder
    step.record(reminder.occurrence, title: ritual.title, .due)
    step.wait(id)
    armReminder(id)
  }

  /// Shows an unanswered reminder once more. A time for it that was slept through, or is a quiet one, is left
  /// out and not made up for.
  private mutating func nudge(_ id: RitualID, _ ritual: Ritual, _ step: inout Step) {
    guard var reminder = open[id] else { return }
    let passed = reminder.due.microseconds(until: step.now) / ritual.nudge.every
    reminder.nudges = min(max(Int(passed), reminder.nudges + 1), ritual.nudge.times)
    open[id] = reminder
    armReminder(id)
    let time = reminder.due.advanced(byMicroseconds: Int64(reminder.nudges) * ritual.nudge.every)
    guard time.microseconds(until: step.now) <= MissedPolicy.grace, server != nil,
      hold(on: ritual, at: step.now) == nil, !(reminder.card.flatMap { cards[$0] }?.isSending ?? false)
    else { return }
    step.record(reminder.occurrence, title: reminder.title, .nudged(reminder.nudges))
    // A server may replace in silence; a new notification is seen.
    if let card = reminder.card.flatMap({ cards[$0] }), card.members == [id], card.isOnScreen,
      let display = card.display
    {
      step.perform(.close(display))
      cards[reminder.card ?? 0]?.isOnScreen = false
    }
    detach(id, &step)
    step.wait(id)
  }

  /// A reminder that was kept back is seen at last: the times for a nudge that have passed, or would follow
  /// at once, are left out.
  mutating func leaveOutNudges(of id: RitualID, shownAt now: Instant) {
    guard let reminder = open[id], let nudge = tracks[id]?.ritual.nudge, nudge.times > 0 else { return }
    let (passed, rest) = reminder.due.microseconds(until: now).quotientAndRemainder(dividingBy: nudge.every)
    let leftOut = Int(passed) + (rest > nudge.every / 2 ? 1 : 0)
    open[id]?.nudges = min(max(leftOut, reminder.nudges), nudge.times)
  }

  /// Sets the reminder's deadline from its phase.
  mutating func armReminder(_ id: RitualID) {
    deadlines.set(.reminder(id), to: reminderDeadline(id))
  }

  private func reminderDeadline(_ id: RitualID) -> Instant? {
    guard let reminder = open[id], let ritual = tracks[id]?.ritual else { return nil }
    switch reminder.phase {
    case .snoozed(let until): return until
    case .due:
      if reminder.card.flatMap({ cards[$0] })?.isSending ?? false { return nil }
      guard reminder.canBeLate else { return nil }
      return ritual.missed.lastChance(for: reminder.due)?.advanced(byMicroseconds: 1)
    case .shown, .closed:
      guard reminder.nudges < ritual.nudge.times else { return nil }
      return reminder.due.advanced(byMicroseconds: Int64(reminder.nudges + 1) * ritual.nudge.every)
    }
  }
}
