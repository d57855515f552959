package import CivilTime
package import Schedules

/// One ritual of connection, with all defaults filled in, ready to be scheduled.
///
/// It never changes, so the configuration and the engine share it.
package final class Ritual: Sendable {
  package let id: RitualID
  /// The first line of its reminder; never empty, no control characters.
  package let title: String
  /// The second line, if there is one.
  package let message: String?
  package let schedule: Schedule
  /// The time since when it has this schedule, if that is known; nil means since it was first seen.
  package let since: Instant?
  /// The zone of its wall clock; nil follows the machine when it travels.
  package let zone: Zone?
  package let urgency: Urgency
  package let missed: MissedPolicy
  /// The lengths of the snooze buttons in their order; never empty.
  package let snoozes: [TimeSpan]
  /// The time from the lead, an early reminder, to the reminder itself; nil for no lead.
  package let lead: TimeSpan?
  package let nudge: Nudge
  package let quiet: QuietPolicy
  /// Reminders never show its words while the screen is locked.
  package let isPrivate: Bool
  package let isEnabled: Bool
  /// The deck whose prompts replace the message, a new one each time; nil for none.
  package let deck: ContentID?
  /// The guide that its Begin button opens; nil for none.
  package let guide: ContentID?
  /// The kind of note that a typed answer becomes; nil if the notification takes none.
  package let reply: Note.Kind?
  /// The usual length, for the report; nil if the configuration gives none.
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

/// The urgency of a reminder (Desktop Notifications Specification 1.2, "Urgency Levels").
package enum Urgency: String, CaseIterable, Hashable, Sendable {
  case low, normal, critical
}

/// The rule for an occurrence that could not be shown at its time: the machine slept or was off, or the
/// occurrence was held.
package enum MissedPolicy: Hashable, Sendable {
  /// It is never shown late.
  case never
  /// It is shown up to this long after its time.
  case within(TimeSpan)
  /// It is shown however late.
  case always

  /// Two hours.
  package static let standard = MissedPolicy.within(TimeSpan(microseconds: 2 * 3_600_000_000))
}

/// The `[defaults]` of a configuration: the values of rituals that do not set their own.
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

  /// The values of a configuration without `[defaults]`: the machine's zone, two hours, 10 and 30 minutes,
  /// and no nudge.
  package static let standard = Defaults(
    zone: nil, missed: .standard,
    snoozes: [TimeSpan(microseconds: 600_000_000), TimeSpan(microseconds: 1_800_000_000)])
}
