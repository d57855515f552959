/// The rules for all rituals: the quiet times, and when reminders hide their words.
package struct GlobalRules: Hashable, Sendable {
  package var quiet: Quiet
  /// During one of these, reminders show neutral words instead of their own.
  package var discreet: Set<Circumstance>

  package init(quiet: Quiet = .standard, discreet: Set<Circumstance> = [.locked, .screenShared]) {
    self.quiet = quiet
    self.discreet = discreet
  }

  /// The rules of a configuration that does not set any.
  package static let standard = GlobalRules()
}

/// The times when reminders are held, to be shown afterwards.
package struct Quiet: Hashable, Sendable {
  /// Spans of the day, by the machine's wall clock.
  package var hours: [DaySpan]
  package var when: Set<Circumstance>

  package init(hours: [DaySpan] = [], when: Set<Circumstance> = []) {
    self.hours = hours
    self.when = when
  }

  /// No hours; while the screen is locked, or "do not disturb" is on.
  package static let standard = Quiet(when: [.locked, .doNotDisturb])
}

/// A state of the user's session that affects reminders. An unknown circumstance counts as "no".
package enum Circumstance: String, CaseIterable, Hashable, Sendable {
  case locked
  case doNotDisturb = "do-not-disturb"
  case idle
  case screenShared = "screen-shared"
}

/// The effect of quiet times on a ritual.
package enum QuietPolicy: String, CaseIterable, Hashable, Sendable {
  case respect, ignore
}

/// A reminder that is shown again while it is unanswered.
package struct Nudge: Hashable, Sendable {
  /// The time between two of them in microseconds; positive.
  package let every: Int64
  /// The number of repetitions after the reminder itself; 0 for none.
  package let times: Int

  package init(every: Int64, times: Int) {
    self.every = max(every, 1)
    self.times = times
  }

  /// No nudges; 15 minutes apart if a configuration sets only their number.
  package static let none = Nudge(every: 900_000_000, times: 0)
}
