import CivilTime
import Control

/// Words for what the daemon tells in its own vocabulary.
enum Wording {
  /// The words for a word of a later daemon, or of its journal, that this version does not know.
  static let unknown = "something that this version does not know"

  static func text(_ entry: Control.Entry, now: Instant) -> String {
    switch entry.what {
    case .due: "due"
    case .shown: "shown"
    case .undelivered: "waiting to be shown: \(entry.reason ?? "")"
    case .held: "kept back: \(hold(entry.reason))"
    case .nudged: "shown again"
    case .closed: closed(entry.reason)
    case .snoozed: snoozed(entry.until, now: now) + unknownAnswerer(entry.by)
    case .done: "done" + unknownAnswerer(entry.by)
    case .skipped:
      leftOut(entry.by)
        + (entry.count > 1 ? " (\(entry.count) times)" : "")
    case .missed:
      (entry.count > 1 ? "missed \(entry.count) times: " : "missed: ")
        + missed(entry.reason)
    case .expired: expired(entry.reason)
    case .unknown, .other: unknown
    }
  }

  /// True if an entry may end an occurrence. One that this version does not know may.
  static func mayBeEnd(_ entry: Control.Entry) -> Bool {
    ![.due, .held, .shown, .undelivered, .nudged, .closed, .snoozed].contains(entry.what)
  }

  static func text(_ reminder: Control.Reminder, now: Instant) -> String {
    switch reminder.phase {
    case .due: "waiting to be shown"
    case .held:
      "kept back: " + hold(reminder.reason)
        + (reminder.until.map { ", until \(When($0, now: now).absolute)" } ?? "")
    case .shown: "on the screen"
    case .closed: "put away, not answered"
    case .snoozed: snoozed(reminder.until, now: now)
    case .other: unknown
    }
  }

  /// Words for the reason that holds a reminder.
  static func hold(_ reason: String?) -> String {
    switch reason {
    case "paused": "paused"
    case "timeout": "a timeout"
    case "quiet-hours": "quiet hours"
    case "locked": "the screen is locked"
    case "do-not-disturb": "do not disturb"
    case "idle": "nobody is there"
    case "screen-shared": "the screen is shared"
    default: unknown
    }
  }

  /// Words for an order, without its time.
  static func text(_ order: Control.Order) -> String {
    switch order.what {
    case .paused, .discreet, .timeout: order.what.rawValue
    case .other: unknown
    }
  }

  private static func snoozed(_ until: Moment?, now: Instant) -> String {
    "snoozed until " + (until.map { When($0, now: now).absolute } ?? "later")
  }

  private static func closed(_ reason: String?) -> String {
    switch reason {
    case "dismissed": "put away, not answered"
    case "timed-out": "left the screen on its own, not answered"
    case "unknown", nil: "left the screen, not answered"
    default: "left the screen, not answered: \(unknown)"
    }
  }

  private static func leftOut(_ cause: String?) -> String {
    switch cause {
    case "pause": "left out, paused"
    case "timeout": "left out, during a timeout"
    default: "skipped" + unknownAnswerer(cause)
    }
  }

  private static func missed(_ reason: String?) -> String {
    switch reason {
    case "absent": "the machine was away"
    case "undelivered": "nothing could show it"
    case "held": "it was kept back for too long"
    case "clock": "the clock was wrong; its time is still to come"
    default: unknown
    }
  }

  private static func expired(_ reason: String?) -> String {
    switch reason {
    case "removed": "ended: the ritual was removed or disabled"
    case "superseded": "ended unanswered: the next one came"
    default: "ended unanswered: \(unknown)"
    }
  }

  /// Names an answerer that this version does not know; empty for those that it knows.
  private static func unknownAnswerer(_ answerer: String?) -> String {
    switch answerer {
    case "notification", "command", "pause", "timeout", "calendar", nil: ""
    default: ", by \(unknown)"
    }
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
