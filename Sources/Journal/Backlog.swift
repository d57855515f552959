package import CivilTime
package import Rituals

/// Changes that are not durable yet, because the disk does not take them. What happened is kept in its order,
/// all of it; of a standing state only the latest is.
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

  /// How many changes wait.
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

  /// All of them, to be committed together.
  package var changes: [Change] {
    var all: [Change] = entries.map { .entry($0) }
    for (ritual, value) in tracking { all.append(value.map { .track(ritual, $0) } ?? .untrack(ritual)) }
    all += notes.map { .note($0) }
    // After the entries: the occurrences that show them are there then.
    all += draws.map { .drew($0) }
    if let timeout { all.append(.timeout(timeout)) }
    for (event, name) in names { all.append(.named(event, name)) }
    for (subject, order) in orders { all.append(order.map { .order($0) } ?? .revoke(subject)) }
    return all
  }

  /// Those of them that hold for a journal that this memory does not come from: what happened, and what the
  /// user ordered and wrote. How far each ritual is accounted for, what was drawn and what events are called,
  /// that one knows itself.
  /// What is `open` in that one ends where its ritual has come again since: a ritual has one reminder.
  package func changesForAnother(open: [OpenOccurrence] = [], at now: Instant) -> [Change] {
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

  /// Adds the last entries that wait and that a page has room for. `newest` is the number of the newest
  /// entry in the journal: those that wait have the numbers that they will get there.
  package func add(
    to page: inout Page<Entry>, since: Instant?, ritual: RitualID?, after newest: Int64
  ) {
    for (number, entry) in zip(Self.numbers(of: entries.count, after: newest)..., entries).reversed() {
      guard number < page.before ?? .max, since.map({ entry.at >= $0 }) ?? true,
        ritual.map({ entry.occurrence.ritual == $0 }) ?? true
      else { continue }
      page.add(entry, number: number, size: entry.size)
    }
  }

  /// Adds the last notes that wait and that a page has room for; numbers as above.
  package func add(
    to page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?, after newest: Int64
  ) {
    for (number, note) in zip(Self.numbers(of: notes.count, after: newest)..., notes).reversed() {
      guard number < page.before ?? .max, since.map({ note.at >= $0 }) ?? true,
        kind.map({ note.kind == $0 }) ?? true
      else { continue }
      page.add(KeptNote(id: nil, note), number: number, size: note.size)
    }
  }

  /// The first of so many numbers; another program may have used up those of the file.
  private static func numbers(of count: Int, after newest: Int64) -> Int64 {
    min(newest, .max - Int64(count) - 1) + 1
  }

  /// When the notes that wait were written, from an instant on.
  package func noteTimes(since: Instant) -> [NoteTime] {
    notes.filter { $0.at >= since }.map { NoteTime(at: $0.at, kind: $0.kind) }
  }

  /// Adds to `recorded`, up to when a journal says each ritual is accounted for at `now`, what waits.
  package func accounted(at now: Instant, and recorded: [RitualID: Instant]) -> [RitualID: Instant] {
    // How an occurrence stands is said by its last entry, as in the file.
    var latest: [Occurrence: Entry] = [:]
    for entry in entries where entry.occurrence.scheduled <= now { latest[entry.occurrence] = entry }
    var told: [RitualID: Instant] = [:]
    for (occurrence, entry) in latest {
      let (ritual, scheduled) = (occurrence.ritual, occurrence.scheduled)
      if case .missed = entry.happening, entry.at > now || entry.at < scheduled { continue }
      told[ritual] = max(told[ritual] ?? scheduled, scheduled)
    }
    var all = recorded
    for (ritual, tracking) in tracking {
      guard let tracking else {
        all[ritual] = nil
        continue
      }
      let last = [all[ritual], told[ritual]].compactMap(\.self).max()
      all[ritual] = tracking.accounted(last: last, at: now)
    }
    return all.reduce(into: [:]) { $0[$1.key] = max($1.value, told[$1.key] ?? $1.value) }
  }

  /// Adds to `recorded`, what a journal says was shown after `instant`, what waits; in order of their time.
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
}
