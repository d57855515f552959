import CivilTime
import Engine
import Rituals
import Schedules

/// The promises to users, checked after each step.
extension World {
  mutating func violate(_ what: String) {
    violations.append("seed \(seed), step \(steps), at \(now.formatted(in: zone)): \(what)")
  }

  /// A notification is about to be seen.
  mutating func checkShown(_ reminder: Reminder) {
    checkShownOfTimeout(reminder)
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
        if record.end(of: occurrence) != nil { violate("\(occurrence) is shown after its end") }
        if open == nil { violate("\(occurrence) is shown before it is written down") }
        if !isWild, record.seenFirst(occurrence) == nil, let open, let ritual = ritual(occurrence.ritual),
          let latest = ritual.missed.longest, open.due.microseconds(until: now) > latest
        {
          violate("\(occurrence) is shown too late")
        }
        if reminder.kind == .ritual, !reminder.isDiscreet, configured.contains(occurrence.ritual),
          item.prompt?.id != open?.prompt
        {
          violate("\(occurrence) shows a prompt that is not written down")
        }
      }
      guard let ritual = places[occurrence.ritual].map({ rituals[$0] }) else {
        violate("\(occurrence) is of no ritual")
        continue
      }
      let isOrdered =
        reminder.kind != .lead && journal.open(occurrence).map { $0.due != occurrence.scheduled } ?? false
      if reminder.replacing == nil, !asleep.contains(ritual.id), isHeld(ritual, isOrdered: isOrdered) {
        violate("\(occurrence), a \(reminder.kind), is shown though it is to be kept back")
      }
      let mustBeDiscreet =
        journal.orders[.discretion] != nil || circumstances.contains(.screenShared)
        || circumstances.contains(.locked)
      if mustBeDiscreet, !reminder.isDiscreet { violate("\(occurrence) shows its words") }
    }
  }

  mutating func check() {
    guard let specimen, violations.isEmpty else { return }
    if mutation == nil { checkAgreement(specimen.engine) }
    checkTimeout()
    // The long looks are for one step in sixteen: what is wrong stays wrong.
    guard steps % 16 == 0 || tells else { return }
    // What is on its way may take the place of what is about to go, and what was refused comes later.
    guard sent.isEmpty, refused.isEmpty else { return }
    checkOver(Set(journal.open.map(\.occurrence)))
    var seen: Set<RitualID> = []
    for (number, reminder) in screen where !orphans.contains(number) && reminder.kind != .lead {
      for item in reminder.items where !seen.insert(item.occurrence.ritual).inserted {
        violate("\(item.occurrence) is on the screen twice")
      }
    }
  }

  /// The engine and the journal know the same. An engine with a fault is to be found out by others.
  private mutating func checkAgreement(_ engine: Engine) {
    if let deadline = engine.nextDeadline, deadline <= now { violate("a deadline has passed") }
    // One that is over is kept for its notification, until the server is known that may have it.
    let isKept = isStarting && engine.timeout == nil
    if engine.timeout != journal.timeout, !isKept { violate("the journal does not know the timeout") }
    guard steps % 16 == 0 || tells else { return }
    let open = engine.openOccurrences
    let durable = journal.open
    if open.map(\.occurrence) != durable.map(\.occurrence) || open.map(\.phase) != durable.map(\.phase) {
      violate("the journal has \(durable), the engine \(open)")
    }
  }

  /// Nothing stays on the screen that is over, or will not come.
  private mutating func checkOver(_ open: Set<Occurrence>) {
    guard isServerThere, !isStarting else { return }
    for (number, reminder) in screen where !orphans.contains(number) {
      for item in reminder.items where !asleep.contains(item.occurrence.ritual) {
        let isMeant =
          reminder.kind == .lead
          ? isToCome(item.occurrence)
          : open.contains(item.occurrence)
        if !isMeant { violate("\(item.occurrence), a \(reminder.kind), is on the screen and over") }
      }
    }
  }

  /// True where a lead of it is still right.
  private func isToCome(_ occurrence: Occurrence) -> Bool {
    guard let specimen, mutation == nil else { return occurrence.scheduled > now }
    return specimen.engine.next(of: occurrence.ritual) == occurrence.scheduled
  }

  /// The clock was set: all that has come by now is accounted for by what was recorded up to now, and nothing
  /// is left out because of what was recorded at a time that was wrong.
  mutating func checkPutRight() {
    guard specimen != nil, violations.isEmpty else { return }
    let accounted = journal.accounted(at: now)
    for ritual in rituals where configured.contains(ritual.id) {
      let last = ritual.schedule.previous(
        before: now.advanced(byMicroseconds: 1), in: ritual.zone ?? zone)
      guard let last, let known = accounted[ritual.id], known < last else { continue }
      violate("\(ritual.id) came at \(last.formatted(in: zone)) by the clock that was set, and is left out")
    }
  }

  /// Each occurrence that its schedule names has ended, once, or is open.
  mutating func count() {
    guard specimen != nil else { return }
    let open = journal.open
    for ritual in rituals {
      guard var cursor = began[ritual.id] else { continue }
      var expected = 0
      while let next = ritual.schedule.next(after: cursor, in: ritual.zone ?? zone), next <= now {
        expected += 1
        cursor = next
      }
      let open = open.filter { $0.occurrence.ritual == ritual.id }.count
      let ended = record.ended[ritual.id] ?? 0
      if ended + open != expected {
        violate(
          "\(ritual.id) (\(ritual.schedule.texts)) came \(expected) times; \(ended) ended, \(open) open")
      }
    }
  }
}
