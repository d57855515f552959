package import CivilTime
package import Rituals

/// A model of the real journal, in memory and without a file: scenes restart from.
package struct ModelJournal {
  package private(set) var entries: [Entry] = []
  package private(set) var tracked: [RitualID: Tracking] = [:]

  package private(set) var orders: [Order.Subject: Order] = [:]
  package private(set) var notes: [Note] = []
  package private(set) var draws = Draws()
  package private(set) var timeout: Timeout?
  package private(set) var names: [CalendarEvent: EventName] = [:]

  /// The latest of all occurrences, and of those that were forgotten.
  private var latest: [RitualID: Instant] = [:]
  private var forgotten: [RitualID: Instant] = [:]
  /// Those that were ever shown, and when those that were not ended as missed.
  private var wasShown: Set<Occurrence> = []
  private var missedUnseen: [Occurrence: Instant] = [:]

  package init() {}

  /// Occurrences that have not ended, and in which order they came.
  private var unended: [Occurrence: OpenOccurrence] = [:]
  private var order: [Occurrence] = []

  package mutating func commit(_ changes: [Change]) {
    for change in changes {
      switch change {
      case .entry(let entry):
        entries.append(entry)
        let (ritual, scheduled) = (entry.occurrence.ritual, entry.occurrence.scheduled)
        latest[ritual] = max(latest[ritual] ?? scheduled, scheduled)
        follow(entry)
        missedUnseen[entry.occurrence] = nil
        switch entry.happening {
        case .shown: wasShown.insert(entry.occurrence)
        case .missed where !wasShown.contains(entry.occurrence): missedUnseen[entry.occurrence] = entry.at
        default: break
        }
      case .track(let ritual, let tracking): tracked[ritual] = tracking
      case .untrack(let ritual): tracked[ritual] = nil
      case .order(let order): orders[order.subject] = order
      case .revoke(let subject): orders[subject] = nil
      case .timeout(let value): timeout = value
      case .note(let note): notes.append(note)
      case .named(let event, let name): names[event] = name
      case .drew(let draw):
        draws.add(draw)
        guard let occurrence = draw.occurrence, let item = unended[occurrence] else { continue }
        unended[occurrence] = OpenOccurrence(
          occurrence, title: item.title, phase: item.phase, due: item.due, nudges: item.nudges,
          prompt: draw.prompt, wasSeen: item.wasSeen)
      }
    }
  }

  private mutating func follow(_ entry: Entry) {
    let before = unended[entry.occurrence]
    var due = before?.due ?? entry.occurrence.scheduled
    var nudges = before?.nudges ?? 0
    var wasSeen = before?.wasSeen ?? false
    let phase: Phase?
    switch entry.happening {
    case .due:
      (phase, wasSeen) = (.due, false)
      if case .snoozed(let until) = before?.phase { (due, nudges) = (until, 0) }
    case .shown(let notification): (phase, wasSeen) = (.shown(notification), true)
    case .held: phase = .due
    case .nudged(let count): (phase, nudges) = (before?.phase, count)
    case .undelivered, .unknown: phase = before?.phase
    case .closed: phase = .closed
    case .snoozed(let until, _): phase = .snoozed(until: until)
    case .done, .skipped, .missed, .expired: phase = nil
    }
    unended[entry.occurrence] = phase.map {
      OpenOccurrence(
        entry.occurrence, title: entry.title, phase: $0, due: due, nudges: nudges, prompt: before?.prompt,
        wasSeen: wasSeen)
    }
    if before == nil, phase != nil { order.append(entry.occurrence) }
    if before != nil, phase == nil { order.removeAll { $0 == entry.occurrence } }
  }

  /// Occurrences that have not ended, in the order they came.
  package var open: [OpenOccurrence] { order.compactMap { unended[$0] } }

  /// The occurrence, where it has not ended.
  package func open(_ occurrence: Occurrence) -> OpenOccurrence? { unended[occurrence] }

  /// The numbers of all notifications that are written down.
  var numbers: Set<UInt32> {
    let phases = open.map(\.phase)
    var notifications: [NotificationID?] = phases.map {
      if case .shown(let notification) = $0 { notification } else { nil }
    }
    notifications += entries.map { entry -> NotificationID? in
      if case .shown(let notification) = entry.happening { notification } else { nil }
    }
    notifications += tracked.values.map { $0.lead?.notification }
    notifications.append(timeout?.notification)
    return Set(notifications.compactMap { $0?.number })
  }

  package func snapshot(at now: Instant) -> Snapshot {
    var snapshot = Snapshot(
      open: open, tracked: tracked, lastAccounted: lastAccounted(at: now),
      orders: orders.values.sorted { ($0.since, "\($0.subject)") < ($1.since, "\($1.subject)") },
      draws: draws, timeout: timeout, names: names)
    var shown: [NotificationID] = []
    for entry in entries.reversed() where shown.count < Snapshot.recentShowings {
      guard case .shown(let notification) = entry.happening else { continue }
      shown.append(notification)
    }
    snapshot.findLeftBehind(among: shown)
    return snapshot
  }

  /// Up to when each tracked ritual is accounted for.
  package func accounted(at now: Instant) -> [RitualID: Instant] {
    Snapshot(tracked: tracked, lastAccounted: lastAccounted(at: now)).accounted(at: now)
  }

  private func lastAccounted(at now: Instant) -> [RitualID: Instant] {
    var accounted: [RitualID: Instant] = [:]
    var setBack: Set<RitualID> = []
    for (ritual, scheduled) in latest {
      if scheduled <= now, !isUnreal(Occurrence(ritual: ritual, scheduled: scheduled), at: now) {
        accounted[ritual] = scheduled
      } else {
        setBack.insert(ritual)
        accounted[ritual] = forgotten[ritual].flatMap { $0 <= now ? $0 : nil }
      }
    }
    guard !setBack.isEmpty else { return accounted }
    // The clock was set back since.
    for occurrence in entries.lazy.map(\.occurrence)
    where setBack.contains(occurrence.ritual) && occurrence.scheduled <= now && !isUnreal(occurrence, at: now)
    {
      let last = accounted[occurrence.ritual] ?? occurrence.scheduled
      accounted[occurrence.ritual] = max(last, occurrence.scheduled)
    }
    return accounted
  }

  /// True where it was missed by a clock that was wrong, and nobody saw it.
  private func isUnreal(_ occurrence: Occurrence, at now: Instant) -> Bool {
    missedUnseen[occurrence].map { $0 > now || $0 < occurrence.scheduled } ?? false
  }

  /// True where nothing else is known of the entry's occurrence.
  func isFirst(_ entry: Entry) -> Bool {
    entries.lazy.filter { $0.occurrence == entry.occurrence }.prefix(2).count == 1
  }

  /// Forgets what happened to occurrences before an instant that have ended; what follows from it stays.
  package mutating func forget(before instant: Instant) {
    let old = Dictionary(grouping: entries.filter { $0.occurrence.scheduled < instant }, by: \.occurrence)
    let gone = Set(old.filter { $0.value.last?.happening.isEnd ?? false }.keys)
    for occurrence in gone {
      let last = forgotten[occurrence.ritual] ?? occurrence.scheduled
      forgotten[occurrence.ritual] = max(last, occurrence.scheduled)
    }
    entries.removeAll { gone.contains($0.occurrence) }
    wasShown.subtract(gone)
    for occurrence in gone { missedUnseen[occurrence] = nil }
  }

  /// Occurrences recorded as scheduled later than that, but for those that were never shown and ended as
  /// missed.
  package func shown(after instant: Instant) -> [Occurrence] {
    let later = Dictionary(grouping: entries.filter { $0.occurrence.scheduled > instant }, by: \.occurrence)
    return later.filter { _, story in
      guard case .missed = story.last?.happening else { return true }
      return story.contains { if case .shown = $0.happening { true } else { false } }
    }.keys.sorted { $0.scheduled < $1.scheduled }
  }
}

extension Happening {
  /// True where it ends an occurrence.
  package var isEnd: Bool {
    switch self {
    case .done, .skipped, .missed, .expired: true
    case .due, .shown, .undelivered, .held, .nudged, .closed, .snoozed, .unknown: false
    }
  }
}
