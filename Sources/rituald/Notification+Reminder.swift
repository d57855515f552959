import CivilTime
import Desktop
import Engine
import Phrases
import Rituals
import Schedules

extension Notification {
  /// The notification of a reminder. It stays until it is answered, if the server keeps to that;
  /// notifications that ask nothing expire.
  init(
    _ reminder: Reminder, in zone: Zone, tags: ReminderTags,
    prompt: (Reminder.Item.Prompt) -> String? = { _ in nil }
  ) {
    let words = ReminderText(reminder, in: zone, prompt)
    self.init(
      summary: words.summary, body: words.body, actions: Self.actions(of: reminder),
      reply: reminder.reply.map { Self.reply($0) },
      urgency: Urgency(reminder.urgency), isNudge: reminder.isNudge, category: "x-ritual.reminder",
      expiration: reminder.expires ? .serverDefault : .never, tag: tags.tag(of: reminder),
      iconName: "io.ritual.Ritual")
  }

  private static func actions(of reminder: Reminder) -> [Action] {
    switch reminder.kind {
    case .lead, .soothing: return []
    case .comeBack:
      return [
        Action(key: Button.body.key, label: "Ready"), Action(key: Button.done.key, label: "Ready"),
        Action(key: Button.snooze(0).key, label: "10 more minutes"),
      ]
    case .repair:
      return [
        Action(key: Button.body.key, label: "Begin"), Action(key: Button.begin.key, label: "Begin"),
        Action(key: Button.skip.key, label: "Not now"),
      ]
    case .ritual, .summary, .digest: break
    }
    let isOne = reminder.items.count == 1
    let snoozes = reminder.snoozes.enumerated().map { index, span in
      Action(key: Button.snooze(index).key, label: isOne ? "Snooze \(span)" : "Snooze all \(span)")
    }
    // A click on a notification of several rituals is no answer to any of them.
    let hasGuide = isOne && reminder.items[0].guide != nil
    let body = isOne ? [Action(key: Button.body.key, label: hasGuide ? "Begin" : "Done")] : []
    let begin = hasGuide ? [Action(key: Button.begin.key, label: "Begin", isSpare: true)] : []
    // The first snooze stands between the answers: servers with room for few buttons cut the last ones.
    return body + begin + [Action(key: Button.done.key, label: isOne ? "Done" : "All done")]
      + snoozes.prefix(1) + [Action(key: Button.skip.key, label: isOne ? "Skip" : "Skip all")]
      + snoozes.dropFirst()
  }

  private static func reply(_ kind: Note.Kind) -> Reply {
    kind == .appreciation
      ? Reply(label: "Appreciate", placeholder: "What did you notice?")
      : Reply(label: "Write", placeholder: "For your eyes only")
  }
}

/// The text of a reminder.
private struct ReminderText {
  let summary: String
  let body: String?

  init(_ reminder: Reminder, in zone: Zone, _ prompt: (Reminder.Item.Prompt) -> String?) {
    let items = reminder.items
    if reminder.isDiscreet {
      summary = items.count > 1 ? "\(items.count) reminders" : "Reminder"
      body = nil
      return
    }
    switch reminder.kind {
    case .ritual:
      summary = items.first?.title ?? ""
      body = items.first?.prompt.flatMap(prompt) ?? items.first?.message
    case .lead:
      let time = items.first.map { Self.time(of: $0, in: zone) } ?? ""
      summary = "\(items.first?.title ?? "") at \(time)"
      body = items.first?.message
    case .summary:
      summary = "\(items.count) rituals"
      body = items.map(\.title).joined(separator: "\n")
    case .digest:
      summary = "While it was quiet"
      body = items.map { "\(Self.time(of: $0, in: zone)) \($0.title)" }.joined(separator: "\n")
    case .soothing:
      summary = reminder.timeout.map { "A break until \(Self.time(at: $0.until, in: zone))" } ?? "A break"
      body = reminder.timeout?.soothing
    case .comeBack:
      summary = "Ready to come back?"
      body = "Take ten more minutes if either of you needs them."
    case .repair:
      summary = "Back together"
      body = "When you are both calm: a few steps to mend what happened."
    }
  }

  private static func time(of item: Reminder.Item, in zone: Zone) -> String {
    time(at: item.occurrence.scheduled, in: zone)
  }

  private static func time(at instant: Instant, in zone: Zone) -> String {
    English.clock(zone.local(at: instant).civil)
  }
}

extension Reminder {
  /// True if its notification may expire, because it asks nothing.
  fileprivate var expires: Bool { kind == .lead || kind == .soothing }
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

/// Buttons and the keys of a notification's actions.
extension Button {
  var key: String {
    switch self {
    case .body: Notification.Action.defaultKey
    case .begin: "begin"
    case .done: "done"
    case .skip: "skip"
    case .snooze(let index): "snooze-\(index)"
    }
  }

  /// Nil for a key that the daemon does not send.
  init?(key: String) {
    switch key {
    case Notification.Action.defaultKey: self = .body
    case "begin": self = .begin
    case "done": self = .done
    case "skip": self = .skip
    default:
      guard key.hasPrefix("snooze-"), let index = Int(key.dropFirst("snooze-".count)) else { return nil }
      self = .snooze(index)
    }
  }
}
