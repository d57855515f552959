import CivilTime
import Rituals

/// Cards on their way to the screen, on it, and off it.
extension Engine {
  /// Sends a card to the notification server, or says that it waits for one.
  mutating func send(_ number: Card.ID, _ step: inout Step) {
    guard var card = cards[number] else { return }
    deadlines.set(.card(number), to: nil)
    guard let server else {
      if isServerAbsent { waitForServer(card, &step) }
      return
    }
    guard !card.isSending else {
      cards[number]?.isStale = true
      return
    }
    if let late = card.members.first(where: { card.kind != .lead && isTooLate($0, at: step.now) }) {
      // It waited for the answer to another notification.
      if let reminder = open[late] { end(late, outcomeOfWaiting(reminder), &step) }
      return step.touch(number)
    }
    let replacing = card.isOnScreen ? card.display.flatMap { $0.server == server ? $0 : nil } : nil
    // What is of rituals that nobody knows at present stays as it is, and what is away is not shown anew.
    if !card.kind.isOfTimeout, card.members.allSatisfy(asleep.contains) {
      guard replacing != nil, confirmedMembers(of: card) == card.members else { return }
      let isUntrue = card.confirmed.count > card.members.count || isDiscreet(card)
      guard isUntrue || card.members.contains(where: { known($0) != nil }) else { return }
    }
    if card.kind == .lead, replacing == nil, let ritual = card.members.first.flatMap({ tracks[$0]?.ritual }),
      hold(on: ritual, at: step.now) != nil
    {
      return dismissLead(of: card.members, &step)
    }
    if card.kind.isOfTimeout, replacing == nil, timeoutHold(card.kind, at: step.now) != nil {
      // It is dealt again when nothing keeps it back.
      return dropTimeoutCard(&step)
    }
    card.isStale = false
    card.isDismissed = false
    card.isDiscreet = isDiscreet(card)
    drawPrompts(for: card, &step)
    let reminder = reminder(on: card, number, replacing: replacing)
    // An early word is no reminder.
    card.sending = card.kind == .lead ? [] : Set(reminder.items.map(\.occurrence))
    card.sentSnoozes = reminder.snoozes
    cards[number] = card
    for id in card.members { armReminder(id) }
    step.perform(.show(reminder))
  }

  private func reminder(on card: Card, _ number: Card.ID, replacing: Display?) -> Reminder {
    let rituals = card.members.compactMap { known($0) }
    let items = card.members.compactMap { item(of: $0, on: card) }
    return Reminder(
      card: number, kind: card.kind, items: items,
      timeout: card.kind.isOfTimeout
        ? timeout.map { Reminder.Rest(since: $0.since, until: $0.until, soothing: soothing) } : nil,
      replacing: replacing,
      urgency: card.kind.urgency(of: rituals), snoozes: card.kind == .lead ? [] : snoozes(of: card.members),
      // What is typed could be seen, where the words are not for everyone's eyes.
      reply: card.kind == .ritual && !card.isDiscreet ? rituals.first?.reply : nil,
      isDiscreet: card.isDiscreet)
  }

  /// A ritual's part of a card. One that cannot be read at present has the title that was recorded.
  private func item(of id: RitualID, on card: Card) -> Reminder.Item? {
    let scheduled = card.kind == .lead ? leads[id]?.scheduled : open[id]?.occurrence.scheduled
    guard let scheduled else { return nil }
    let occurrence = Occurrence(ritual: id, scheduled: scheduled)
    guard let ritual = known(id) else {
      return open[id].map {
        Reminder.Item(occurrence: occurrence, title: $0.title, message: nil, prompt: nil, guide: nil)
      }
    }
    return Reminder.Item(ritual, occurrence, prompt: card.kind == .ritual ? open[id]?.prompt : nil)
  }

