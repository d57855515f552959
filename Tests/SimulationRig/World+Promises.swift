import CivilTime
import Engine
import Rituals
import Schedules

/// What users may count on, looked at after each step.
extension World {
  mutating func violate(_ what: String) {
    violations.append("seed \(seed), step \(steps), at \(now.formatted(in: zone)): \(what)")
  }

  /// A notification is about to be seen.
  mutating func checkShown(_ reminder: Reminder) {
    for item in reminder.items {
      let occurrence = item.occurrence
      if reminder.kind != .lead {
        // What the user put off while a clock ran ahead comes when they said.
        let isKnown = record.wasEverSeen(occurrence) || record.wasSnoozed(occurrence)
        if occurrence.scheduled > now, !isKnown { violate("\(occurrence) is early") }
        let open = journal.open(occurrence)
        if let open, open.due > now, !open.wasSeen, open.due != occurrence.scheduled {
          violate("\(occurrence) is back before its snooze is over")
        }
        if record.hasEnded(occurrence) { violate("\(occurrence) is shown after its end") }
      }
      guard let ritual = places[occurrence.ritual].map({ rituals[$0] }) else {
        violate("\(occurrence) is of no ritual")
        continue
      }
      let hold =
        reminder.kind == .lead
        ? engine?.wouldHold(ritual.id, at: now) : engine?.wouldHoldReminder(of: ritual.id, at: now)
      if reminder.replacing == nil, let hold {
        violate("\(occurrence) is shown in spite of \(hold)")
      }
      let mustBeDiscreet =
        journal.orders[.discretion] != nil || circumstances.contains(.screenShared)
        || circumstances.contains(.locked) && ritual.isPrivate
      if mustBeDiscreet, !reminder.isDiscreet { violate("\(occurrence) shows its words") }
    }
  }

  mutating func check() {
    guard let engine, violations.isEmpty else { return }
    checkTimeout(engine)
    if let deadline = engine.nextDeadline, deadline <= now { violate("a deadline has passed") }
    // The long looks are for one step in sixteen: what is wrong stays wrong.
    guard steps % 16 == 0 || tells else { return checkWaiting(engine) }
    let open = engine.reminders
    let durable = journal.open
    if open.map(\.occurrence) != durable.map(\.occurrence) || open.map(\.phase) != durable.map(\.phase) {
      violate("the journal has \(durable), the engine \(open)")
    }
    // What is on its way may take the place of what is about to go, and what was refused comes later.
    guard sent.isEmpty, refused.isEmpty else { return }
    checkOver(engine, Set(open.map(\.occurrence)))
    var seen: Set<RitualID> = []
    for (number, reminder) in screen where !orphans.contains(number) && reminder.kind != .lead {
      for item in reminder.items where !seen.insert(item.occurrence.ritual).inserted {
        violate("\(item.occurrence) is on the screen twice")
      }
    }
    checkWaiting(engine)
  }

  /// Nothing stays on the screen that is over, or will not come.
  private mutating func checkOver(_ engine: Engine, _ open: Set<Occurrence>) {
    guard isServerThere, !isStarting else { return }
    for (number, reminder) in screen where !orphans.contains(number) {
      for item in reminder.items where !asleep.contains(item.occurrence.ritual) {
        let isMeant =
          reminder.kind == .lead
          ? engine.next(of: item.occurrence.ritual) == item.occurrence.scheduled
          : open.contains(item.occurrence)
        if !isMeant { violate("\(item.occurrence), a \(reminder.kind), is on the screen and over") }
      }
    }
  }

  /// Nothing waits without a reason.
  private mutating func checkWaiting(_ engine: Engine) {
    guard isServerThere, !isStarting, sent.isEmpty, refused.isEmpty else { return }
    for reminder in engine.reminders
    where reminder.phase == .due && !asleep.contains(reminder.occurrence.ritual) {
      switch engine.hold(of: reminder.occurrence.ritual, at: now) {
      case nil: violate("\(reminder.occurrence) is due, and nobody knows why it is not shown")
      case .quietHours where record.wasSnoozed(reminder.occurrence):
        violate("\(reminder.occurrence) was snoozed until now, and quiet hours hold it")
      default: break
      }
    }
  }

