import CivilTime
import Engine
import Rituals

/// Events that may come next.
extension World {
  mutating func step() {
    guard specimen != nil else {
      // It is started again at once, or the machine was off for a while.
      pass(toss(2) ? 5 : toss(4) ? 200_000 : 3600)
      // What another program has locked is not begun without, but waited for.
      if Int.random(in: 0..<10, using: &others) == 0 { return }
      return start()
    }
    if isStarting { return waitForServer() }
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<55: meetDeadline()
    case 55..<60: sleep()
    case 60..<75: use()
    case 75..<78: die()
    case 78..<82: changeServer()
    case 82..<88: changeCircumstances()
    case 88..<92: order()
    case 92..<95 where isWild: edit()
    case 95..<97 where isWild: setClock()
    case 97..<98 where isWild: travel()
    default:
      let before = now
      pass(60)
      letPass(since: before)
    }
    if !toss(10) { answerServer() }
    if isShared { share() }
    changeDisk()
    if isCalm { checkDelivery() } else { restless = now }
  }

  /// The server does not answer yet: seconds, in which the daemon lives, and may be killed.
  private mutating func waitForServer() {
    let before = now
    pass(3)
    switch Int.random(in: 0..<8, using: &others) {
    case 0: use()
    case 1: order()
    case 2: die()
    case 3, 4: letPass(since: before)
    default: meetServer()
    }
    restless = now
  }

  /// Rituals that could not be read at the start can be read again.
  mutating func wake() {
    asleep = []
    configure(isComplete: true)
  }

  /// Rituals that count from before they are heard of: their calendar remembers when they left, which nothing
  /// does here.
  var remembered: Set<RitualID> { Set(rituals.filter { $0.since != nil }.map(\.id)) }

  /// The files of some rituals are away for a while, or of all.
  private mutating func takeAway() {
    let isAll = Bool.random(using: &others)
    asleep = Set(rituals.map(\.id).filter { _ in isAll || Bool.random(using: &others) })
    slept.formUnion(asleep)
    let isComplete = Int.random(in: 0..<4, using: &others) > 0 && asleep.isDisjoint(with: remembered)
    configure(isComplete: isComplete)
  }

  /// Somebody else answers by the calendar, early, late or by a clock that is wrong; or another calendar has
  /// the word.
  private mutating func share() {
    guard specimen != nil else { return }
    // Within the month in which they may come back.
    let isLong = absent.values.contains { $0.microseconds(until: now) > 14 * 86_400_000_000 }
    if !asleep.isEmpty, Int.random(in: 0..<10, using: &others) == 0 || isLong { return wake() }
    if asleep.isEmpty, Int.random(in: 0..<100, using: &others) == 0 { takeAway() }
    guard Int.random(in: 0..<20, using: &others) == 0 else { return }
    let away = Int64.random(in: -7200...7200, using: &others) * 1_000_000
    if let ritual = rituals.randomElement(using: &others) {
      answers[ritual.id] = now.advanced(byMicroseconds: away)
    }
    if Int.random(in: 0..<10, using: &others) == 0 { answers = [:] }
    apply(.acknowledged(answers))
  }

  /// From when on a schedule that is written now counts: in a calendar it may have been there for a while.
  mutating func heardSince(_ ritual: RitualID) -> Instant? {
    guard isShared, Bool.random(using: &others) else { return nil }
    let since = now.advanced(byMicroseconds: -.random(in: 0..<14_400_000_000, using: &others))
    return max(since, left[ritual] ?? since)
  }

  private mutating func pass(_ seconds: Int64) {
    now = now.advanced(byMicroseconds: microseconds(upTo: seconds) + 1)
  }

  /// The timer goes off, a little late as timers are.
  private mutating func meetDeadline() {
    let before = now
    let limit = now.advanced(byMicroseconds: 86_400_000_000)
    if let deadline = specimen?.nextDeadline, deadline < limit {
      now = max(now, deadline)
      if toss(3) { now = now.advanced(byMicroseconds: microseconds(upTo: 2)) }
    } else {
      now = limit
    }
    letPass(since: before)
  }

  private mutating func sleep() {
    let before = now
    pass(toss(8) ? 400_000 : toss(3) ? 40_000 : 4000)
    letPass(since: before)
  }

  /// Time has passed since an instant.
  private mutating func letPass(since before: Instant) {
    let expected = expectations(since: before)
    apply(.timePassed)
    guard !expected.nudges.isEmpty || !expected.leads.isEmpty else { return }
    answerServer()
    check(expected)
  }

  private mutating func changeServer() {
    if isServerThere {
      isServerThere = false
      screen = [:]
      orphans = []
      sent = []
      refused = [:]
      meetServer()
    } else {
      // The user had it show nothing of this program, or it is another one.
      if Int.random(in: 0..<4, using: &others) > 0 { serverSerial += 1 }
      isServerThere = true
      meetServer()
    }
  }

  private mutating func changeCircumstances() {
    guard let one = Circumstance.allCases.randomElement(using: &random) else { return }
    circumstances.formSymmetricDifference([one])
    // People come back.
    if toss(2) { circumstances = [] }
    apply(.circumstances(circumstances))
  }

  private mutating func order() {
    if toss(6) {
      let length = Timeout.shortest + microseconds(upTo: 6000)
      return apply(
        journal.timeout != nil && toss(3)
          ? .timeoutEnded
          : .timeoutBegan(until: now.advanced(byMicroseconds: length), soothing: toss(2) ? "Breathe." : nil))
    }
    let one = rituals.randomElement(using: &random)?.id
    let subject: Order.Subject = toss(3) ? .discretion : toss(2) ? .pause(nil) : .pause(one)
    if journal.orders.isEmpty {
      let until = now.advanced(byMicroseconds: microseconds(upTo: toss(4) ? 1_000_000 : 20_000) + 1)
      apply(.ordered(Order(subject, since: now, until: toss(6) ? nil : until)))
    } else {
      for subject in journal.orders.values.sorted(by: { $0.since < $1.since }).map(\.subject) {
        apply(.revoked(subject))
      }
    }
  }

  private mutating func setClock() {
    if Int.random(in: 0..<20, using: &others) == 0 { return lose() }
    let away = toss(2) ? microseconds(upTo: 20_000) : -microseconds(upTo: 20_000)
    showClock(now.advanced(byMicroseconds: away))
  }

  private mutating func showClock(_ instant: Instant) {
    now = instant
    disturbed = now
    record.clockWasSet()
    apply(.clockSet(alreadyHandled: journal.shown(after: now), accounted: journal.accounted(at: now)))
    checkPutRight()
  }

  /// The clock is years away for a while, in which the daemon may be started, and is put right.
  private mutating func lose() {
    let real = now
    let years = Int64.random(in: 1...3, using: &others) * (Bool.random(using: &others) ? 1 : -13)
    showClock(max(now.advanced(byMicroseconds: years * 31_557_600_000_000), Instant(seconds: 86_400)))
    let wrong = now
    if Bool.random(using: &others) { die() }
    for _ in 0..<Int.random(in: 0..<6, using: &others) {
      if specimen == nil { start() }
      answerServer()
      meetDeadline()
    }
    // As long as it took by the wrong clock, and the wait until it is put right.
    let passed = max(wrong.microseconds(until: now), 0) + microseconds(upTo: 3600)
    showClock(real.advanced(byMicroseconds: passed))
  }

  private mutating func travel() {
    zone = zones.randomElement(using: &random) ?? zone
    disturbed = now
    apply(.zoneChanged(zone))
  }
}