  /// A notification server is there. What it has on the screen already is sent again in place, so that its
  /// buttons speak to this process; all else that is to be seen is dealt anew.
  mutating func meet(_ server: String, _ step: inout Step) {
    self.server = server
    isServerAbsent = false
    for stray in strays where stray.card.display?.server == server { step.vacate(stray) }
    strays = []
    forgetLeftLeads(&step)
    forgetLeftTimeout(&step)
    for (number, card) in cards.sorted(by: { $0.key < $1.key }) {
      if card.isOnScreen, card.display?.server == server {
        step.touch(number)
      } else if card.kind == .lead || isWanted(number) {
        step.touch(number)
      } else if !(card.members.allSatisfy { open[$0]?.phase == .closed }) {
        for id in card.members {
          detach(id, &step)
          step.wait(id)
        }
      }
    }
  }

  /// `Notify` succeeded.
  mutating func confirm(_ number: Card.ID, on display: Display, _ step: inout Step) {
    guard var card = cards[number], let sent = card.sending else {
      forgetFlight(number)
      if displays[display] == nil { step.perform(.close(display)) }
      return
    }
    card.sending = nil
    card.failures = 0
    if let old = card.display, old != display { displays[old] = nil }
    card.display = display
    card.confirmed = sent
    card.confirmedSnoozes = card.sentSnoozes
    displays[display] = number
    if card.isDismissed {
      card.isOnScreen = false
      card.isDismissed = false
      step.perform(.close(display))
    } else {
      card.isOnScreen = true
      if card.isStale { step.touch(number) }
    }
    cards[number] = card
    guard card.isOnScreen else { return }
    if card.kind.isOfTimeout { return confirmTimeout(number, on: display, &step) }
    if card.kind == .lead { return recordTracking(of: card.members[0], &step) }
    for id in card.members {
      // What joined it on its way is not seen before the next one.
      guard let reminder = open[id], sent.contains(reminder.occurrence) else { continue }
      if reminder.phase != .shown(display) {
        step.record(reminder.occurrence, title: reminder.title, .shown(display))
      }
      if reminder.phase == .due { leaveOutNudges(of: id, shownAt: step.now) }
      open[id]?.phase = .shown(display)
      open[id]?.wasSeen = true
      open[id]?.isUndelivered = false
      armReminder(id)
    }
  }

  /// `Notify` takes long: told once. Sent again it would be there twice, when the server goes on.
  mutating func delay(_ number: Card.ID, reason: String, _ step: inout Step) {
    guard let card = cards[number], card.isSending else { return }
    tellUndelivered(card, reason: reason, &step)
  }

  /// `Notify` failed: tried again later, and told once.
  mutating func fail(_ number: Card.ID, reason: String, _ step: inout Step) {
    guard var card = cards[number], card.isSending else { return forgetFlight(number) }
    card.sending = nil
    card.failures += 1
    let isMeant = !card.isDismissed
    card.isDismissed = false
    cards[number] = card
    guard isMeant else { return }
    if card.isStale {
      // It says something else now, which was not tried.
      retry(number, &step)
    } else {
      tellUndelivered(card, reason: reason, &step)
      deadlines.set(.card(number), to: step.now.advanced(byMicroseconds: card.retryDelay))
    }
    for id in card.members { armReminder(id) }
  }

  /// What was let go on its way has been answered for.
  private mutating func forgetFlight(_ number: Card.ID) {
    strays.removeAll { $0.number == number }
  }

  /// Tries again to show a card; what was never seen is kept back where that is so now.
  mutating func retry(_ number: Card.ID, _ step: inout Step) {
    guard let card = cards[number], !card.isSending else { return }
    if !card.isOnScreen, card.kind != .lead {
      // A reminder that was put away does not come back with the others.
      for id in card.members where isPutAway(id) && !card.members.allSatisfy(isPutAway) {
        detach(id, &step)
      }
      for id in cards[number]?.members ?? [] {
        guard holdOnReminder(of: id, at: step.now) != nil else { continue }
        detach(id, &step)
        step.wait(id)
      }
    }
    step.touch(number)
  }

  private func isPutAway(_ id: RitualID) -> Bool { open[id]?.phase == .closed }

