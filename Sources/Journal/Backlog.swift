package import CivilTime
package import Rituals

/// Changes that are not durable yet, because the disk does not take them. Of entries, notes and draws it has
/// all, in their order; of states only the latest.
package struct Backlog: Hashable, Sendable {
  private var entries: [Entry] = []
  private var tracking: [RitualID: Tracking?] = [:]
  private var orders: [Order.Subject: Order?] = [:]
  private var notes: [Note] = []
  private var draws: [Draw] = []
  private var timeout: Timeout??
  private var names: [CalendarEvent: EventName?] = [:]

  package init() {}

  package var isEmpty: Bool { count == 0 }

  /// The number of waiting changes.
  package var count: Int {
    entries.count + tracking.count + orders.count + notes.count + draws.count + names.count
      + (timeout == nil ? 0 : 1)
  }

  package mutating func add(_ changes: [Change]) {
    for change in changes {
      switch change {
      case .entry(let entry): entries.append(entry)
      case .track(let ritual, let value): tracking[ritual] = .some(value)
      case .untrack(let ritual): tracking[ritual] = .some(nil)
      case .order(let order): orders[order.subject] = .some(order)
      case .revoke(let subject): orders[subject] = .some(nil)
      case .timeout(let value): timeout = .some(value)
      case .note(let note): notes.append(note)
      case .drew(let draw): draws.append(draw)
      case .named(let event, let name): names[event] = .some(name)
      }
    }
  }

  /// All changes, to be committed together.
  package var changes: [Change] {
    var all: [Change] = entries.map { .entry($0) }
    for (ritual, value) in tracking { all.append(value.map { .track(ritual, $0) } ?? .untrack(ritual)) }
    all += notes.map { .note($0) }
    // Draws go after the entries: a draw belongs to an occurrence.
    all += draws.map { .drew($0) }
    if let timeout { all.append(.timeout(timeout)) }
    for (event, name) in names { all.append(.named(event, name)) }
    for (subject, order) in orders { all.append(order.map { .order($0) } ?? .revoke(subject)) }
    return all
  }

  /// The changes that also belong into a journal from which this memory does not come: entries, notes, orders
  /// and the timeout. That journal has its own tracking, draws and names of events.
  ///
  /// Its `open` occurrences end if a later occurrence of the same ritual waits here: a ritual has one
  /// reminder.
  package func changesForOtherJournal(open: [OpenOccurrence] = [], at now: Instant) -> [Change] {
    let superseded = open.filter { old in
      entries.contains {
        $0.occurrence.ritual == old.occurrence.ritual && $0.occurrence.scheduled > old.occurrence.scheduled
      }
    }
    let ends = superseded.map { Entry($0.occurrence, title: $0.title, at: now, .expired(.superseded)) }
    return ends.map { .entry($0) }
      + changes.filter { change in
        switch change {
        case .entry, .note, .order, .revoke, .timeout: true
        case .track, .untrack, .drew, .named: false
        }
      }
  }

  /// Fills a page with the latest waiting entries. `newest` is the highest number of an entry in the journal;
  /// waiting entries get the numbers after it.
  package func fill(
    _ page: inout Page<Entry>, since: Instant?, ritual: RitualID?, after newest: Int64
  ) {
    for (number, entry) in zip(Self.firstNumber(of: entries.count, after: newest)..., entries).reversed() {
      guard number < page.before ?? .max, since.map({ entry.at >= $0 }) ?? true,
        ritual.map({ entry.occurrence.ritual == $0 }) ?? true
      else { continue }
      page.add(entry, number: number, size: entry.size)
    }
  }

  /// Fills a page with the latest waiting notes, in the same way.
  package func fill(
    _ page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?, after newest: Int64
  ) {
    for (number, note) in zip(Self.firstNumber(of: notes.count, after: newest)..., notes).reversed() {
      guard number < page.before ?? .max, since.map({ note.at >= $0 }) ?? true,
        kind.map({ note.kind == $0 }) ?? true
      else { continue }
      page.add(KeptNote(id: nil, note), number: number, size: note.size)
    }
  }

  /// The first of `count` numbers after `newest`. Another program may have used the highest numbers in the
  /// file.
  private static func firstNumber(of count: Int, after newest: Int64) -> Int64 {
    min(newest, .max - Int64(count) - 1) + 1
  }

  /// The time and kind of each waiting note, from an instant on.
  package func noteTimes(since: Instant) -> [NoteTime] {
    notes.filter { $0.at >= since }.map { NoteTime(at: $0.at, kind: $0.kind) }
  }

  /// The instant up to which each ritual is accounted for at `now`, by the waiting changes and by the
  /// journal, which says `recorded`.
  package func accounted(at now: Instant, and recorded: [RitualID: Instant]) -> [RitualID: Instant] {
    // The last entry of an occurrence has its state, as in the file.
    var latest: [Occurrence: Entry] = [:]
    for entry in entries where entry.occurrence.scheduled <= now { latest[entry.occurrence] = entry }
    var latestScheduled: [RitualID: Instant] = [:]
    for (occurrence, entry) in latest {
      let (ritual, scheduled) = (occurrence.ritual, occurrence.scheduled)
      if case .missed = entry.happening, entry.at > now || entry.at < scheduled { continue }
      latestScheduled[ritual] = max(latestScheduled[ritual] ?? scheduled, scheduled)
    }
    var all = recorded
    for (ritual, tracking) in tracking {
      guard let tracking else {
        all[ritual] = nil
        continue
      }
      let last = [all[ritual], latestScheduled[ritual]].compactMap(\.self).max()
      all[ritual] = tracking.accounted(last: last, at: now)
    }
    return all.reduce(into: [:]) { $0[$1.key] = max($1.value, latestScheduled[$1.key] ?? $1.value) }
  }

  /// Occurrences after `instant` that must not become due again, by the waiting changes and by the journal,
  /// which says `recorded`; in order of their time.
  package func shown(after instant: Instant, and recorded: [Occurrence]) -> [Occurrence] {
    var all = Set(recorded)
    var seen: Set<Occurrence> = all
    for entry in entries where entry.occurrence.scheduled > instant {
      if case .shown = entry.happening { seen.insert(entry.occurrence) }
      if case .missed = entry.happening, !seen.contains(entry.occurrence) {
        all.remove(entry.occurrence)
      } else {
        all.insert(entry.occurrence)
      }
    }
    return all.sorted { ($0.scheduled, $0.ritual) < ($1.scheduled, $1.ritual) }
  }

  /// Waiting occurrences that were done, each as a count.
  package func done(since: Instant, before: Instant, in zone: Zone) -> [DailyCount] {
    entries.compactMap { entry in
      guard case .done = entry.happening, since <= entry.occurrence.scheduled,
        entry.occurrence.scheduled < before
      else { return nil }
      return DailyCount(done: entry.occurrence, in: zone)
    }
  }
}
