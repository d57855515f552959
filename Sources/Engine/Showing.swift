import CivilTime
import OrderedCollections
import Rituals

/// Reminders on their way to the screen, on it, and off it.
extension Engine {
  /// Sends a reminder to the notification server, or says that it waits for one.
  mutating func present(_ id: RitualID, _ step: inout Step) {
    guard var reminder = open[id], let ritual = tracks[id]?.ritual else { return }
    if let server {
      reminder.isSending = true
      let replacing = reminder.display.flatMap { $0.server == server ? $0 : nil }
      step.perform(.show(Reminder(of: ritual, reminder.occurrence, replacing: replacing)))
    } else if isServerAbsent, reminder.phase == .due {
      waitForServer(reminder, &step)
    }
    open[id] = reminder
    armReminder(id, at: step.now)
  }

  /// A notification server is there. What waits for one is shown; so is what another one had on the screen.
  /// What this one has already is sent again in place, so that its buttons speak to this process.
  mutating func meet(_ server: String, _ step: inout Step) {
    self.server = server
    isServerAbsent = false
    for (id, reminder) in open {
      switch reminder.phase {
      case .due where !isTooLate(id, at: step.now), .shown: present(id, &step)
      case .due, .closed, .snoozed: continue
      }
    }
  }

  /// `Notify` succeeded.
  mutating func confirm(_ occurrence: Occurrence, on display: Display, _ step: inout Step) {
    guard var reminder = open[occurrence.ritual], reminder.occurrence == occurrence else {
      return step.perform(.close(display))
    }
    reminder.isSending = false
    reminder.failures = 0
    switch reminder.phase {
    case .due, .shown:
      if reminder.phase != .shown(display) {
        step.record(occurrence, title: reminder.title, .shown(display))
      }
      reminder.phase = .shown(display)
      reminder.display = display
    case .closed, .snoozed:
      step.perform(.close(display))
    }
    open[occurrence.ritual] = reminder
    armReminder(occurrence.ritual, at: step.now)
  }

  /// `Notify` failed: tried again later, and told once.
  mutating func fail(_ occurrence: Occurrence, reason: String, _ step: inout Step) {
    guard var reminder = open[occurrence.ritual], reminder.occurrence == occurrence, reminder.isSending else {
      return
    }
    reminder.isSending = false
    reminder.failures += 1
    if reminder.failures == 1, reminder.phase == .due {
      step.record(occurrence, title: reminder.title, .undelivered(reason: reason))
    }
    open[occurrence.ritual] = reminder
    armReminder(occurrence.ritual, at: step.now)
  }

  /// A notification left the screen without an answer; the reminder can still be answered.
  mutating func leave(_ display: Display, _ closing: Closing, _ step: inout Step) {
    guard let id = shown(on: display), var reminder = open[id], reminder.phase == .shown(display) else {
      return
    }
    step.record(reminder.occurrence, title: reminder.title, .closed(closing))
    reminder.phase = .closed
    open[id] = reminder
    armReminder(id, at: step.now)
  }

  /// The ritual whose reminder is, or last was, this notification.
  func shown(on display: Display) -> RitualID? {
    open.first { $0.value.display == display }?.key
  }

  /// The reminder's own deadline has come.
  mutating func reach(_ id: RitualID, _ step: inout Step) {
    guard var reminder = open[id], let ritual = tracks[id]?.ritual else { return }
    switch reminder.phase {
    case .snoozed(let until):
      if let chance = ritual.missed.lastChance(for: until), chance < step.now {
        _ = end(id, .missed(.absent, count: 1), &step)
        return
      }
      reminder.phase = .due
      reminder.due = until
      reminder.failures = 0
      open[id] = reminder
      step.record(reminder.occurrence, title: ritual.title, .due)
      present(id, &step)
    case .due:
      if isTooLate(id, at: step.now) {
        _ = end(id, .missed(.undelivered, count: 1), &step)
      } else if server != nil {
        present(id, &step)
      } else {
        armReminder(id, at: step.now)
      }
    case .shown:
      if server != nil { present(id, &step) }
    case .closed:
      break
    }
  }

  /// There is no notification server; what was on its way to one did not arrive.
  mutating func missServer(_ step: inout Step) {
    guard !isServerAbsent else { return }
    server = nil
    isServerAbsent = true
    for (id, reminder) in open {
      open[id]?.isSending = false
      armReminder(id, at: step.now)
      switch reminder.phase {
      case .due: waitForServer(reminder, &step)
      case .shown: step.seekServer()
      case .closed, .snoozed: continue
      }
    }
  }

  /// A reminder that is due cannot be seen: that is told, and a server is asked for.
  private func waitForServer(_ reminder: OpenReminder, _ step: inout Step) {
    step.record(
      reminder.occurrence, title: reminder.title, .undelivered(reason: "there is no notification server"))
    step.seekServer()
  }

  /// Whether a reminder that is due has had its last chance to be shown.
  private func isTooLate(_ id: RitualID, at now: Instant) -> Bool {
    guard let reminder = open[id], let chance = tracks[id]?.ritual.missed.lastChance(for: reminder.due) else {
      return false
    }
    return chance < now
  }

  /// Sets the reminder's deadline from its phase.
  mutating func armReminder(_ id: RitualID, at now: Instant) {
    deadlines.set(.reminder(id), to: reminderDeadline(id, at: now))
  }

  private func reminderDeadline(_ id: RitualID, at now: Instant) -> Instant? {
    guard let reminder = open[id], let ritual = tracks[id]?.ritual else { return nil }
    let retry = reminder.failures > 0 ? now.advanced(byMicroseconds: reminder.retryDelay) : nil
    switch reminder.phase {
    case .snoozed(let until):
      return until
    case .due:
      if reminder.isSending { return nil }
      let tooLate = ritual.missed.lastChance(for: reminder.due)?.advanced(byMicroseconds: 1)
      return [server == nil ? nil : retry, tooLate].compactMap(\.self).min()
    case .shown:
      return reminder.isSending || server == nil ? nil : retry
    case .closed:
      return nil
    }
  }
}
