package import CivilTime
package import Rituals

/// Decides what is shown, when, again or not: a state machine without a clock, files or sockets.
///
/// Every event comes with the time it happened at; what it leads to is returned as effects. The engine holds
/// nothing that the journal, the configuration and the world could not give back.
package struct Engine: Sendable {
  /// The machine's zone, for rituals that name none.
  package internal(set) var zone: Zone
  package internal(set) var rules = HouseRules.standard
  /// What is known to be so of the user's session.
  package internal(set) var circumstances: Set<Circumstance> = []
  /// What the user has ordered and is in force.
  var orders: [Order.Subject: Order] = [:]
  /// The prompts of each deck that rituals draw from.
  var decks: [ContentID: [ContentID]] = [:]
  /// What was drawn from them.
  var draws = Draws()

  /// The timeout that is not over yet.
  package internal(set) var timeout: Timeout?
  /// What is shown of it, was last, or is on its way there.
  var timeoutCard: Card.ID?
  /// A notification of a timeout that is to be taken down once its server is known: it stays written down until then.
  var leftOfTimeout: Display?
  /// The line that it began with.
  var soothing: String?

  /// Every enabled ritual.
  var tracks: [RitualID: Track] = [:]
  /// Early words that were given of occurrences to come.
  var leads: [RitualID: GivenLead] = [:]
  /// Occurrences that have not ended, at most one a ritual.
  var open: [RitualID: OpenReminder] = [:]
  /// Those of them that are kept back.
  var held: Set<RitualID> = []
  /// When each ritual's alarm in a shared calendar was answered last.
  var acknowledged: [RitualID: Instant] = [:]
  /// How many have been opened: the place of the next one in their order.
  var opened = 0

  /// What is on the screen, or meant to be.
  var cards: [Card.ID: Card] = [:]
  var lastCard: Card.ID = 0
  /// The card that each notification is, or last was.
  var displays: [Display: Card.ID] = [:]
  /// What was put on the screen within the present minute.
  var company = Company()

  var deadlines = Deadlines<Deadline>()
  /// Cards that were let go and will be seen all the same: on their way to the screen, or on that of a server that
  /// nobody has looked for yet.
  var strays: [Vacancy] = []
  /// The notification server to talk to, where there is one.
  var server: String?
  /// Whether it is known that there is none. At the start nobody has looked yet.
  var isServerAbsent = false
  /// False at the start, while nobody has looked for a server.
  var isServerKnown: Bool { server != nil || isServerAbsent }
  /// Later than now, but they had come when the clock was set back to before them: they do not come again.
  var handledAhead: Set<Occurrence>
  /// The journal's state of rituals that no configuration has claimed yet, or that are away; nil where there
  /// is none.
  var unclaimed: Snapshot?
  /// Unclaimed rituals, once there was a configuration, and rituals that are missing in the present one:
  /// their reminders stay where they are.
  var asleep: Set<RitualID> = []
  /// The instants since which rituals of `asleep` are away, in no file and no calendar.
  var away: [RitualID: Instant] = [:]
  /// The last form of each ritual of `asleep` that was in a configuration of this run.
  var former: [RitualID: Ritual] = [:]

  enum Deadline: Hashable, Sendable {
    /// The ritual's next occurrence.
    case occurrence(RitualID)
    /// The early word of it.
    case lead(RitualID)
    /// A snooze's end, a nudge, or the moment from which a reminder that could not be shown is missed.
    case reminder(RitualID)
    /// Another try to show a card.
    case card(Card.ID)
    /// A ritual has been away for too long.
    case away(RitualID)
    /// The end of an order.
    case order(Order.Subject)
    /// The end of a timeout's rest, or of what follows it.
    case timeout
    /// The soonest end of what keeps reminders back.
    case hold
  }

  /// Begins with what the journal holds. `handledAhead` are occurrences later than now that
  /// have come already and must not come again.
  package init(zone: Zone, snapshot: Snapshot, handledAhead: [Occurrence] = []) {
    self.zone = zone
    self.handledAhead = Set(handledAhead)
    unclaimed = snapshot
    restore(snapshot)
  }

  /// The instant at which `timePassed` is due; nil where nothing will happen by itself.
  package var nextDeadline: Instant? { isConfigured ? deadlines.earliest : nil }

  /// Before the first configuration no time passes: a pause that is over must not end before what came during it is
  /// accounted for.
  var isConfigured = false

  /// Takes an event that happened at `now`, and says what is to be done about it.
  package mutating func handle(_ event: Event, at now: Instant) -> [Effect] {
    var step = Step(now: now)
    switch event {
    case .configured(let rituals, let rules, let isComplete):
      configure(rituals, rules, isComplete: isComplete, &step)
    case .removed(let id): remove(id, &step)
    case .decks(let decks): self.decks = decks
    case .drew(let draws): for draw in draws { take(draw, &step) }
    case .timePassed: break
    case .clockSet(let handledAhead, let accounted):
      setClock(handledAhead: handledAhead, accounted: accounted, &step)
    case .zoneChanged(let zone): change(to: zone, &step)
    case .circumstances(let circumstances): meet(circumstances, &step)
    case .ordered(let order): obey(order, &step)
    case .revoked(let subject): revoke(subject, &step)
    case .timeoutBegan(let until, let soothing): rest(until: until, soothing: soothing, &step)
    case .timeoutEnded: endRest(&step)
    case .serverAppeared(let server): meet(server, &step)
    case .serverAbsent: missServer(&step)
    case .displayed(let card, let display): confirm(card, on: display, &step)
    case .displayDelayed(let card, let reason): delay(card, reason: reason, &step)
    case .displayFailed(let card, let reason): fail(card, reason: reason, &step)
    case .closed(let display, let closing): leave(display, closing, &step)
    case .pressed(let display, let button): press(button, on: display, &step)
    case .replied(let display, let text): keep(text, from: display, &step)
    case .answered(let ritual, let answer): self.answer(ritual, with: answer, by: .command, &step)
    case .acknowledged(let answers): acknowledge(answers, &step)
    }
    repeat {
      if isConfigured { passTime(&step) }
      settle(&step)
      // What is taken off a card may have waited for longer than it keeps.
    } while nextDeadline.map { $0 <= now } ?? false
    return step.effects
  }

  private mutating func passTime(_ step: inout Step) {
    while let deadline = deadlines.take(through: step.now) {
      switch deadline {
      case .occurrence(let ritual): come(ritual, &step)
      case .lead(let ritual): announce(ritual, &step)
      case .reminder(let ritual): reach(ritual, &step)
      case .card(let card): retry(card, &step)
      case .away(let ritual): remove(ritual, &step)
      case .order(let subject): revoke(subject, &step)
      case .timeout: reachTimeout(&step)
      case .hold: review(&step)
      }
    }
  }
}
