package import CivilTime
package import Rituals

/// What the world tells the engine. Results of effects come back as events too.
package enum Event: Sendable {
  /// The configuration: at the start, and whenever it was read anew. Disabled rituals may be among them.
  case configured([Ritual])
  /// `nextDeadline` has come, or may have: also after a resume. Harmless when there is nothing to do.
  case timePassed
  /// The clock was set. `handledAhead` are the occurrences later than the new time that have come already and must
  /// not come again.
  case clockSet(handledAhead: [Occurrence])
  /// The machine is in another zone now.
  case zoneChanged(Zone)

  /// A notification server can be talked to; the text tells it from every other (`Display.server`).
  case serverAppeared(String)
  /// There is no notification server: it went, or none was found.
  case serverAbsent
  /// `Notify` for this occurrence was acknowledged.
  case displayed(Occurrence, Display)
  /// `Notify` for this occurrence failed; the reason is for people.
  case displayFailed(Occurrence, reason: String)
  /// A notification left the screen, and not because we closed it.
  case closed(Display, Closing)
  /// A button of a notification was pressed.
  case pressed(Display, Button)
  /// Somebody answered in another way.
  case answered(RitualID, Answer)
}

/// An answer to a reminder.
package enum Answer: Hashable, Sendable {
  case done
  case skip
  case snooze(until: Instant)
}

/// What a notification can be pressed on.
package enum Button: Hashable, Sendable {
  /// The body of the notification: it means done.
  case body
  case done
  case skip
  /// One of the ritual's snooze lengths, by its place in them.
  case snooze(Int)
}
