import CivilTime
import Rituals
import Schedules

/// Answers, and other ends.
extension Engine {
  /// A button was pressed. A press on a notification that is no card's any more means nothing.
  mutating func press(_ button: Button, on display: Display, _ step: inout Step) {
    guard let id = displays[display], let card = cards[id] else { return }
    if card.kind.isOfTimeout { return pressTimeout(button, on: id, &step) }
    if card.kind == .lead { return dismissLead(of: card.members, &step) }
    // A reminder on its way to the screen has not been seen: a press does not answer it.
    let meant = confirmedMembers(of: card)
    let answer: Answer
    switch button {
    // Some servers tell of a click on the body though it was not offered; it says nothing of several at once.
    case .body where card.confirmed.count > 1: return
    case .begin where card.confirmed.count > 1 || guide(of: meant) == nil: return
    case .body, .begin:
      answer = .done
      if let guide = guide(of: meant) { step.perform(.begin(guide: guide.text)) }
    case .done: answer = .done
    case .skip: answer = .skip
    case .snooze(let index):
      let snoozes = card.confirmedSnoozes ?? snoozes(of: meant)
      guard snoozes.indices.contains(index) else { return }
      answer = .snooze(until: step.now.advanced(byMicroseconds: snoozes[index].microseconds))
    }
    for member in meant { self.answer(member, with: answer, by: .notification, &step) }
  }

  /// The rituals whose open reminders the notification of a card shows.
  func confirmedMembers(of card: Card) -> [RitualID] {
    card.members.filter { open[$0].map { card.confirmed.contains($0.occurrence) } ?? false }
  }

  /// The guide that the reminder of one ritual opens.
  private func guide(of ids: [RitualID]) -> ContentID? {
    guard ids.count == 1 else { return nil }
    return known(ids[0])?.guide
  }

  /// Answers the ritual's open reminder, where it has one.
  mutating func answer(_ id: RitualID, with answer: Answer, by answerer: Answerer, _ step: inout Step) {
    switch answer {
    case .done: end(id, .done(by: answerer), &step)
    case .skip: end(id, .skipped(by: answerer), &step)
    case .snooze(let until):
      guard let reminder = open[id] else { return }
      step.record(reminder.occurrence, title: reminder.title, .snoozed(until: until, by: answerer))
      detach(id, &step)
      release(id)
      open[id]?.phase = .snoozed(until: until)
      armReminder(id)
    }
  }

  /// Takes the answers that calendars have.
  mutating func acknowledge(_ answers: [RitualID: Instant], _ step: inout Step) {
    acknowledged = answers
    if isConfigured { endAcknowledged(&step) }
  }

  /// Ends the reminders that were answered in a calendar.
  mutating func endAcknowledged(_ step: inout Step) {
    for id in inOrder(open.keys) {
      guard let occurrence = open[id]?.occurrence, isAcknowledged(occurrence, at: step.now) else { continue }
      end(id, .done(by: .calendar), &step)
    }
  }

  /// Whether it was answered in a calendar. An answer from before its time was meant for another one; what a
  /// clock far ahead wrote is none.
  func isAcknowledged(_ occurrence: Occurrence, at now: Instant) -> Bool {
    guard let answer = acknowledged[occurrence.ritual] else { return false }
    return occurrence.scheduled <= answer && answer <= now.advanced(byMicroseconds: Self.clocksApart)
  }

  /// How far ahead another device's clock may be, in microseconds.
  private static let clocksApart: Int64 = 3_600_000_000

  /// Keeps what was typed into a notification, which answers its reminder. It is kept also where the reminder
  /// has ended in the meantime: nobody types it twice.
  mutating func keep(_ text: String, from display: Display, _ step: inout Step) {
    let card = displays[display].flatMap { cards[$0] }
    let ritual = card?.members.first
    let kind = ritual.flatMap { known($0)?.reply } ?? .note
    step.record(.note(Note(kind, text, at: step.now, ritual: ritual)))
    guard let card, card.kind == .ritual, let id = confirmedMembers(of: card).first else { return }
    answer(id, with: .done, by: .notification, &step)
  }

  /// Ends the ritual's open reminder, where it has one.
  mutating func end(_ id: RitualID, _ outcome: Happening, _ step: inout Step) {
    guard let reminder = open[id] else { return }
    step.record(reminder.occurrence, title: reminder.title, outcome)
    detach(id, &step)
    open[id] = nil
    held.remove(id)
    deadlines.set(.reminder(id), to: nil)
  }

  /// The lengths of the snooze buttons of a notification about these rituals: those of the first, the usual
  /// ones where it cannot be read at present.
  func snoozes(of ids: [RitualID]) -> [TimeSpan] {
    guard let id = ids.first else { return [] }
    return known(id)?.snoozes ?? Defaults.standard.snoozes
  }
}
