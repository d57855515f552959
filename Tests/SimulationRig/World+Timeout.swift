import CivilTime
import Engine
import Rituals

/// The promises to users in a timeout.
extension World {
  /// A rest began, or was lengthened or ended.
  mutating func noteTimeout(_ timeout: Timeout?) {
    guard let timeout else { return }
    if let last = rests.last, last.since == timeout.since { rests.removeLast() } else { restsBegun += 1 }
    rests.append(timeout)
    if rests.count > 8 { rests.removeFirst() }
  }

  /// An occurrence during a rest is not missed. Where clocks are set, a rest has no certain place in time.
  func wrongDuringTimeout(_ entry: Entry) -> String? {
    guard !isWild, !slept.contains(entry.occurrence.ritual), case .missed(_, let count) = entry.happening,
      count == 1
    else { return nil }
    let scheduled = entry.occurrence.scheduled
    // What came at the very instant at which it began may have come before it.
    guard rests.contains(where: { $0.since < scheduled && $0.held(at: scheduled) }) else { return nil }
    return "\(entry.occurrence) came during a timeout and is missed"
  }

  /// The question and the offer are shown once; once more where another server or another life of the daemon
  /// has to.
  mutating func noteShown(_ reminder: Reminder) {
    guard reminder.kind != .soothing, reminder.replacing == nil, let rest = reminder.timeout else { return }
    let notification = TimeoutNotification(
      kind: reminder.kind, rest: restsBegun, until: rest.until, server: serverSerial, life: lives)
    timeoutsShown[notification, default: 0] += 1
    if timeoutsShown[notification] ?? 0 > 1 { violate("\(reminder.kind) of \(rest.until) is shown again") }
    if timeoutsShown.count > 64 { timeoutsShown = [:] }
  }

  /// The question, or the offer, is about to be shown.
  mutating func checkShownOfTimeout(_ reminder: Reminder) {
    guard reminder.kind != .soothing, reminder.replacing == nil, reminder.timeout != nil else { return }
    guard let timeout = journal.timeout else { return violate("\(reminder.kind) is of no timeout") }
    switch reminder.kind {
    case .comeBack:
      // Who was asked at the time, and sets the clock back, may be asked again by the next server.
      if timeout.stage != .asking || !isWild && now < timeout.until { violate("they are asked early") }
      if circumstances.contains(.locked) { violate("a locked screen asks") }
    case .repair:
      if timeout.until.microseconds(until: now) > Timeout.keeps { violate("a repair is offered late") }
    default: break
    }
  }

  /// It ends, and at most one thing of it is on the screen.
  mutating func checkTimeout() {
    if !isStarting, let timeout = journal.timeout, now > timeout.until.advanced(byMicroseconds: Timeout.keeps)
    {
      violate("the timeout until \(timeout.until.formatted(in: zone)) does not end")
    }
    // The line that it begins with goes by itself.
    let cards = screen.filter {
      $0.value.kind.isOfTimeout && $0.value.kind != .soothing && !orphans.contains($0.key)
    }
    if sent.isEmpty, refused.isEmpty, cards.count > 1 { violate("a timeout is on the screen twice") }
  }
}
