package import CivilTime

/// One line of the history: what happened to an occurrence, and when. Entries are durable before their effect
/// is shown; `ritualctl log` and `watch` print them.
package struct Entry: Hashable, Sendable {
  package let occurrence: Occurrence
  /// The ritual's title at that time: history outlives the configuration. Private.
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

/// The source of an answer to a reminder.
package enum Answerer: String, CaseIterable, Hashable, Sendable {
  /// A button of the notification.
  case notification
  /// `ritualctl`, or another client of the control socket.
  case command
  /// The occurrence became due while its ritual was paused.
  case pause
  /// The occurrence became due during a timeout.
  case timeout
  /// Another person or device, by a shared calendar.
  case calendar
}

/// The reason why a notification left the screen (Desktop Notifications Specification 1.2,
/// `NotificationClosed`).
package enum Closing: String, CaseIterable, Hashable, Sendable {
  /// The server closed it by itself after a while.
  case timedOut = "timed-out"
  /// The user dismissed it.
  case dismissed
  /// The server gives no reason, or another one.
  case unknown
}

/// The reason why an occurrence was not shown.
package enum MissedReason: String, CaseIterable, Hashable, Sendable {
  /// The daemon was not running, the machine slept, or the clock was set forward.
  case absent
  /// No notification server appeared in time.
  case undelivered
  /// It was held for longer than the ritual's `missed` allows.
  case held
  /// It became due by a clock that ran ahead, and was not seen: it comes again at its real time.
  case clock
}

/// The reason why an unanswered occurrence ended.
package enum Expiry: String, CaseIterable, Hashable, Sendable {
  /// The ritual's next occurrence became due.
  case superseded
  /// The ritual was removed or disabled.
  case removed
}
