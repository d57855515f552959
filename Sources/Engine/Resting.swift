import CivilTime
import Rituals

/// A timeout: the rest, the question whether both are ready, the offer of a repair.
extension Engine {
  /// What the repair's Begin opens.
  static let repair = "repair"

  /// Begins a rest, or lengthens the one that is.
  mutating func rest(until: Instant, soothing: String?, _ step: inout Step) {
    if let timeout, timeout.holds(at: step.now) {
      return change(to: Timeout(since: timeout.since, until: max(timeout.until, until)), &step)
    }
    beginRest(until: until, &step)
    self.soothing = soothing
    if soothing != nil, !hidesWords, timeoutHold(.soothing, at: step.now) == nil {
      dealTimeout(.soothing, &step)
    }
  }

  private mutating func beginRest(until: Instant, _ step: inout Step) {
    dropTimeoutCard(&step)
    change(to: Timeout(since: step.now, until: until), &step)
    dismissLead(of: leads.keys.sorted(), &step)
    withdraw(inOrder(open.keys), &step)
    review(&step)
  }

  /// Both are back: a repair is offered, once.
  mutating func endRest(_ step: inout Step) {
    guard let timeout, timeout.stage != .offering else { return }
    offer(Timeout(since: timeout.since, until: min(timeout.until, step.now), stage: .offering), &step)
  }

  /// The timeout's own deadline.
  mutating func reachTimeout(_ step: inout Step) {
    guard let timeout else { return }
    let passed = timeout.until.microseconds(until: step.now)
    if timeout.stage == .offering || passed >= Timeout.keeps {
      dropTimeoutCard(&step)
      change(to: nil, &step)
    } else if timeout.stage != .resting || passed >= Timeout.patience {
      offer(Timeout(since: timeout.since, until: timeout.until, stage: .offering), &step)
    } else {
      dropTimeoutCard(&step)
      change(to: Timeout(since: timeout.since, until: timeout.until, stage: .asking), &step)
    }
    review(&step)
  }

  private mutating func offer(_ timeout: Timeout, _ step: inout Step) {
    dropTimeoutCard(&step)
    change(to: timeout, &step)
    review(&step)
  }

  /// Writes down where it stands, and sets its deadline.
  private mutating func change(to timeout: Timeout?, _ step: inout Step) {
    var timeout = timeout
    if !isServerKnown { leftOfTimeout = self.timeout?.display ?? leftOfTimeout }
    if let left = leftOfTimeout, let new = timeout, new.display == nil {
      timeout = Timeout(since: new.since, until: new.until, stage: new.stage, display: left)
    }
    guard timeout != self.timeout else { return }
    self.timeout = timeout
    // One that is over stays written down for what is left of it.
    if timeout != nil || leftOfTimeout == nil { step.record(.timeout(timeout)) }
    armTimeout()
  }

  /// The server is known, and what was left on it goes.
  mutating func forgetLeftTimeout(_ step: inout Step) {
    if leftOfTimeout != nil, timeout == nil { step.record(.timeout(nil)) }
    leftOfTimeout = nil
  }

  mutating func armTimeout() {
    let wait: Int64? = timeout.map { timeout in
      switch timeout.stage {
      case .resting: 0
      case .asking, .asked: Timeout.patience
      case .offering: Timeout.keeps
      }
    }
    deadlines.set(
      .timeout, to: timeout.flatMap { timeout in wait.map { timeout.until.advanced(byMicroseconds: $0) } })
  }

  /// The clock was set back to before it: it lasts as long as was said, and no longer.
  mutating func setTimeoutClock(_ step: inout Step) {
    guard let timeout else { return }
    let length = timeout.since.microseconds(until: timeout.until)
    if timeout.stage == .resting, timeout.since > step.now {
      change(to: Timeout(since: step.now, until: step.now.advanced(byMicroseconds: length)), &step)
    } else if timeout.stage != .resting, timeout.until > step.now {
      let moved = Timeout(
        since: timeout.since, until: step.now, stage: timeout.stage, display: timeout.display)
      change(to: moved, &step)
    }
  }

