import CivilTime
import Engine
import Rituals
import Schedules

/// Reasons of ends, judged from outside: by the schedules, the rules, what the user did, and the journal.
extension World {
  /// The time for which the world remembers that a reminder was seen, in microseconds: 40 days.
  private static let remembered: Int64 = 40 * 86_400_000_000

  /// An entry is about to be written: an end needs its reason.
  mutating func judge(_ entry: Entry) {
    if let wrong = wrong(with: entry) { violate("\(entry.occurrence) is \(entry.happening), \(wrong)") }
  }

  /// Says what is wrong with an end, or a snooze, where something is.
  private func wrong(with entry: Entry) -> String? {
    let occurrence = entry.occurrence
    let open = journal.open(occurrence)
    switch entry.happening {
    case .done(let answerer), .skipped(let answerer, _):
      switch answerer {
      case .notification, .command:
        let isDone = if case .done = entry.happening { true } else { false }
        return meant[occurrence] == (isDone ? .done : .skip) ? nil : "and nobody said so"
      case .calendar:
        return answers[occurrence.ritual].map { $0 >= occurrence.scheduled } ?? false
          ? nil : "and no calendar says so"
      case .pause: return wasPaused(occurrence, from: open?.due, to: entry.at) ? nil : "without a pause"
      case .timeout: return wasResting(occurrence, from: open?.due, to: entry.at) ? nil : "without a timeout"
      }
    case .snoozed(let until, .notification), .snoozed(let until, .command):
      // What a clock that ran ahead showed is put off until its time.
      if isWild, until == open?.due { return nil }
      return meant[occurrence] == .snooze(until: until) ? nil : "and nobody said so"
    case .missed(let reason, let count): return wrong(with: reason, count, entry, open)
    case .expired(.superseded):
      let isForgotten = occurrence.scheduled.microseconds(until: entry.at) > Self.remembered
      guard isForgotten || record.wasEverSeen(occurrence) || record.wasSnoozed(occurrence) else {
        return "and was never on a screen"
      }
      return isFollowed(occurrence, by: entry.at) ? nil : "and nothing came after it"
    case .expired(.removed):
      let isWanted = configured.contains(occurrence.ritual)
      return isWanted ? "and nobody removed it" : nil
    default: return nil
    }
  }

  private func wrong(
    with reason: MissedReason, _ count: Int, _ entry: Entry, _ open: OpenOccurrence?
  ) -> String? {
    let occurrence = entry.occurrence
    // Where clocks are set and files edited, lateness has no certain beginning.
    guard !isWild, let ritual = ritual(occurrence.ritual), configured.contains(ritual.id) else { return nil }
    var due = open?.due ?? occurrence.scheduled
    if case .snoozed(let until) = open?.phase { due = until }
    let isLate = ritual.missed.longest.map { due.microseconds(until: entry.at) > $0 } ?? false
    guard isLate || isFollowed(occurrence, by: entry.at) else { return "and is not too late" }
    switch reason {
    case .clock: return "and no clock was set"
    case .absent:
      guard open?.phase == .due, let came = record.lastDue(occurrence), came != now else { return nil }
      let wasAway = returned[ritual.id].map { $0 >= came } ?? false
      return wasAway || restless.map { $0 >= came } ?? false ? nil : "and all was well since it came"
    case .held: return record.hadTrouble(occurrence) ? nil : "and nothing kept it"
    case .undelivered:
      let wasSlow = restless.map { $0 >= record.lastDue(occurrence) ?? due } ?? false
      return wasSlow || record.hadTrouble(occurrence) ? nil : "and nothing kept it"
    }
  }

  /// True where the ritual came again by then. Where its schedule changes, nobody knows here.
  private func isFollowed(_ occurrence: Occurrence, by instant: Instant) -> Bool {
    guard !isWild, let ritual = ritual(occurrence.ritual) else { return true }
    return ritual.schedule.next(after: occurrence.scheduled, in: ritual.zone ?? zone).map { $0 <= instant }
      ?? false
  }

  /// True where its ritual was paused at some time between its coming and its end.
  private func wasPaused(_ occurrence: Occurrence, from due: Instant?, to end: Instant) -> Bool {
    guard !isWild else { return true }
    let from = min(due ?? occurrence.scheduled, occurrence.scheduled)
    return pauses.contains { pause in
      (pause.ritual == nil || pause.ritual == occurrence.ritual) && pause.since <= end
        && pause.until.map { $0 > from } ?? true
    }
  }

  private func wasResting(_ occurrence: Occurrence, from due: Instant?, to end: Instant) -> Bool {
    guard !isWild else { return true }
    let from = min(due ?? occurrence.scheduled, occurrence.scheduled)
    return rests.contains { $0.since <= end && $0.until > from }
  }

  /// An order is written: pauses are remembered, for what they leave out.
  mutating func noteOrder(_ change: Change) {
    switch change {
    case .order(let order):
      guard case .pause(let ritual) = order.subject else { return }
      endPause(ritual)
      pauses.append(Pause(ritual: ritual, since: order.since, until: order.until))
      if pauses.count > 64 { pauses.removeFirst() }
    case .revoke(.pause(let ritual)): endPause(ritual)
    default: break
    }
  }

  private mutating func endPause(_ ritual: RitualID?) {
    guard let last = pauses.lastIndex(where: { $0.ritual == ritual }) else { return }
    pauses[last].until = min(pauses[last].until ?? now, now)
  }

  /// A pause that was ordered, and when it was over.
  struct Pause {
    let ritual: RitualID?
    let since: Instant
    var until: Instant?
  }
}
