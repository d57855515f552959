import CivilTime
import Engine
import Rituals

/// The daemon's part: events in, effects out.
extension World {
  /// The daemon begins with what is durable.
  mutating func start() {
    lives += 1
    specimen = Specimen(
      mutation, zone: zone, snapshot: journal.snapshot(at: now), alreadyHandled: journal.shown(after: now),
      at: now)
    inherited = leftBehind()
    orphans.formUnion(Set(screen.keys).subtracting(written))
    heard = []
    sent = []
    refused = [:]
    restless = now
    isStarting = true
    apply(.decks(Self.deck.map { [$0: Self.prompts.map { DrawablePrompt($0) }] } ?? [:]))
    if isShared { apply(.acknowledged(answers)) }
    let isWhole = !isShared || Int.random(in: 0..<5, using: &others) > 0
    asleep = isWhole ? [] : Set(rituals.map(\.id).filter { _ in Bool.random(using: &others) })
    slept.formUnion(asleep)
    // A file that cannot be read, or is not there.
    let mayBeMissing = Bool.random(using: &others) && asleep.isDisjoint(with: remembered)
    let isComplete = isWhole || mayBeMissing
    configure(isComplete: isComplete)
    // The session's state is not always known at the start: then nothing is known to be so.
    if Int.random(in: 0..<8, using: &others) == 0 { circumstances = [] }
    apply(.circumstances(circumstances))
    // A server that has just taken its name may not answer for a while (GNOME Shell).
    if isServerThere, Int.random(in: 0..<6, using: &others) == 0 { return }
    meetServer()
  }

  /// The daemon learns whether there is a server.
  mutating func meetServer() {
    isStarting = false
    // A former daemon's reminders are closed now, or taken over.
    orphans.subtract(recordedNumbers())
    apply(isServerThere ? .serverAppeared(server) : .serverAbsent(reason: "no server"))
  }

  /// Numbers on the screen and in the journal, but not as they stand there: the last daemon ended before it
  /// took it down, or replaced it.
  private func leftBehind() -> Set<UInt32> {
    let open = Set(
      journal.open.compactMap { if case .shown(let notification) = $0.phase { notification } else { nil } })
    return recordedNumbers().filter {
      screen[$0] != nil && !open.contains(NotificationID(server: server, number: $0))
    }
  }

  /// The numbers on this server that the journal has for reminders.
  private func recordedNumbers() -> Set<UInt32> {
    Set(
      journal.entries.compactMap { entry in
        if case .shown(let notification) = entry.happening, notification.server == server {
          notification.number
        } else {
          nil
        }
      })
  }

  /// The number of a notification is durable.
  private mutating func noteNumber(_ change: Change) {
    switch change {
    case .entry(let entry):
      if case .shown(let notification) = entry.happening { written.insert(notification.number) }
    case .track(_, let tracking):
      if let notification = tracking.lead?.notification { written.insert(notification.number) }
    case .timeout(let timeout):
      if let notification = timeout?.notification { written.insert(notification.number) }
    default: break
    }
  }

  /// It has read the configuration.
  mutating func configure(isComplete: Bool) {
    let present = rituals.filter { !asleep.contains($0.id) && !removed.contains($0.id) }
    if isWild { disturbed = now }
    configured = Set(present.filter(\.isEnabled).map(\.id))
    apply(.configured(present, rules, isComplete: isComplete))
  }

  /// It is killed.
  mutating func die() {
    specimen = nil
    // The server goes on with what it was sent, and nobody hears of it: the one window that there is.
    for message in sent {
      if let number = deliver(message) { orphans.insert(number) }
    }
    sent = []
    refused = [:]
    loseWhatWaited()
  }

  /// Gives the engine an event, and carries out what it decides; or only the first part of it, when it is
  /// killed.
  mutating func apply(_ event: Event) {
    // In place: a copy of all that it holds would cost more than what it does.
    guard let effects = specimen?.handle(event, at: now) else { return }
    // Wherever it is killed, at a write or between two effects.
    if tells {
      story.append("\(now.formatted(in: zone)) \(event)\n" + effects.map { "  \($0)\n" }.joined())
      if story.count > 20_000 { story.removeFirst() }
    }
    let isKilled = !effects.isEmpty && toss(150)
    let last = isKilled ? Int.random(in: 0..<effects.count, using: &random) : effects.count
    for effect in effects.prefix(last) { perform(effect) }
    // What it decided to take down, or to replace, and did not live to: the other side of the window.
    for effect in effects.dropFirst(last) {
      switch effect {
      case .close(let notification): orphans.insert(notification.number)
      case .show(let reminder):
        if let notification = reminder.replacing { orphans.insert(notification.number) }
      case .record, .seekServer, .begin: break
      }
    }
    if isKilled { return die() }
    check()
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .record(let changes):
      for change in changes {
        if case .entry(let entry) = change { judge(entry) }
        noteOrder(change)
        journal.commit([change])
        noteNumber(change)
        if case .timeout(let timeout) = change { noteTimeout(timeout) }
        guard case .entry(let entry) = change else { continue }
        if let wrong = wrongDuringTimeout(entry) { violate(wrong) }
        if isWild, record.end(of: entry.occurrence) != nil, journal.isFirst(entry) {
          // The journal was told to forget it, and the clock came back to its time after that.
          record.forgetEnd(of: entry.occurrence)
        }
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
      // It is on its way from now on, whether or not the daemon lives to hear of it.
      if isServerThere { sent.append(.notify(reminder)) }
    case .close(let notification):
      if notification.server == server { sent.append(.close(notification.number)) }
    case .begin(_, let occurrence): begun = occurrence
    case .seekServer: break
    }
  }

  /// The server takes the next message. Returns the number of what it has on the screen for that; nil where
  /// it refuses, or only closes.
  private mutating func deliver(_ message: Sent) -> UInt32? {
    switch message {
    case .close(let number):
      screen[number] = nil
      orphans.remove(number)
      return nil
    case .notify(let reminder):
      if toss(60) {
        refused[reminder.slot] = now
        // What it was to replace is out of date until it is tried again.
        if let old = reminder.replacing { orphans.insert(old.number) }
        return nil
      }
      let number = reminder.replacing.map(\.number) ?? nextNumber()
      screen[number] = reminder
      noteShown(reminder)
      orphans.remove(number)
      return number
    }
  }

  private mutating func nextNumber() -> UInt32 {
    lastNumber += 1
    return lastNumber
  }

  /// The server answers what was sent to it.
  mutating func answerServer() {
    var rounds = 0
    while !sent.isEmpty, specimen != nil, isServerThere {
      rounds += 1
      guard rounds < 1000 else { return violate("it never stops to show") }
      if case .notify(let reminder)? = sent.first, Int.random(in: 0..<100, using: &others) == 0 {
        apply(.notifyDelayed(slot: reminder.slot, reason: "slow"))
        guard specimen != nil else { return }
      }
      let next = sent.removeFirst()
      let number = deliver(next)
      guard case .notify(let reminder) = next else { continue }
      if let number {
        refused[reminder.slot] = nil
        heard.insert(number)
        // Killed before it recorded that, it does not know.
        orphans.insert(number)
        apply(.notifySucceeded(slot: reminder.slot, NotificationID(server: server, number: number)))
        // Out of date again, where what it was to become at once was refused.
        if specimen != nil, refused[reminder.slot] == nil { orphans.remove(number) }
      } else {
        apply(.notifyFailed(slot: reminder.slot, reason: "no reply"))
      }
    }
  }
}