  /// What kept a ritual from coming at an instant, so that it was left out and not missed.
  func leftOut(_ id: RitualID, at scheduled: Instant) -> Answerer? {
    if wasPaused(id, at: scheduled) { return .pause }
    return timeout?.held(at: scheduled) ?? false ? .timeout : nil
  }
}

/// What is shown of it.
extension Engine {
  /// The card that belongs to where it stands; nil where nothing is to be shown.
  private var wantedCard: Reminder.Kind? {
    switch timeout?.stage {
    case .asking: .comeBack
    case .offering: .repair
    case .resting, .asked, nil: nil
    }
  }

  /// Whether a card is to be seen; the line that a rest begins with, until it was.
  func isWanted(_ number: Card.ID) -> Bool {
    guard number == timeoutCard, let card = cards[number] else { return false }
    return card.kind == wantedCard
      || card.kind == .soothing && card.display == nil && timeout?.stage == .resting
  }

  /// What keeps back a card of a timeout now. The question was asked for, so that quiet times do not hold it; but behind a
  /// locked screen nobody sees it.
  func timeoutHold(_ kind: Reminder.Kind, at now: Instant) -> Hold? {
    if kind == .repair { return holdOnAll(at: now) }
    return circumstances.contains(.locked) ? .circumstance(.locked) : nil
  }

  /// Shows what is to be seen of it, where nothing keeps it back.
  mutating func reviewTimeout(_ step: inout Step) {
    guard let kind = wantedCard, timeoutCard == nil, timeoutHold(kind, at: step.now) == nil else { return }
    dealTimeout(kind, &step)
  }

  private mutating func dealTimeout(_ kind: Reminder.Kind, _ step: inout Step) {
    lastCard += 1
    cards[lastCard] = Card(kind, of: [])
    timeoutCard = lastCard
    step.touch(lastCard)
  }

  /// Lets its card go, and takes it off the screen.
  mutating func dropTimeoutCard(_ step: inout Step) {
    guard let number = timeoutCard else { return }
    timeoutCard = nil
    drop(number, &step)
  }

  /// Its card is on the screen.
  mutating func confirmTimeout(_ number: Card.ID, on display: Display, _ step: inout Step) {
    guard isWanted(number), let timeout else { return }
    change(
      to: Timeout(since: timeout.since, until: timeout.until, stage: timeout.stage, display: display), &step)
  }

  /// Its card left the screen without an answer: it is not shown again. It is kept for a press that is told of late.
  mutating func leaveTimeout(_ number: Card.ID, _ step: inout Step) {
    guard let card = cards[number] else { return }
    cards[number]?.isOnScreen = false
    cards[number]?.isDismissed = card.isSending
    deadlines.set(.card(number), to: nil)
    guard isWanted(number), let timeout else { return }
    let asked = Timeout(since: timeout.since, until: timeout.until, stage: .asked)
    change(to: card.kind == .comeBack ? asked : nil, &step)
  }

  mutating func pressTimeout(_ button: Button, on number: Card.ID, _ step: inout Step) {
    guard number == timeoutCard, let kind = cards[number]?.kind else { return }
    switch (kind, button) {
    case (.comeBack, .body), (.comeBack, .done): endRest(&step)
    case (.comeBack, .snooze): beginRest(until: step.now.advanced(byMicroseconds: Timeout.more), &step)
    case (.repair, .body), (.repair, .begin):
      dropTimeoutCard(&step)
      change(to: nil, &step)
      step.perform(.begin(guide: Self.repair))
    case (.repair, .skip), (.repair, .done):
      dropTimeoutCard(&step)
      change(to: nil, &step)
    case (.soothing, .body): dropTimeoutCard(&step)
    default: break
    }
  }

  /// Takes up what the journal holds.
  mutating func restore(_ timeout: Timeout) {
    self.timeout = timeout
    armTimeout()
    guard let display = timeout.display else { return }
    if let kind = wantedCard {
      timeoutCard = restore(Card(kind, of: []), on: display)
    } else {
      strays.append(leftBehind(display, of: nil))
    }
  }
}

extension Reminder.Kind {
  /// Whether it is about a timeout, and about no ritual.
  package var isOfTimeout: Bool {
    switch self {
    case .soothing, .comeBack, .repair: true
    case .ritual, .lead, .summary, .digest: false
    }
  }
}
