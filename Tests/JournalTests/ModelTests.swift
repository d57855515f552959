import CivilTime
import Journal
import Rituals
import SimulationRig
import Testing

@Suite("The journal against a model in memory")
struct ModelTests {
  @Test(
    "Answers as the model does, whatever is recorded, over restarts", arguments: 1...24 as ClosedRange<UInt64>
  )
  func agrees(seed: UInt64) throws {
    let folder = TemporaryFolder()
    var generator = SeededGenerator(seed: seed)
    var model = Model()
    var journal: Journal? = try Journal(at: folder.journal)
    for round in 0..<60 {
      let changes = (0..<Int.random(in: 1...3, using: &generator)).map { _ in Self.change(round, &generator) }
      var next = model
      let isTaken = changes.allSatisfy { next.take($0) }
      do throws(JournalError) {
        try journal?.commit(changes)
        #expect(isTaken, "seed \(seed), round \(round): taken against the model")
        model = next
      } catch {
        guard case .ended = error, !isTaken else {
          Issue.record("seed \(seed), round \(round): \(error)")
          return
        }
      }
      if Int.random(in: 0..<12, using: &generator) == 0 {
        journal = nil
        journal = try Journal(at: folder.journal)
      }
      if Int.random(in: 0..<4, using: &generator) == 0 { try journal?.checkpoint() }
      let now = Sample.minute(.random(in: -1...6, using: &generator))
      let limit = Int.random(in: 0...40, using: &generator)
      #expect(
        try journal?.reader.snapshot(at: now).unseeded == model.snapshot(at: now),
        "seed \(seed), round \(round)")
      #expect(
        try journal?.reader.accounted(at: now) == model.snapshot(at: now).accounted(at: now),
        "seed \(seed), round \(round)")
      #expect(
        try journal?.reader.shown(after: now) == model.shown(after: now), "seed \(seed), round \(round)")
      #expect(
        try journal?.reader.history(limit: limit) == model.entries.suffix(limit),
        "seed \(seed), round \(round)")
    }
  }

  private static func change(_ round: Int, _ generator: inout SeededGenerator) -> Change {
    let ritual = Sample.ritual(["a", "b", "c"].randomElement(using: &generator) ?? "a")
    let instant = Sample.minute(.random(in: 0...5, using: &generator))
    switch Int.random(in: 0..<17, using: &generator) {
    case 0:
      let notification = Bool.random(using: &generator) ? Sample.notification : nil
      let lead = Bool.random(using: &generator) ? Lead(scheduled: instant, notification: notification) : nil
      return .track(
        ritual,
        Tracking(
          fingerprint: "\(round)", since: instant, lead: lead,
          away: Bool.random(using: &generator) ? instant : nil))
    case 2: return .order(Order(subject(ritual, &generator), since: instant, until: nil))
    case 3:
      return .order(
        Order(
          subject(ritual, &generator), since: Sample.minute(0), until: instant.advanced(byMicroseconds: 1)))
    case 4: return .revoke(subject(ritual, &generator))
    case 1: return .untrack(ritual)
    case 5:
      return .drew(
        Draw(
          deck: Sample.name("d"), prompt: Sample.name("p\(round % 7)"), round: 1 + round / 7,
          occurrence: Bool.random(using: &generator) ? Occurrence(ritual: ritual, scheduled: instant) : nil))
    case 6:
      let stage = Timeout.Stage.allCases.randomElement(using: &generator) ?? .resting
      let notification = Bool.random(using: &generator) ? Sample.notification : nil
      let timeout = Timeout(since: Sample.minute(0), until: instant, stage: stage, notification: notification)
      return .timeout(Bool.random(using: &generator) ? timeout : nil)
    case 16:
      let event = CalendarEvent(
        calendar: ["us", "work"].randomElement(using: &generator) ?? "us", key: "\(round % 3)")
      let name = EventName(ritual, gone: Bool.random(using: &generator) ? instant : nil)
      return .named(event, Int.random(in: 0..<4, using: &generator) == 0 ? nil : name)
    default:
      let occurrence = Occurrence(ritual: ritual, scheduled: instant)
      let at = Sample.minute(Int64(round))
      return .entry(Entry(occurrence, title: "title \(round)", at: at, happening(&generator)))
    }
  }

  private static func subject(_ ritual: RitualID, _ generator: inout SeededGenerator) -> Order.Subject {
    [.pause(nil), .pause(ritual), .discretion].randomElement(using: &generator) ?? .discretion
  }

  private static func happening(_ generator: inout SeededGenerator) -> Happening {
    let by = Answerer.allCases.randomElement(using: &generator) ?? .command
    return switch Int.random(in: 0..<18, using: &generator) {
    case 16: .held(.locked)
    case 17: .nudged(.random(in: 1...3, using: &generator))
    case 0...3: .due
    case 4...6: .shown(NotificationID(server: "bus :1.7", number: .random(in: 0 ... .max, using: &generator)))
    case 7: .undelivered(reason: "no server")
    case 8: .closed(.dismissed)
    case 9, 10: .snoozed(until: Sample.minute(.random(in: 0...60, using: &generator)), by: by)
    case 11: .done(by: by)
    case 12: .skipped(by: by)
    case 13, 14: .missed(.absent, count: .random(in: 1...5, using: &generator))
    default: .expired(.superseded)
    }
  }
}

