import CivilTime
import Rituals

/// What the real journal keeps, in memory and without a file: the model that scenes restart from.
struct ModelJournal {
  private(set) var entries: [Entry] = []
  private(set) var tracked: [RitualID: Tracking] = [:]

  mutating func commit(_ changes: [Change]) {
    for change in changes {
      switch change {
      case .entry(let entry): entries.append(entry)
      case .track(let ritual, let tracking): tracked[ritual] = tracking
      case .untrack(let ritual): tracked[ritual] = nil
      }
    }
  }

  func snapshot(at now: Instant) -> Snapshot {
    var open: [OpenOccurrence] = []
    for entry in entries {
      let phase: Phase? =
        switch entry.happening {
        case .due: .due
        case .shown(let display): .shown(display)
        case .undelivered: nil
        case .closed: .closed
        case .snoozed(let until, _): .snoozed(until: until)
        case .done, .skipped, .missed, .expired: nil
        }
      if let phase {
        let item = OpenOccurrence(entry.occurrence, title: entry.title, phase: phase, changed: entry.at)
        if let index = open.firstIndex(where: { $0.occurrence == entry.occurrence }) {
          open[index] = item
        } else {
          open.append(item)
        }
      } else if entry.happening.isEnd {
        open.removeAll { $0.occurrence == entry.occurrence }
      }
    }
    var accounted: [RitualID: Instant] = [:]
    for entry in entries where entry.occurrence.scheduled <= now {
      let ritual = entry.occurrence.ritual
      accounted[ritual] = max(accounted[ritual] ?? entry.occurrence.scheduled, entry.occurrence.scheduled)
    }
    return Snapshot(open: open, tracked: tracked, lastAccounted: accounted)
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
    case .due, .shown, .undelivered, .closed, .snoozed: false
    }
  }
}
