import CivilTime
import Engine
import Rituals

/// The daemon's part: events in, effects out.
extension World {
  /// The daemon begins with what is durable.
  mutating func start() {
    lives += 1
    engine = Engine(
      zone: zone, snapshot: journal.snapshot(at: now), handledAhead: journal.shown(after: now))
    sent = []
    refused = []
    isStarting = true
    apply(.decks(Self.deck.map { [$0: Self.prompts] } ?? [:]))
    if isShared { apply(.acknowledged(answers)) }
    let isWhole = !isShared || Int.random(in: 0..<5, using: &others) > 0
    asleep = isWhole ? [] : Set(rituals.map(\.id).filter { _ in Bool.random(using: &others) })
    slept.formUnion(asleep)
    // A file that cannot be read, or is not there.
    let mayBeMissing = Bool.random(using: &others) && asleep.isDisjoint(with: remembered)
    let isComplete = isWhole || mayBeMissing
    apply(.configured(rituals.filter { !asleep.contains($0.id) }, rules, isComplete: isComplete))
    apply(.circumstances(circumstances))
    isStarting = false
    apply(isServerThere ? .serverAppeared(server) : .serverAbsent)
  }

  /// It is killed.
  mutating func die() {
    engine = nil
    // What was sent and is not known to be shown is the one window that there is.
    orphans.formUnion(sent.compactMap(\.number).filter { screen[$0] != nil })
    sent = []
    refused = []
  }

  /// Gives the engine an event, and carries out what it decides; or only the first part of it, when it is killed.
  mutating func apply(_ event: Event) {
    // In place: a copy of all that it holds would cost more than what it does.
    guard let effects = engine?.handle(event, at: now) else { return }
    // Wherever it is killed, at a write or between two effects.
    if tells {
      story.append("\(now.formatted(in: zone)) \(event)\n" + effects.map { "  \($0)\n" }.joined())
      if story.count > 12 { story.removeFirst() }
    }
    let isKilled = !effects.isEmpty && toss(150)
    let last = isKilled ? Int.random(in: 0..<effects.count, using: &random) : effects.count
    for effect in effects.prefix(last) { perform(effect) }
    // What it decided to take down, or to replace, and did not live to: the other side of the window.
    for effect in effects.dropFirst(last) {
      switch effect {
      case .close(let display): orphans.insert(display.number)
      case .show(let reminder): if let display = reminder.replacing { orphans.insert(display.number) }
      case .record, .seekServer, .begin: break
      }
    }
    if isKilled { return die() }
    check()
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .record(let changes):
      journal.commit(changes)
      for case .timeout(let timeout) in changes { noteTimeout(timeout) }
      for case .entry(let entry) in changes {
        if let wrong = wrongDuringTimeout(entry) { violate(wrong) }
        if let wrong = record.note(entry, now) { violate(wrong) }
        // Where clocks are set, a month has no certain length.
        if !isWild, entry.happening == .expired(.removed), let since = absent[entry.occurrence.ritual],
          since.microseconds(until: now) < Tracking.longestAway
        {
          violate("\(entry.occurrence) ended because its file is away")
        }
      }
      for case .drew(let draw) in changes {
        if let wrong = drawn.note(draw, of: Self.prompts.count) { violate(wrong) }
      }
      for case .track(let ritual, let tracking) in changes where began[ritual] == nil {
        began[ritual] = tracking.since
      }
    case .show(let reminder):
      checkShown(reminder)
      // The server has it from now on, whether or not the daemon lives to hear of it.
      guard isServerThere else { return }
      if toss(60) {
        refused.insert(reminder.card)
        sent.append(Sent(card: reminder.card, number: nil))
        // What it was to replace is out of date until it is tried again.
        if let old = reminder.replacing { orphans.insert(old.number) }
        return
      }
      let number = reminder.replacing.map(\.number) ?? nextNumber()
      screen[number] = reminder
      noteShown(reminder)
      orphans.remove(number)
      sent.append(Sent(card: reminder.card, number: number))
    case .close(let display):
      if display.server == server { screen[display.number] = nil }
    case .seekServer, .begin: break
    }
  }

  private mutating func nextNumber() -> UInt32 {
    lastNumber += 1
    return lastNumber
  }

  /// The server answers what was sent to it.
  mutating func answerServer() {
    var rounds = 0
    while !sent.isEmpty, engine != nil, isServerThere {
      rounds += 1
      guard rounds < 1000 else { return violate("it never stops to show") }
      let next = sent.removeFirst()
      if let number = next.number {
        refused.remove(next.card)
        // Killed before it recorded that, it does not know.
        orphans.insert(number)
        apply(.displayed(card: next.card, Display(server: server, number: number)))
        // Out of date again, where what it was to become at once was refused.
        if engine != nil, !refused.contains(next.card) { orphans.remove(number) }
      } else {
        apply(.displayFailed(card: next.card, reason: "no reply"))
      }
    }
  }
}
