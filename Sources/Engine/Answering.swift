import CivilTime
import OrderedCollections
import Rituals
import Schedules

/// Answers, and other ends.
extension Engine {
  /// A button was pressed. A press on a notification that is no reminder's any more means nothing.
  mutating func press(_ button: Button, on display: Display, _ step: inout Step) {
    guard let id = shown(on: display), let ritual = tracks[id]?.ritual else { return }
    switch button {
    case .body, .done:
      answer(id, with: .done, by: .notification, &step)
    case .skip:
      answer(id, with: .skip, by: .notification, &step)
    case .snooze(let index):
      guard ritual.snoozes.indices.contains(index) else { return }
      let until = step.now.advanced(byMicroseconds: ritual.snoozes[index].microseconds)
      answer(id, with: .snooze(until: until), by: .notification, &step)
    }
  }

  /// Answers the ritual's open reminder, where it has one.
  mutating func answer(_ id: RitualID, with answer: Answer, by answerer: Answerer, _ step: inout Step) {
    guard var reminder = open[id] else { return }
    let display: Display?
    switch answer {
    case .done: display = end(id, .done(by: answerer), &step)
    case .skip: display = end(id, .skipped(by: answerer), &step)
    case .snooze(let until):
      display = onScreen(id)
      step.record(reminder.occurrence, title: reminder.title, .snoozed(until: until, by: answerer))
      reminder.phase = .snoozed(until: until)
      reminder.display = nil
      open[id] = reminder
      armReminder(id, at: step.now)
    }
    if let display { step.perform(.close(display)) }
  }

  /// Ends the ritual's open reminder, where it has one. Returns the notification that it leaves on the screen.
  mutating func end(_ id: RitualID, _ outcome: Happening, _ step: inout Step) -> Display? {
    let display = onScreen(id)
    guard let reminder = open.removeValue(forKey: id) else { return nil }
    deadlines.set(.reminder(id), to: nil)
    step.record(reminder.occurrence, title: reminder.title, outcome)
    return display
  }

  /// The notification that the ritual has on the screen of the server that is there.
  private func onScreen(_ id: RitualID) -> Display? {
    guard case .shown(let display) = open[id]?.phase, display.server == server else { return nil }
    return display
  }
}
