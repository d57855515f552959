/// What holds for all rituals: when they keep quiet, and when their words are not for everyone's eyes.
package struct HouseRules: Hashable, Sendable {
  package var quiet: Quiet
  /// While one of these is so, reminders show neutral words instead of their own.
  package var discreet: Set<Circumstance>

  package init(quiet: Quiet = .standard, discreet: Set<Circumstance> = [.locked, .screenShared]) {
    self.quiet = quiet
    self.discreet = discreet
  }

  /// What holds where the configuration says nothing.
  package static let standard = HouseRules()
}

/// When reminders are held back, and delivered afterwards.
package struct Quiet: Hashable, Sendable {
  /// Spans of the day, by the machine's wall clock.
  package var hours: [DaySpan]
  package var when: Set<Circumstance>

  package init(hours: [DaySpan] = [], when: Set<Circumstance> = []) {
    self.hours = hours
    self.when = when
  }

  /// No hours; while the screen is locked, or the user does not want to be disturbed.
  package static let standard = Quiet(when: [.locked, .doNotDisturb])
}

/// Something about the user's session that bears on reminders. What a desktop does not tell is not so.
package enum Circumstance: String, CaseIterable, Hashable, Sendable {
  case locked
  case doNotDisturb = "do-not-disturb"
  case idle
  case screenShared = "screen-shared"
}

/// Whether quiet times hold back a ritual.
package enum QuietPolicy: String, CaseIterable, Hashable, Sendable {
  case respect, ignore
}

/// A reminder that comes again while it is unanswered.
package struct Nudge: Hashable, Sendable {
  /// Microseconds between two of them; positive.
  package let every: Int64
  /// How many there are after the reminder itself; 0 for none.
  package let times: Int

  package init(every: Int64, times: Int) {
    self.every = max(every, 1)
    self.times = times
  }

  /// None, and a quarter of an hour apart where only their number is given.
  package static let none = Nudge(every: 900_000_000, times: 0)
}
