package import Rituals
package import Schedules

/// What the engine wants done, in this order.
package enum Effect: Hashable, Sendable {
  /// Make durable, all or nothing, before any later effect is carried out.
  case record([Change])
  /// Put a reminder on the screen; answered by `displayed` or `displayFailed`.
  case show(Reminder)
  /// Take a notification off the screen.
  case close(Display)
  /// Something waits to be seen and there is no notification server: have one started, where that can be done.
  case seekServer
}

/// What a reminder says and offers; how it looks is the notification server's business.
package struct Reminder: Hashable, Sendable {
  package let occurrence: Occurrence
  /// The notification to replace in place, where one is on the screen already.
  package let replacing: Display?
  package let title: String
  package let message: String?
  package let urgency: Urgency
  /// The lengths of the snooze buttons, the first one first.
  package let snoozes: [TimeSpan]

  package init(of ritual: Ritual, _ occurrence: Occurrence, replacing: Display?) {
    self.occurrence = occurrence
    self.replacing = replacing
    title = ritual.title
    message = ritual.message
    urgency = ritual.urgency
    snoozes = ritual.snoozes
  }
}
