package import CivilTime
package import Rituals
package import Schedules

/// Something that the daemon has to do. Effects are carried out in their order.
package enum Effect: Hashable, Sendable {
  /// Make the changes durable, all or nothing, before any later effect is carried out.
  case record([Change])
  /// Put a notification on the screen; answered by `notifySucceeded` or `notifyFailed`.
  case show(Reminder)
  /// Take a notification off the screen.
  case close(NotificationID)
  /// Open a guide in the user's terminal, of a reminder or of a timeout; answered by `guideBegan` where it is
  /// a reminder's.
  case begin(guide: String, of: Occurrence? = nil)
  /// Have a notification server started, where that can be done: something waits to be seen and there is
  /// none.
  case seekServer
}

/// A notification: what it says and offers. How it looks is the server's business.
package struct Reminder: Hashable, Sendable {
  /// The slot that it is of: `notifySucceeded` and `notifyFailed` name it.
  package let slot: Int
  package let kind: Kind
  /// The rituals that it is about: several for a summary or a digest, none for a timeout.
  package let items: [Item]
  /// The timeout that it is about; nil where it is about rituals.
  package let timeout: Rest?
  /// The notification to replace in place, where one is on the screen already.
  package let replacing: NotificationID?
  package let urgency: Urgency
  /// The lengths of the snooze buttons, the first one first.
  package let snoozes: [TimeSpan]
  /// The kind of note that a typed answer becomes; nil where none may be typed.
  package let reply: Note.Kind?
  /// True where neutral words have to be shown in place of its own.
  package let isDiscreet: Bool
  /// True where it was shown before, and the user asked to be reminded again while it is unanswered.
  package let isNudge: Bool
  /// False where no window opens for a guide: it says what to type, and offers no Begin.
  package let opensGuide: Bool

  package enum Kind: Hashable, Sendable {
    /// A ritual at its time.
    case ritual
    /// A lead of one: an announcement before its time.
    case lead
    /// Several that came within a minute.
    case summary
    /// Several that were held and come together now.
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
    /// The prompt that is said in place of the message, where its deck still has it.
    package let prompt: Prompt?
    /// The guide that its Begin button opens.
    package let guide: ContentID?

    /// A prompt of a deck.
    package struct Prompt: Hashable, Sendable {
      package let deck: ContentID
      package let id: ContentID
    }
  }

  /// A preview of one ritual's reminder.
  package init(
    previewing ritual: Ritual, prompt: ContentID? = nil, isDiscreet: Bool, opensGuide: Bool = true,
    at now: Instant
  ) {
    self.init(
      slot: 0, kind: .ritual,
      items: [Item(ritual, Occurrence(ritual: ritual.id, scheduled: now), prompt: prompt)], replacing: nil,
      urgency: ritual.urgency, snoozes: ritual.snoozes, reply: isDiscreet ? nil : ritual.reply,
      isDiscreet: isDiscreet, opensGuide: opensGuide)
  }

  package init(
    slot: Int, kind: Kind, items: [Item], timeout: Rest? = nil, replacing: NotificationID?, urgency: Urgency,
    snoozes: [TimeSpan],
    reply: Note.Kind? = nil, isDiscreet: Bool, isNudge: Bool = false, opensGuide: Bool = true
  ) {
    self.slot = slot
    self.kind = kind
    self.items = items
    self.timeout = timeout
    self.replacing = replacing
    self.urgency = urgency
    self.snoozes = snoozes
    self.reply = reply
    self.isDiscreet = isDiscreet
    self.isNudge = isNudge
    self.opensGuide = opensGuide
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