  /// The clock was set: all that has come by now is accounted for by what was recorded up to now, and nothing
  /// is left out because of what was recorded at a time that was wrong.
  mutating func checkPutRight() {
    guard engine != nil, violations.isEmpty else { return }
    let accounted = journal.accounted(at: now)
    for ritual in rituals where ritual.isEnabled && !asleep.contains(ritual.id) {
      let last = ritual.schedule.previous(
        before: now.advanced(byMicroseconds: 1), in: ritual.zone ?? zone)
      guard let last, let known = accounted[ritual.id], known < last else { continue }
      violate("\(ritual.id) came at \(last.formatted(in: zone)) by the clock that was set, and is left out")
    }
  }

  /// Each occurrence that its schedule names has ended, once, or is open.
  mutating func count() {
    guard let engine else { return }
    for ritual in rituals {
      guard var cursor = began[ritual.id] else { continue }
      var expected = 0
      while let next = ritual.schedule.next(after: cursor, in: ritual.zone ?? zone), next <= now {
        expected += 1
        cursor = next
      }
      let open = engine.reminders.filter { $0.occurrence.ritual == ritual.id }.count
      let ended = record.ended[ritual.id] ?? 0
      if ended + open != expected {
        violate(
          "\(ritual.id) (\(ritual.schedule.texts)) came \(expected) times; \(ended) ended, \(open) open")
      }
    }
  }
}

/// What was recorded, as far as the promises need it.
struct Record {
  /// How many occurrences have ended, by ritual.
  private(set) var ended: [RitualID: Int] = [:]
  private var ends: [Occurrence: Happening] = [:]
  private var came: Set<Occurrence> = []
  /// On a screen since they became due last, or due again after a snooze.
  private var seen: Set<Occurrence> = []
  private var everSeen: Set<Occurrence> = []
  /// Put off by the user at some time.
  private var snoozed: Set<Occurrence> = []
  private var isClockTrusted = true

  func wasEverSeen(_ occurrence: Occurrence) -> Bool { everSeen.contains(occurrence) }
  func wasSnoozed(_ occurrence: Occurrence) -> Bool { snoozed.contains(occurrence) }
  func hasEnded(_ occurrence: Occurrence) -> Bool { ends[occurrence] != nil }

  mutating func clockWasSet() { isClockTrusted = false }

  /// Says what is wrong with an entry, where something is.
  mutating func note(_ entry: Entry, _ now: Instant) -> String? {
    let occurrence = entry.occurrence
    if let end = ends[occurrence] {
      // A clock that ran ahead marked it as missed; its real time comes.
      guard case .missed = end, !isClockTrusted else {
        return "\(occurrence) is \(entry.happening) after it was \(end)"
      }
      ends[occurrence] = nil
      // It comes as one that was never put off.
      snoozed.remove(occurrence)
    }
    switch entry.happening {
    case .due:
      if occurrence.scheduled > now, !came.contains(occurrence) { return "\(occurrence) is due early" }
      came.insert(occurrence)
      seen.remove(occurrence)
    case .shown:
      seen.insert(occurrence)
      everSeen.insert(occurrence)
    case .snoozed:
      // It is to come again, and has not yet.
      snoozed.insert(occurrence)
      seen.remove(occurrence)
    case .missed where seen.contains(occurrence):
      return "\(occurrence) was on the screen, and is missed"
    case .done, .expired: end(occurrence, entry.happening, 1)
    case .skipped(_, let count): end(occurrence, entry.happening, count)
    case .missed(_, let count): end(occurrence, entry.happening, count)
    case .held, .nudged, .undelivered, .closed: break
    case .unknown: return "\(occurrence) has an entry that is only ever read"
    }
    return nil
  }

  private mutating func end(_ occurrence: Occurrence, _ happening: Happening, _ count: Int) {
    ends[occurrence] = happening
    ended[occurrence.ritual, default: 0] += count
  }

  mutating func forget(before instant: Instant) {
    ends = ends.filter { $0.key.scheduled >= instant }
    came = came.filter { $0.scheduled >= instant }
    seen = seen.filter { $0.scheduled >= instant }
    everSeen = everSeen.filter { $0.scheduled >= instant }
    snoozed = snoozed.filter { $0.scheduled >= instant }
  }
}
