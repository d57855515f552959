package import CivilTime
package import Rituals

/// What the world tells the engine. Results of effects come back as events too.
package enum Event: Sendable {
  /// The configuration: at the start, and whenever it was read anew. Disabled rituals may be among them. Where it is not
  /// complete, because a file or a folder could not be read, rituals that are not among them are not away for
  /// that.
  case configured([Ritual], HouseRules, isComplete: Bool = true)
  /// The user removed a ritual by a command, or its calendar says that it is over: it ends at once. One that
  /// is only missing in the configuration is away.
  case removed(RitualID)
  /// The prompts that are in each deck which rituals draw from: before the configuration, and when a deck was changed.
  case decks([ContentID: [ContentID]])
  /// Somebody asked for prompts, and got what `drawing` gave.
  case drew([Draw])
  /// `nextDeadline` has come, or may have: also after a resume. Harmless when there is nothing to do.
  case timePassed
  /// The clock was set. `handledAhead` are the occurrences later than the new time that have come already and must
  /// not come again. `accounted` is up to when the journal says each ritual is accounted for at the new time;
  /// nil where it cannot be read.
  case clockSet(handledAhead: [Occurrence], accounted: [RitualID: Instant]? = nil)
  /// The machine is in another zone now.
  case zoneChanged(Zone)
  /// What is so of the user's session now; what nobody can tell is not among it.
  case circumstances(Set<Circumstance>)
  /// The user orders something, until an instant or until further notice.
  case ordered(Order)
  /// The user takes an order back; harmless where there is none.
  case revoked(Order.Subject)

  /// The user begins a timeout, or lengthens it; `soothing` is a line to show at once. Private.
  case timeoutBegan(until: Instant, soothing: String?)
  /// The user ends a timeout; harmless where there is none.
  case timeoutEnded

  /// A notification server can be talked to; the text tells it from every other (`Display.server`).
  case serverAppeared(String)
  /// There is no notification server: it went, or none was found.
  case serverAbsent
  /// `Notify` for this card was acknowledged.
  case displayed(card: Int, Display)
  /// `Notify` for this card takes long: its answer still comes, and nobody knows when; the reason is for people.
  case displayDelayed(card: Int, reason: String)
  /// `Notify` for this card failed; the reason is for people.
  case displayFailed(card: Int, reason: String)
  /// A notification left the screen, and not because we closed it.
  case closed(Display, Closing)
  /// A button of a notification was pressed.
  case pressed(Display, Button)
  /// An answer was typed into a notification: not empty. Private.
  case replied(Display, String)
  /// Somebody answered in another way.
  case answered(RitualID, Answer)
  /// The answers that shared calendars have, all of them: when somebody last answered each ritual's alarm. What had come
  /// by then is done, also where it is heard of before the reminder.
  case acknowledged([RitualID: Instant])
}

/// An answer to a reminder.
package enum Answer: Hashable, Sendable {
  case done
  case skip
  case snooze(until: Instant)
}

/// What a notification can be pressed on.
package enum Button: Hashable, Sendable {
  /// The body of the notification: it means begin where there is a guide, else done.
  case body
  /// Opens the ritual's guide; that is an answer too: it is done.
  case begin
  case done
  case skip
  /// One of the reminder's snooze lengths, by its place in them.
  case snooze(Int)
}
