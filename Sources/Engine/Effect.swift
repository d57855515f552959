package import CivilTime
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
  /// Open a guide in the user's terminal.
  case begin(guide: String)
  /// Something waits to be seen and there is no notification server: have one started, where that can be
  /// done.
  case seekServer
}

/// What a notification says and offers; how it looks is the notification server's business.
package struct Reminder: Hashable, Sendable {
  /// Names it in `displayed` and `displayFailed`.
  package let card: Int
  package let kind: Kind
  /// What it is about; one, or several for a summary or a digest; none for what is about a timeout.
  package let items: [Item]
  /// What a timeout's card is about: the end of its rest, and the line that it began with.
  package let timeout: Rest?
  /// The notification to replace in place, where one is on the screen already.
  package let replacing: Display?
  package let urgency: Urgency
  /// The lengths of the snooze buttons, the first one first.
  package let snoozes: [TimeSpan]
  /// What an answer that is typed into it is kept as; nil where none is to be typed.
  package let reply: Note.Kind?
  /// Its own words are not for everyone's eyes now: neutral ones are to be shown.
  package let isDiscreet: Bool

  package enum Kind: Hashable, Sendable {
    /// A ritual at its time.
    case ritual
    /// An early word of one.
    case lead
    /// Several that came within a minute.
    case summary
    /// Several that were kept back and come together now.
    case digest
    /// A timeout begins: a line to calm down by.
    case soothing
    /// The rest is over: are both ready to come back?
    case comeBack
    /// Both are back, or a while has passed: the way to mend what happened.
    case repair
  }

  package struct Rest: Hashable, Sendable {
    package let since: Instant
    package let until: Instant
    /// Private.
    package let soothing: String?
  }

  package struct Item: Hashable, Sendable {
    package let occurrence: Occurrence
    package let title: String
    package let message: String?
    /// What is to be said in place of the message: a prompt of a deck, where the deck still has it.
    package let prompt: Prompt?
    /// What its Begin button opens.
    package let guide: ContentID?

    /// A prompt's place.
    package struct Prompt: Hashable, Sendable {
      package let deck: ContentID
      package let id: ContentID
    }
  }

  /// One ritual's reminder as it looks by itself.
  package init(previewing ritual: Ritual, prompt: ContentID? = nil, isDiscreet: Bool, at now: Instant) {
    self.init(
      card: 0, kind: .ritual,
      items: [Item(ritual, Occurrence(ritual: ritual.id, scheduled: now), prompt: prompt)], replacing: nil,
      urgency: ritual.urgency, snoozes: ritual.snoozes, reply: isDiscreet ? nil : ritual.reply,
      isDiscreet: isDiscreet)
  }

  package init(
    card: Int, kind: Kind, items: [Item], timeout: Rest? = nil, replacing: Display?, urgency: Urgency,
    snoozes: [TimeSpan],
    reply: Note.Kind? = nil, isDiscreet: Bool
  ) {
    self.card = card
    self.kind = kind
    self.items = items
    self.timeout = timeout
    self.replacing = replacing
    self.urgency = urgency
    self.snoozes = snoozes
    self.reply = reply
    self.isDiscreet = isDiscreet
  }
}

extension Reminder.Item {
  init(_ ritual: Ritual, _ occurrence: Occurrence, prompt: ContentID? = nil) {
    var place: Prompt?
    if let prompt, let deck = ritual.deck { place = Prompt(deck: deck, id: prompt) }
    self.init(
      occurrence: occurrence, title: ritual.title, message: ritual.message, prompt: place,
      guide: ritual.guide)
  }
}
