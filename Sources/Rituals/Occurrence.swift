package import CivilTime

/// One coming of a ritual: which one, and the instant that its schedule names. It is the identity of a reminder
/// through its whole life, across restarts.
package struct Occurrence: Hashable, Sendable {
  package let ritual: RitualID
  package let scheduled: Instant

  package init(ritual: RitualID, scheduled: Instant) {
    self.ritual = ritual
    self.scheduled = scheduled
  }
}

/// Where a reminder is on screen: which notification server, and its number there.
package struct Display: Hashable, Sendable {
  /// The bus and the server's unique name on it: another server, or another bus, is another text.
  package let server: String
  /// The id that `Notify` returned; never 0.
  package let number: UInt32

  package init(server: String, number: UInt32) {
    self.server = server
    self.number = number
  }
}

/// How far an occurrence has come that has not ended yet.
package enum Phase: Hashable, Sendable {
  /// Its time has come; it is on its way to the screen, or waits for a notification server.
  case due
  /// It is on the screen.
  case shown(Display)
  /// It was on the screen and left it without an answer; it can still be answered.
  case closed
  /// It was put off and comes again then.
  case snoozed(until: Instant)
}

/// An occurrence that has not ended: what a restart begins with.
package struct OpenOccurrence: Hashable, Sendable {
  package let occurrence: Occurrence
  /// The ritual's title when it was last recorded. Private.
  package let title: String
  package let phase: Phase
  /// When it became due, or due again after a snooze: what `missed` and nudges count from.
  package let due: Instant
  /// How often it was shown once more since.
  package let nudges: Int
  /// The prompt that it shows, of its ritual's deck; nil where none was drawn yet.
  package let prompt: ContentID?
  /// Whether it was on a screen since it became due, or due again after a snooze: then it is not late any
  /// more.
  package let wasSeen: Bool

  /// `wasSeen` follows from the phase, but for what is due again because something keeps it back.
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
  /// Whether it is on the screen, or was.
  fileprivate var isSeen: Bool {
    switch self {
    case .shown, .closed: true
    case .due, .snoozed: false
    }
  }
}