  /// A notification left the screen without an answer; its reminders can still be answered.
  mutating func leave(_ display: Display, _ closing: Closing, _ step: inout Step) {
    guard let number = displays[display], var card = cards[number], card.isOnScreen else { return }
    if card.kind.isOfTimeout { return leaveTimeout(number, &step) }
    if card.kind == .lead {
      cards[number]?.isOnScreen = false
      return dismissLead(of: card.members, &step)
    }
    card.isOnScreen = false
    // The user did not mean a reminder that is still to come in its place.
    let isMeant = card.members.allSatisfy { open[$0]?.phase == .shown(display) }
    card.isDismissed = card.isSending && isMeant
    cards[number] = card
    if isMeant { deadlines.set(.card(number), to: nil) }
    for id in card.members {
      guard let reminder = open[id], reminder.phase == .shown(display) else { continue }
      step.record(reminder.occurrence, title: reminder.title, .closed(closing))
      open[id]?.phase = .closed
      armReminder(id)
    }
  }

  /// There is no notification server; what was on its way to one did not arrive.
  mutating func missServer(_ step: inout Step) {
    guard !isServerAbsent else { return }
    server = nil
    isServerAbsent = true
    strays = []
    forgetLeftLeads(&step)
    forgetLeftTimeout(&step)
    for (number, card) in cards.sorted(by: { $0.key < $1.key }) {
      cards[number]?.sending = nil
      cards[number]?.isDismissed = false
      cards[number]?.failures = card.isSending ? card.failures + 1 : 0
      deadlines.set(.card(number), to: nil)
      if card.isVisible || isWanted(number) || card.members.contains(where: { open[$0]?.phase == .due }) {
        if card.isSending { leaveInPeace(number, &step) } else { waitForServer(card, &step) }
      }
      for id in card.members { armReminder(id) }
    }
  }

  /// A server went with a card on its way to it, and may have died of it: another one is not asked for at
  /// once.
  private mutating func leaveInPeace(_ number: Card.ID, _ step: inout Step) {
    guard let card = cards[number], card.kind != .lead else { return }
    tellUndelivered(card, reason: "there is no notification server", &step)
    deadlines.set(.card(number), to: step.now.advanced(byMicroseconds: card.retryDelay))
  }

  /// A card cannot be seen: that is told of those who never were, and a server is asked for.
  private mutating func waitForServer(_ card: Card, _ step: inout Step) {
    guard card.kind != .lead else { return }
    tellUndelivered(card, reason: "there is no notification server", &step)
    step.seekServer()
  }

  private mutating func tellUndelivered(_ card: Card, reason: String, _ step: inout Step) {
    for id in card.members {
      guard let reminder = open[id], reminder.phase == .due, !reminder.isUndelivered else { continue }
      open[id]?.isUndelivered = true
      step.record(reminder.occurrence, title: reminder.title, .undelivered(reason: reason))
    }
  }

  /// Whether no card's own words are for everyone's eyes.
  package var hidesWords: Bool {
    orders[.discretion] != nil || !rules.discreet.isDisjoint(with: circumstances)
  }

  /// Whether a card's own words are not for everyone's eyes.
  private func isDiscreet(_ card: Card) -> Bool {
    hidesWords
      || circumstances.contains(.locked)
        && (card.kind.isOfTimeout || card.members.contains { known($0)?.isPrivate ?? true })
  }

  /// Sends again what is on the screen in words that are not right any more.
  mutating func reconsiderDiscretion(_ step: inout Step) {
    for (number, card) in cards.sorted(by: { $0.key < $1.key })
    where card.isVisible && card.isDiscreet != isDiscreet(card) { step.touch(number) }
  }
}

extension Reminder.Kind {
  /// How pressing a card of these rituals is.
  fileprivate func urgency(of rituals: [Ritual]) -> Urgency {
    let highest = rituals.map(\.urgency).max { $0.rank < $1.rank } ?? .normal
    return switch self {
    case .ritual, .summary: highest
    case .lead: highest == .low ? .low : .normal
    case .digest, .soothing: .low
    case .comeBack, .repair: .normal
    }
  }
}

extension Urgency {
  fileprivate var rank: Int {
    switch self {
    case .low: 0
    case .normal: 1
    case .critical: 2
    }
  }
}
