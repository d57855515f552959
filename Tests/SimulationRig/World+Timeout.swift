import CivilTime
import Engine
import Rituals

/// What users may count on in a timeout.
extension World {
  /// A rest began, or was lengthened or ended.
  mutating func noteTimeout(_ timeout: Timeout?) {
    guard let timeout else { return }
    if let last = rests.last, last.since == timeout.since { rests.removeLast() } else { restsBegun += 1 }
    rests.append(timeout)
    if rests.count > 8 { rests.removeFirst() }
  }

  /// What came during a rest is not missed. Where clocks are set, a rest has no certain place in time.
  func wrongDuringTimeout(_ entry: Entry) -> String? {
    guard !isWild, !slept.contains(entry.occurrence.ritual), case .missed(_, let count) = entry.happening,
      count == 1
    else { return nil }
    let scheduled = entry.occurrence.scheduled
    // What came at the very instant at which it began may have come before it.
    guard rests.contains(where: { $0.since < scheduled && $0.held(at: scheduled) }) else { return nil }
    return "\(entry.occurrence) came during a timeout and is missed"
  }

  /// The question and the offer are shown once; once more where another server or another life of the daemon has to.
  mutating func noteShown(_ reminder: Reminder) {
    guard reminder.kind != .soothing, reminder.replacing == nil, let rest = reminder.timeout else { return }
    let card = TimeoutCard(
      kind: reminder.kind, rest: restsBegun, until: rest.until, server: serverSerial, life: lives)
    timeoutsShown[card, default: 0] += 1
    if timeoutsShown[card] ?? 0 > 1 { violate("\(reminder.kind) of \(rest.until) is shown again") }
    if timeoutsShown.count > 64 { timeoutsShown = [:] }
    guard let timeout = journal.timeout else { return violate("\(reminder.kind) is of no timeout") }
    switch reminder.kind {
    case .comeBack:
      // Who was asked at the time, and sets the clock back, may be asked again by the next server.
      if timeout.stage != .asking || !isWild && now < timeout.until { violate("they are asked early") }
    case .repair:
      if timeout.until.microseconds(until: now) > Timeout.keeps { violate("a repair is offered late") }
    default: break
    }
    if reminder.kind == .comeBack, circumstances.contains(.locked) { violate("a locked screen asks") }
  }

  /// It ends, and at most one thing of it is on the screen.
  mutating func checkTimeout(_ engine: Engine) {
    if !isStarting, let timeout = engine.timeout, now > timeout.until.advanced(byMicroseconds: Timeout.keeps)
    {
      violate("the timeout until \(timeout.until.formatted(in: zone)) does not end")
    }
    if engine.timeout != journal.timeout { violate("the journal does not know the timeout") }
    // The line that it begins with goes by itself.
    let cards = screen.filter {
      $0.value.kind.isOfTimeout && $0.value.kind != .soothing && !orphans.contains($0.key)
    }
    if sent.isEmpty, refused.isEmpty, cards.count > 1 { violate("a timeout is on the screen twice") }
  }
}
