import CivilTime
import Control

/// What happened, in words.
enum Wording {
  static func text(_ entry: LogEntry, now: Instant) -> String {
    switch entry.what {
    case "due": "due"
    case "shown": "shown"
    case "undelivered": "waits to be shown: \(entry.reason ?? "")"
    case "closed":
      switch entry.reason {
      case "dismissed": "put away, not answered"
      case "timed-out": "left the screen by itself, not answered"
      default: "left the screen, not answered"
      }
    case "snoozed": "snoozed until " + (entry.until.map { When($0, now: now).absolute } ?? "later")
    case "done": "done"
    case "skipped": "skipped"
    case "missed":
      (entry.count > 1 ? "missed \(entry.count) times: " : "missed: ")
        + (entry.reason == "undelivered" ? "nothing could show it" : "the machine was away")
    case "expired":
      entry.reason == "removed" ? "ended: the ritual was removed" : "ended unanswered: the next one came"
    default: entry.what
    }
  }

  static func text(_ reminder: OpenReminder, now: Instant) -> String {
    switch reminder.phase {
    case "due": "waits to be shown"
    case "shown": "on the screen"
    case "closed": "put away, not answered"
    case "snoozed": "snoozed until " + (reminder.until.map { When($0, now: now).absolute } ?? "later")
    default: reminder.phase
    }
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
