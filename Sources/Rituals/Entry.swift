package import CivilTime

/// One line of the history: what happened to an occurrence, and when. Entries are durable before their
/// effect is seen, and are what `ritualctl log` and `watch` tell.
package struct Entry: Hashable, Sendable {
  package let occurrence: Occurrence
  /// The ritual's title then: history outlives the configuration. Private.
  package let title: String
  package let at: Instant
  package let happening: Happening

  package init(_ occurrence: Occurrence, title: String, at: Instant, _ happening: Happening) {
    self.occurrence = occurrence
    self.title = title
    self.at = at
    self.happening = happening
  }
}

/// Who answered a reminder.
package enum Answerer: String, CaseIterable, Hashable, Sendable {
  /// A button of the notification.
  case notification
  /// `ritualctl`, or another client of the control socket.
  case command
  /// It came while its ritual was paused.
  case pause
  /// It came during a timeout.
  case timeout
  /// Somebody else, or another device, by a calendar that is shared.
  case calendar
}

/// How a notification left the screen (Desktop Notifications Specification 1.2, `NotificationClosed`).
package enum Closing: String, CaseIterable, Hashable, Sendable {
  /// The server took it down by itself after a while.
  case timedOut = "timed-out"
  /// The user put it away.
  case dismissed
  /// The server does not say why, or it went for another reason.
  case unknown
}

/// Why an occurrence was not shown.
package enum MissedReason: String, CaseIterable, Hashable, Sendable {
  /// The daemon was not running, the machine slept, or the clock was set forward.
  case absent
  /// No notification server could be had in time.
  case undelivered
  /// It was held back for longer than it keeps.
  case held
  /// It had come by a clock that ran ahead, and nobody saw it: it comes at its real time.
  case clock
}

/// Why an unanswered occurrence ended.
package enum Expiry: String, CaseIterable, Hashable, Sendable {
  /// The ritual's next occurrence came.
  case superseded
  /// The ritual was removed or disabled.
  case removed
}
