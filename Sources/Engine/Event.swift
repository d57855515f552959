package import CivilTime
package import Rituals

/// An event in the world, and the result of an effect.
package enum Event: Sendable {
  /// The configuration: at the start, and after each reload. Disabled rituals may be among them. Where it is
  /// incomplete, a ritual that is missing in it may be in a file that cannot be read, and its absence is not
  /// counted.
  case configured([Ritual], GlobalRules, isComplete: Bool = true)
  /// The user removed a ritual by a command, or its calendar says that it is over: it ends at once. One that
  /// is only missing in the configuration is absent.
  case removed(RitualID)
  /// The prompts in each deck that rituals draw from: before the configuration, and after a change of a deck.
  case decks([ContentID: [DrawablePrompt]])
  /// The user asked for prompts, and got what `drawing` gave.
  case drew([Draw])
  /// `nextDeadline` has come, or may have: also after a resume. Harmless when there is nothing to do.
  case timePassed
  /// The clock was set. `alreadyHandled` are the occurrences later than the new time that came already and
  /// must not come again. `accounted` is up to when the journal says each ritual is accounted for at the new
  /// time; nil where it cannot be read.
  case clockSet(alreadyHandled: [Occurrence], accounted: [RitualID: Instant]? = nil)
  /// The machine is in another zone.
  case zoneChanged(Zone)
  /// The circumstances of the user's session that are known to hold.
  case circumstances(Set<Circumstance>)
  /// The user orders something, until an instant or until further notice.
  case ordered(Order)
  /// The user takes an order back; harmless where there is none.
  case revoked(Order.Subject)

  /// The user begins a timeout, or lengthens it; `soothing` is a line to show at once. Private.
  case timeoutBegan(until: Instant, soothing: String?)
  /// The user ends a timeout; harmless where there is none.
  case timeoutEnded

  /// A notification server answers; the text tells it from every other (`NotificationID.server`).
  case serverAppeared(String)
  /// There is no notification server: it went, none was found, or it shows nothing of this program. The
  /// reason is for people.
  case serverAbsent(reason: String)
  /// `Notify` for this slot was acknowledged.
  case notifySucceeded(slot: Int, NotificationID)
  /// `Notify` for this slot takes long: its answer is still to come. The reason is for people.
  case notifyDelayed(slot: Int, reason: String)
  /// `Notify` for this slot failed; the reason is for people.
  case notifyFailed(slot: Int, reason: String)
  /// A notification left the screen, and not because the daemon closed it.
  case closed(NotificationID, Closing)
  /// A button of a notification was pressed.
  case pressed(NotificationID, Button)
  /// An answer was typed into a notification: not empty. Private.
  case replied(NotificationID, String)
  /// The user answered by a command.
  case answered(RitualID, Answer)
  /// All answers in shared calendars: when each ritual's alarm was answered last. What had come by then is
  /// done, also where the daemon hears of it before the reminder.
  case acknowledged([RitualID: Instant])
}

/// An answer to a reminder.
package enum Answer: Hashable, Sendable {
  case done
  case skip
  case snooze(until: Instant)
}

/// A part of a notification that can be pressed.
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
