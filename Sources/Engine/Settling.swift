import CivilTime
import OrderedCollections
import Rituals

/// The end of each step: what waits to be seen is dealt onto cards, and the cards that changed are sent.
extension Engine {
  mutating func settle(_ step: inout Step) {
    var fresh: [RitualID] = []
    var released: [RitualID] = []
    for id in step.takeWaiting() {
      guard let reminder = open[id], reminder.card == nil, let ritual = tracks[id]?.ritual else { continue }
      if case .snoozed = reminder.phase { continue }
      if let hold = hold(on: ritual, isOrdered: reminder.isOrdered, at: step.now) {
        keep(id, for: hold, &step)
      } else if release(id) {
        released.append(id)
      } else {
        fresh.append(id)
      }
    }
    if released.count > 1 {
      deal(.digest, to: released, &step)
    } else {
      fresh += released
    }
    deal(fresh, &step)
    var touched = step.takeTouched()
    while !touched.isEmpty {
      for card in touched { send(card, &step) }
      touched = step.takeTouched()
    }
    leaveVacated(&step)
    armHold(at: step.now)
  }

  /// Gives each reminder a card of its own; where they are many within a minute, one for all.
  private mutating func deal(_ fresh: [RitualID], _ step: inout Step) {
    guard !fresh.isEmpty else { return }
    company.begin(at: step.now)
    let company = company.members.filter { id in
      !fresh.contains(id) && open[id]?.card.flatMap { cards[$0] }?.isVisible ?? false
    }
    self.company.add(fresh, at: step.now)
    guard company.count + fresh.count > Company.few else {
      for id in fresh { deal(.ritual, to: [id], &step) }
      return
    }
    let shared = company.compactMap { open[$0]?.card }.first { cards[$0]?.kind == .summary }
    for id in company where open[id]?.card != shared || shared == nil { detach(id, &step) }
    if let shared {
      let others = company.filter { open[$0]?.card == nil } + fresh
      cards[shared]?.members += others
      for id in others { open[id]?.card = shared }
      step.touch(shared)
    } else {
      deal(.summary, to: inOrder(Set(company + fresh)), &step)
    }
  }

  /// Makes a card for rituals that have none, in place of a notification that one of them had.
  @discardableResult
  mutating func deal(_ kind: Reminder.Kind, to members: [RitualID], _ step: inout Step) -> Card.ID {
    var card = Card(kind, of: members)
    let vacancy = step.occupy(for: members) ?? takeFlight(of: members)
    if let vacancy { card.succeed(vacancy.card) }
    let number: Card.ID
    if let vacancy, card.isSending {
      // The answer to what is on its way comes by its number; what follows waits for it.
      number = vacancy.number
    } else {
      lastCard += 1
      number = lastCard
    }
    if let display = card.display { displays[display] = number }
    cards[number] = card
    if kind != .lead {
      for id in members { open[id]?.card = number }
    }
    step.touch(number)
    return number
  }

  /// A card on its way that was let go, and was about one of these rituals.
  private mutating func takeFlight(of ids: [RitualID]) -> Vacancy? {
    let index = strays.firstIndex { stray in
      stray.card.isSending && stray.ritual.map { ids.contains($0) } ?? false
    }
    return index.map { strays.remove(at: $0) }
  }

  /// Takes off the screen what nothing came to replace; what is on its way there is closed when it has come.
  private mutating func leaveVacated(_ step: inout Step) {
    for vacancy in step.takeVacated() {
      step.close(vacancy)
      if vacancy.card.isSending { strays.append(vacancy) }
    }
  }

  /// Takes a ritual's reminder off its card; the card goes with its last one.
  mutating func detach(_ id: RitualID, _ step: inout Step) {
    guard let number = open[id]?.card, var card = cards[number] else { return }
    open[id]?.card = nil
    armReminder(id)
    card.members.removeAll { $0 == id }
    guard let last = card.members.last else { return drop(number, &step) }
    if card.members.count == 1, last != id { card.kind = .ritual }
    cards[number] = card
    if card.isVisible { step.touch(number) }
  }

  /// Lets a card go; its notification is there to be replaced, or goes too.
  mutating func drop(_ number: Card.ID, _ step: inout Step) {
    guard let card = cards.removeValue(forKey: number) else { return }
    deadlines.set(.card(number), to: nil)
    if let display = card.display { displays[display] = nil }
    let vacancy = Vacancy(number: number, card: card)
    if card.isSending || card.isOnScreen && card.display?.server == server {
      step.vacate(vacancy)
    } else if card.isOnScreen, !isServerKnown {
      strays.append(vacancy)
    }
  }
}
