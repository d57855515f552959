import CivilTime
import Rituals
import Schedules

/// Answers of the user: by a button, a typed reply, a command, or a shared calendar.
extension Engine {
  /// A button was pressed. A press on a notification that is of no slot any more means nothing.
  mutating func buttonPressed(_ button: Button, on notification: NotificationID, _ step: inout Step) {
    guard let id = plan.slotID(of: notification), let slot = plan[id] else { return }
    if slot.kind.isOfTimeout { return timeoutPressed(button, on: id, &step) }
    if slot.kind == .lead { return dismissLeads(of: slot.members, &step) }
    // A reminder on its way to the screen has not been seen: a press does not answer it.
    let meant = acknowledgedMembers(of: slot)
    let isSingle = slot.acknowledged.occurrences.count <= 1
    let answer: Answer
    switch button {
    // Some servers tell of a click on the body though it was not offered; it says nothing of several at once.
    case .body where !isSingle: return
    case .begin where !isSingle: return
    case .begin: return beginGuide(of: meant, &step)
    case .body where slot.acknowledged.opensGuide && guide(of: meant) != nil:
      return beginGuide(of: meant, &step)
    case .body, .done: answer = .done
    case .skip: answer = .skip
    case .snooze(let index):
      let snoozes = slot.acknowledged.snoozes ?? snoozes(of: meant)
      guard snoozes.indices.contains(index) else { return }
      answer = .snooze(until: step.now.advanced(byMicroseconds: snoozes[index].microseconds))
    }
    for member in meant { answerReminder(of: member, with: answer, by: .notification, &step) }
  }

  /// The rituals whose open reminders the notification of a slot shows.
  func acknowledgedMembers(of slot: Slot) -> [RitualID] {
    slot.members.filter { id in
      reminders[id].map { slot.acknowledged.occurrences.contains($0.occurrence) } ?? false
    }
  }

  /// Opens the guide of a reminder. The reminder stays as it is until it is known whether a window is open.
  private mutating func beginGuide(of ids: [RitualID], _ step: inout Step) {
    guard let guide = guide(of: ids), let reminder = reminders[ids[0]], reminder.beginning != .asked else {
      return
    }
    reminders.setBeginning(of: ids[0], to: .asked)
    step.perform(.begin(guide: guide.text, of: reminder.occurrence))
  }

  /// A guide was to be opened. Its reminder is done where there is a window; else it comes again, and says
  /// what to type.
  mutating func guideBegan(_ occurrence: Occurrence, isOpen: Bool, _ step: inout Step) {
    let id = occurrence.ritual
    guard let reminder = reminders[id], reminder.occurrence == occurrence, reminder.beginning == .asked else {
      return
    }
    reminders.setBeginning(of: id, to: isOpen ? .none : .failed)
    guard !isOpen else { return answerReminder(of: id, with: .done, by: .notification, &step) }
    if !reminder.isSnoozed { showAnew(id, &step) }
  }

  /// The guide that the reminder of one ritual opens.
  private func guide(of ids: [RitualID]) -> ContentID? { ids.count == 1 ? known(ids[0])?.guide : nil }

  /// The lengths of the snooze buttons of a notification about these rituals: those of the first; the usual
  /// ones where it is unread.
  func snoozes(of ids: [RitualID]) -> [TimeSpan] {
    guard let id = ids.first else { return [] }
    return known(id)?.snoozes ?? Defaults.standard.snoozes
  }

  /// Answers the ritual's open reminder, where it has one.
  mutating func answerReminder(
    of id: RitualID, with answer: Answer, by answerer: Answerer, _ step: inout Step
  ) {
    switch answer {
    case .done: endReminder(of: id, .done(by: answerer), &step)
    case .skip: endReminder(of: id, .skipped(by: answerer), &step)
    case .snooze(let until):
      guard reminders[id] != nil else { return }
      reminders.snooze(id, until: until, by: answerer, &step)
      plan.detach(id, &step)
    }
  }

  /// Saves what was typed into a notification, which answers its reminder. It is saved also where the
  /// reminder has ended in the meantime: nobody types it twice.
  mutating func saveReply(_ text: String, from notification: NotificationID, _ step: inout Step) {
    let slot = plan.slotID(of: notification).flatMap { plan[$0] }
    let ritual = slot?.members.first
    let kind = ritual.flatMap { known($0)?.reply } ?? .note
    step.record(.note(Note(kind, text, at: step.now, ritual: ritual)))
    guard let slot, slot.kind == .ritual, let id = acknowledgedMembers(of: slot).first else { return }
    answerReminder(of: id, with: .done, by: .notification, &step)
  }

  /// Takes the answers that calendars have.
  mutating func setAcknowledged(_ answers: [RitualID: Instant], _ step: inout Step) {
    reminders.setAcknowledged(answers)
    if isConfigured { endAcknowledged(&step) }
  }

  /// Ends the reminders that were answered in a calendar.
  mutating func endAcknowledged(_ step: inout Step) {
    for id in reminders.ids {
      guard let occurrence = reminders[id]?.occurrence, reminders.isAcknowledged(occurrence, at: step.now)
      else { continue }
      endReminder(of: id, .done(by: .calendar), &step)
    }
  }
}
