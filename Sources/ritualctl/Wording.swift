import CivilTime
import Control

/// What happened, in words.
enum Wording {
  static func text(_ entry: LogEntry, now: Instant) -> String {
    switch entry.what {
    case "due": "due"
    case "shown": "shown"
    case "undelivered": "waits to be shown: \(entry.reason ?? "")"
    case "held": "kept back: \(hold(entry.reason))"
    case "nudged": "shown once more"
    case "closed":
      switch entry.reason {
      case "dismissed": "put away, not answered"
      case "timed-out": "left the screen by itself, not answered"
      default: "left the screen, not answered"
      }
    case "snoozed": "snoozed until " + (entry.until.map { When($0, now: now).absolute } ?? "later")
    case "done": "done"
    case "skipped":
      leftOut(entry.by)
        + (entry.count > 1 ? " (\(entry.count) times)" : "")
    case "missed":
      (entry.count > 1 ? "missed \(entry.count) times: " : "missed: ")
        + missed(entry.reason)
    case "expired":
      entry.reason == "removed"
        ? "ended: the ritual was removed or disabled" : "ended unanswered: the next one came"
    default: entry.what
    }
  }

  static func text(_ reminder: OpenReminder, now: Instant) -> String {
    switch reminder.phase {
    case "due": "waits to be shown"
    case "held":
      "kept back: " + hold(reminder.reason)
        + (reminder.until.map { ", until \(When($0, now: now).absolute)" } ?? "")
    case "shown": "on the screen"
    case "closed": "put away, not answered"
    case "snoozed": "snoozed until " + (reminder.until.map { When($0, now: now).absolute } ?? "later")
    default: reminder.phase
    }
  }

  /// Why a reminder is kept back.
  static func hold(_ reason: String?) -> String {
    switch reason {
    case "paused": "paused"
    case "timeout": "a timeout"
    case "quiet-hours": "quiet hours"
    case "locked": "the screen is locked"
    case "do-not-disturb": "do not disturb"
    case "idle": "nobody is there"
    case "screen-shared": "the screen is shared"
    default: reason ?? "unknown"
    }
  }

  private static func leftOut(_ cause: String?) -> String {
    switch cause {
    case "pause": "left out, paused"
    case "timeout": "left out, during a timeout"
    default: "skipped"
    }
  }

  private static func missed(_ reason: String?) -> String {
    switch reason {
    case "undelivered": "nothing could show it"
    case "held": "it was kept back for too long"
    default: "the machine was away"
    }
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
