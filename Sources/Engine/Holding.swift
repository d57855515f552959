import CivilTime
import Rituals

/// What keeps reminders back, and lets them go.
extension Engine {
  /// The hold on a reminder of the ritual now; nil where it may be shown. Quiet hours do not hold one that
  /// the user ordered to come.
  func hold(on ritual: Ritual, isOrdered: Bool = false, at now: Instant) -> Hold? {
    if let pause = pause(of: ritual.id, at: now) { return .paused(until: pause.until) }
    if let timeout, timeout.holds(at: now) { return .timeout(until: timeout.until) }
    guard ritual.quiet == .respect else { return nil }
    return isOrdered ? circumstanceHold : quietHold(at: now)
  }

  /// What would keep back the ritual's open reminder now; nil where it has none.
  func holdOnReminder(of id: RitualID, at now: Instant) -> Hold? {
    guard let ritual = tracks[id]?.ritual, let reminder = open[id] else { return nil }
    return hold(on: ritual, isOrdered: reminder.isOrdered, at: now)
  }

  /// What keeps back everything that respects quiet times.
  func holdOnAll(at now: Instant) -> Hold? {
    if let pause = orders[.pause(nil)], pause.until.map({ now < $0 }) ?? true {
      return .paused(until: pause.until)
    }
    return quietHold(at: now)
  }

  private func quietHold(at now: Instant) -> Hold? {
    if let until = rules.quiet.end(at: now, in: zone) { return .quietHours(until: until) }
    return circumstanceHold
  }

  private var circumstanceHold: Hold? {
    let circumstance = Circumstance.allCases.first {
      rules.quiet.when.contains($0) && circumstances.contains($0)
    }
    return circumstance.map { .circumstance($0) }
  }

  /// Keeps a reminder back; that is recorded once for each reason.
  mutating func keep(_ id: RitualID, for hold: Hold, _ step: inout Step) {
    guard var reminder = open[id] else { return }
    held.insert(id)
    if reminder.hold != hold.reason {
      reminder.hold = hold.reason
      reminder.phase = .due
      step.record(reminder.occurrence, title: reminder.title, .held(hold.reason))
    }
    open[id] = reminder
    armReminder(id)
  }

  /// Nothing keeps the reminder back any more. Returns whether something did.
  @discardableResult
  mutating func release(_ id: RitualID) -> Bool {
    open[id]?.hold = nil
    return held.remove(id) != nil
  }

  /// Something that may keep reminders back has changed: looks at each that is kept back.
  mutating func review(_ step: inout Step) {
    for id in inOrder(held) { step.wait(id) }
    reviewTimeout(&step)
  }

  /// Wakes up when the first of what keeps reminders back ends by itself.
  mutating func armHold(at now: Instant) {
    var earliest: Instant?
    for id in held {
      guard let until = holdOnReminder(of: id, at: now)?.until else { continue }
      earliest = min(earliest ?? until, until)
    }
    if timeout?.stage == .offering, timeoutCard == nil, let until = holdOnAll(at: now)?.until {
      earliest = min(earliest ?? until, until)
    }
    deadlines.set(.hold, to: earliest)
  }

  /// The user's session is different.
  mutating func meet(_ circumstances: Set<Circumstance>, _ step: inout Step) {
    guard circumstances != self.circumstances else { return }
    self.circumstances = circumstances
    review(&step)
    reconsiderDiscretion(&step)
  }

  /// How a reminder ends in whose place the next one comes. What nobody saw was not left unanswered.
  func outcomeOfSuperseding(_ reminder: OpenReminder) -> Happening {
    if case .snoozed = reminder.phase { return .expired(.superseded) }
    return reminder.canBeLate ? outcomeOfWaiting(reminder) : .expired(.superseded)
  }

  /// How a reminder ends that was kept back for too long.
  func outcomeOfWaiting(_ reminder: OpenReminder) -> Happening {
    switch reminder.hold {
    case .paused: .skipped(by: .pause)
    case .timeout: .skipped(by: .timeout)
    case .some: .missed(.held, count: 1)
    case nil where reminder.isUndelivered || reminder.card.flatMap { cards[$0] }?.isSending ?? false:
      .missed(.undelivered, count: 1)
    // The daemon ended, or the machine slept, before it was on the screen.
    case nil: .missed(.absent, count: 1)
    }
  }

  /// Rituals in the order in which their open reminders came.
  func inOrder(_ ids: some Collection<RitualID>) -> [RitualID] {
    ids.sorted { open[$0]?.place ?? 0 < open[$1]?.place ?? 0 }
  }
}