/// The knowledge that the journal must have, in the plainest form.
private struct Model {
  private(set) var entries: [Entry] = []
  private var tracked: [RitualID: Tracking] = [:]
  private var open: [OpenOccurrence] = []
  private var ended: [Occurrence: Happening] = [:]
  private var wasShown: Set<Occurrence> = []
  private var orders: [Order.Subject: Order] = [:]
  private(set) var notes: [Note] = []
  private var draws = Draws()
  private var timeout: Timeout?
  private var names: [CalendarEvent: EventName] = [:]

  /// False where the change is refused.
  mutating func take(_ change: Change) -> Bool {
    switch change {
    case .track(let ritual, let tracking): tracked[ritual] = tracking
    case .untrack(let ritual): tracked[ritual] = nil
    case .order(let order): orders[order.subject] = order
    case .revoke(let subject): orders[subject] = nil
    case .timeout(let value): timeout = value
    case .note(let note): notes.append(note)
    case .named(let event, let name): names[event] = name
    case .drew(let draw):
      draws.add(draw)
      open = open.map { item in
        item.occurrence != draw.occurrence
          ? item
          : OpenOccurrence(
            item.occurrence, title: item.title, phase: item.phase, due: item.due, nudges: item.nudges,
            prompt: draw.prompt, wasSeen: item.wasSeen)
      }
    case .entry(let entry): return take(entry)
    }
    return true
  }

  private mutating func take(_ entry: Entry) -> Bool {
    let occurrence = entry.occurrence
    if let end = ended[occurrence] {
      guard case .missed = end else { return false }
      switch entry.happening {
      case .due, .missed, .skipped: break
      default: return false
      }
    }
    entries.append(entry)
    switch entry.happening {
    case .due: enter(.due, entry)
    case .shown(let notification):
      wasShown.insert(occurrence)
      enter(.shown(notification), entry)
    case .closed: enter(.closed, entry)
    case .held: enter(.due, entry)
    case .nudged(let times):
      if !open.contains(where: { $0.occurrence == occurrence }) { enter(.due, entry) }
      open = open.map { item in
        item.occurrence != occurrence
          ? item
          : OpenOccurrence(
            occurrence, title: item.title, phase: item.phase, due: item.due, nudges: times,
            prompt: item.prompt, wasSeen: item.wasSeen)
      }
    case .snoozed(let until, _): enter(.snoozed(until: until), entry)
    case .undelivered, .unknown:
      if !open.contains(where: { $0.occurrence == occurrence }) { enter(.due, entry) }
    case .done, .skipped, .missed, .expired:
      open.removeAll { $0.occurrence == occurrence }
      ended[occurrence] = entry.happening
    }
    return true
  }

  private mutating func enter(_ phase: Phase, _ entry: Entry) {
    ended[entry.occurrence] = nil
    let before = open.first { $0.occurrence == entry.occurrence }
    var due = before?.due ?? entry.occurrence.scheduled
    var nudges = before?.nudges ?? 0
    if case .snoozed(let until) = before?.phase {
      nudges = 0
      if entry.happening == .due { due = until }
    } else if entry.happening == .due {
      due = entry.occurrence.scheduled
    }
    var wasSeen = before?.wasSeen ?? false
    if case .shown = entry.happening { wasSeen = true }
    if entry.happening == .due { wasSeen = false }
    let item = OpenOccurrence(
      entry.occurrence, title: entry.title, phase: phase, due: due, nudges: nudges,
      prompt: before?.prompt, wasSeen: wasSeen)
    if let index = open.firstIndex(where: { $0.occurrence == entry.occurrence }) {
      open[index] = item
    } else {
      open.append(item)
    }
  }

  func snapshot(at now: Instant) -> Snapshot {
    let real = entries.map(\.occurrence).filter { $0.scheduled <= now && !isUnreal($0, at: now) }
    let told = Dictionary(grouping: real, by: \.ritual)
    let accounted = told.filter { tracked[$0.key] != nil }.compactMapValues { $0.map(\.scheduled).max() }
    var snapshot = Snapshot(
      open: open, tracked: tracked, lastAccounted: accounted,
      orders: orders.values.sorted { ($0.since, $0.subject.place) < ($1.since, $1.subject.place) },
      draws: draws, timeout: timeout, names: names)
    let shown = entries.reversed().compactMap { entry in
      if case .shown(let notification) = entry.happening { notification } else { nil }
    }
    snapshot.findLeftBehind(among: Array(shown.prefix(Snapshot.recentShowings)))
    return snapshot
  }

  /// True if it was missed later than now, or before its time, and never seen: by a clock that was wrong.
  private func isUnreal(_ occurrence: Occurrence, at now: Instant) -> Bool {
    guard case .missed = ended[occurrence], !wasShown.contains(occurrence),
      let at = entries.last(where: { $0.occurrence == occurrence })?.at
    else { return false }
    return at > now || at < occurrence.scheduled
  }

  func shown(after instant: Instant) -> [Occurrence] {
    Set(entries.map(\.occurrence)).filter { occurrence in
      guard occurrence.scheduled > instant else { return false }
      if case .missed = ended[occurrence] { return wasShown.contains(occurrence) }
      return true
    }
    .sorted { ($0.scheduled, $0.ritual) < ($1.scheduled, $1.ritual) }
  }
}

extension Order.Subject {
  /// The place of the subject among orders of the same time.
  fileprivate var place: String {
    switch self {
    case .discretion: "d"
    case .pause(let ritual): "p\(ritual?.text ?? "")"
    }
  }
}
