package import CivilTime
package import Schedules

/// One ritual of connection, ready to be scheduled: what the configuration says of it, its defaults filled in.
///
/// It never changes, and so the configuration and the engine share it.
package final class Ritual: Sendable {
  package let id: RitualID
  /// The first line of its reminder; never empty, no control characters.
  package let title: String
  /// The second line, where there is one.
  package let message: String?
  package let schedule: Schedule
  /// From when on its schedule has been so, where that is known; nil is from when it was seen first.
  package let since: Instant?
  /// The wall clock it goes by; nil follows the machine when it travels.
  package let zone: Zone?
  package let urgency: Urgency
  package let missed: MissedPolicy
  /// The lengths of the snooze buttons, the first one first; never empty.
  package let snoozes: [TimeSpan]
  /// How long before its time there is an early word; nil for none.
  package let lead: TimeSpan?
  package let nudge: Nudge
  package let quiet: QuietPolicy
  /// Its words are never shown while the screen is locked.
  package let isPrivate: Bool
  package let isEnabled: Bool
  /// The deck whose prompts take the place of the message, another one each time; nil for none.
  package let deck: ContentID?
  /// The guide that its Begin button opens; nil for none.
  package let guide: ContentID?
  /// What an answer that is typed into the notification is kept as; nil where none can be typed.
  package let reply: Note.Kind?
  /// How long it takes when it happens, for the report; nil where that is not said.
  package let takes: TimeSpan?

  package init(
    id: RitualID, title: String, message: String? = nil, schedule: Schedule, since: Instant? = nil,
    zone: Zone? = nil,
    urgency: Urgency = .normal, missed: MissedPolicy = .standard,
    snoozes: [TimeSpan] = Defaults.standard.snoozes, lead: TimeSpan? = nil, nudge: Nudge = .none,
    quiet: QuietPolicy = .respect, isPrivate: Bool = false, isEnabled: Bool = true,
    deck: ContentID? = nil, guide: ContentID? = nil, reply: Note.Kind? = nil, takes: TimeSpan? = nil
  ) {
    self.id = id
    self.title = title
    self.message = message
    self.schedule = schedule
    self.since = since
    self.zone = zone
    self.urgency = urgency
    self.missed = missed
    self.snoozes = snoozes
    self.lead = lead
    self.nudge = nudge
    self.quiet = quiet
    self.isPrivate = isPrivate
    self.isEnabled = isEnabled
    self.deck = deck
    self.guide = guide
    self.reply = reply
    self.takes = takes
  }
}

/// How pressing a reminder is (Desktop Notifications Specification 1.2, "Urgency Levels").
package enum Urgency: String, CaseIterable, Hashable, Sendable {
  case low, normal, critical
}

/// What becomes of an occurrence that could not be shown at its time: the machine slept, was off, or it was held.
package enum MissedPolicy: Hashable, Sendable {
  /// Not shown any more.
  case never
  /// Shown when no later than this.
  case within(TimeSpan)
  /// Shown however late.
  case always

  /// Two hours.
  package static let standard = MissedPolicy.within(TimeSpan(microseconds: 2 * 3_600_000_000))
}

/// The `[defaults]` of a configuration: what a ritual takes where it says nothing itself.
package struct Defaults: Hashable, Sendable {
  /// Nil follows the machine.
  package var zone: Zone?
  package var missed: MissedPolicy
  package var snoozes: [TimeSpan]
  package var nudge: Nudge

  package init(zone: Zone?, missed: MissedPolicy, snoozes: [TimeSpan], nudge: Nudge = .none) {
    self.zone = zone
    self.missed = missed
    self.snoozes = snoozes
    self.nudge = nudge
  }

  /// What holds where the configuration has no `[defaults]`: the machine's zone, two hours, 10 and 30 minutes, and no nudge.
  package static let standard = Defaults(
    zone: nil, missed: .standard,
    snoozes: [TimeSpan(microseconds: 600_000_000), TimeSpan(microseconds: 1_800_000_000)])
}
