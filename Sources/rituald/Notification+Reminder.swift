import CivilTime
import Desktop
import Engine
import Rituals
import Schedules

extension Notification {
  /// A reminder, as it is sent. It stays until it is answered, where the server keeps to that.
  init(_ reminder: Reminder) {
    let snoozes = reminder.snoozes.enumerated().map { index, span in
      Action(key: Button.snooze(index).key, label: "Snooze \(span)")
    }
    self.init(
      summary: reminder.title, body: reminder.message,
      // The first snooze stands between the answers; servers with room for few buttons cut the rest.
      actions: [Action(key: Button.body.key, label: "Done"), Action(key: Button.done.key, label: "Done")]
        + snoozes.prefix(1) + [Action(key: Button.skip.key, label: "Skip")] + snoozes.dropFirst(),
      urgency: Urgency(reminder.urgency), category: "x-ritual.reminder", expiration: .never,
      tag: "ritual-\(reminder.occurrence.ritual)-\(reminder.occurrence.scheduled.microseconds)",
      iconName: "io.ritual.Ritual")
  }
}

extension Notification.Urgency {
  init(_ urgency: Rituals.Urgency) {
    switch urgency {
    case .low: self = .low
    case .normal: self = .normal
    case .critical: self = .critical
    }
  }
}

/// Buttons as the keys of a notification's actions.
extension Button {
  var key: String {
    switch self {
    case .body: Notification.Action.defaultKey
    case .done: "done"
    case .skip: "skip"
    case .snooze(let index): "snooze-\(index)"
    }
  }

  /// Nil for a key that we did not send.
  init?(key: String) {
    switch key {
    case Notification.Action.defaultKey: self = .body
    case "done": self = .done
    case "skip": self = .skip
    default:
      guard key.hasPrefix("snooze-"), let index = Int(key.dropFirst("snooze-".count)) else { return nil }
      self = .snooze(index)
    }
  }
}
