package import CivilTime

/// One coming of a ritual: the ritual and the instant that its schedule names. It identifies a reminder
/// through its whole life, across restarts.
package struct Occurrence: Hashable, Sendable {
  package let ritual: RitualID
  package let scheduled: Instant

  package init(ritual: RitualID, scheduled: Instant) {
    self.ritual = ritual
    self.scheduled = scheduled
  }
}

/// A notification on the screen: the notification server, and the number there.
package struct NotificationID: Hashable, Sendable {
  /// The bus and the server's unique name on it; differs for another server and for another bus.
  package let server: String
  /// The id that `Notify` returned; never 0.
  package let number: UInt32

  package init(server: String, number: UInt32) {
    self.server = server
    self.number = number
  }
}

/// The state of an occurrence that has not ended.
package enum Phase: Hashable, Sendable {
  /// It is due; it is being sent, or waits for a notification server.
  case due
  /// It is on the screen.
  case shown(NotificationID)
  /// Its notification closed without an answer; it can still be answered.
  case closed
  /// It was snoozed and becomes due again at that time.
  case snoozed(until: Instant)
}

/// An occurrence that has not ended, as a restart finds it.
package struct OpenOccurrence: Hashable, Sendable {
  package let occurrence: Occurrence
  /// The ritual's title in the latest entry. Private.
  package let title: String
  package let phase: Phase
  /// The time when it became due, or due again after a snooze: `missed` and nudges count from it.
  package let due: Instant
  /// The number of nudges since then.
  package let nudges: Int
  /// The prompt that it shows, from its ritual's deck; nil if none is drawn yet.
  package let prompt: ContentID?
  /// True if it has been on a screen since it became due, or due again after a snooze: then it cannot become
  /// missed.
  package let wasSeen: Bool

  /// `wasSeen` follows from the phase, except for an occurrence that is due again because it is held.
  package init(
    _ occurrence: Occurrence, title: String, phase: Phase, due: Instant, nudges: Int = 0,
    prompt: ContentID? = nil, wasSeen: Bool? = nil
  ) {
    self.occurrence = occurrence
    self.title = title
    self.phase = phase
    self.due = due
    self.nudges = nudges
    self.prompt = prompt
    self.wasSeen = wasSeen ?? phase.isSeen
  }
}

extension Phase {
  /// True if it is on the screen, or was.
  fileprivate var isSeen: Bool {
    switch self {
    case .shown, .closed: true
    case .due, .snoozed: false
    }
  }
}
