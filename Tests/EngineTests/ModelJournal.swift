import CivilTime
import Rituals

/// What the real journal keeps, in memory and without a file: the model that scenes restart from.
struct ModelJournal {
  private(set) var entries: [Entry] = []
  private(set) var tracked: [RitualID: Tracking] = [:]

  private(set) var orders: [Order.Subject: Order] = [:]

  mutating func commit(_ changes: [Change]) {
    for change in changes {
      switch change {
      case .entry(let entry): entries.append(entry)
      case .track(let ritual, let tracking): tracked[ritual] = tracking
      case .untrack(let ritual): tracked[ritual] = nil
      case .order(let order): orders[order.subject] = order
      case .revoke(let subject): orders[subject] = nil
      }
    }
  }

  func snapshot(at now: Instant) -> Snapshot {
    var open: [OpenOccurrence] = []
    for entry in entries {
      let index = open.firstIndex { $0.occurrence == entry.occurrence }
      let before = index.map { open[$0] }
      var due = before?.due ?? entry.occurrence.scheduled
      var nudges = before?.nudges ?? 0
      let phase: Phase?
      switch entry.happening {
      case .due:
        phase = .due
        if case .snoozed(let until) = before?.phase { (due, nudges) = (until, 0) }
      case .shown(let display): phase = .shown(display)
      case .held: phase = .due
      case .nudged(let count): (phase, nudges) = (before?.phase, count)
      case .undelivered: phase = before?.phase
      case .closed: phase = .closed
      case .snoozed(let until, _): phase = .snoozed(until: until)
      case .done, .skipped, .missed, .expired: phase = nil
      }
      let item = phase.map {
        OpenOccurrence(entry.occurrence, title: entry.title, phase: $0, due: due, nudges: nudges)
      }
      if let index {
        if let item { open[index] = item } else { open.remove(at: index) }
      } else if let item {
        open.append(item)
      }
    }
    var accounted: [RitualID: Instant] = [:]
    for entry in entries where entry.occurrence.scheduled <= now {
      let ritual = entry.occurrence.ritual
      accounted[ritual] = max(accounted[ritual] ?? entry.occurrence.scheduled, entry.occurrence.scheduled)
    }
    return Snapshot(open: open, tracked: tracked, lastAccounted: accounted, orders: orders.values.map(\.self))
  }

  /// What is recorded as scheduled later than that, but for what was never shown and ended as missed.
  func shown(after instant: Instant) -> [Occurrence] {
    let later = Dictionary(grouping: entries.filter { $0.occurrence.scheduled > instant }, by: \.occurrence)
    return later.filter { _, story in
      guard case .missed = story.last?.happening else { return true }
      return story.contains { if case .shown = $0.happening { true } else { false } }
    }.keys.sorted { $0.scheduled < $1.scheduled }
  }
}

extension Happening {
  /// Whether it ends an occurrence.
  var isEnd: Bool {
    switch self {
    case .done, .skipped, .missed, .expired: true
    case .due, .shown, .undelivered, .held, .nudged, .closed, .snoozed: false
    }
  }
}
