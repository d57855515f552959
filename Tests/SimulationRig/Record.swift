import CivilTime
import Rituals

/// The history that was recorded, as far as the promises need it.
struct Record {
  /// The number of ended occurrences, by ritual.
  private(set) var ended: [RitualID: Int] = [:]
  private var ends: [Occurrence: Happening] = [:]
  /// The instant at which each became due last.
  private var came: [Occurrence: Instant] = [:]
  /// When they were on a screen first since they became due last, or due again after a snooze.
  private var seen: [Occurrence: Instant] = [:]
  /// When they were on a screen first since they became due last, or since something kept them back.
  private var settled: [Occurrence: Instant] = [:]
  private var waiting: Set<Occurrence> = []
  private var everSeen: Set<Occurrence> = []
  /// Put off by the user at some time.
  private var snoozed: Set<Occurrence> = []
  /// Kept back, or refused by a server, since they became due last.
  private var troubled: Set<Occurrence> = []
  private var nudged: [Occurrence: Instant] = [:]
  private(set) var isClockTrusted = true

  func wasEverSeen(_ occurrence: Occurrence) -> Bool { everSeen.contains(occurrence) }
  func seenFirst(_ occurrence: Occurrence) -> Instant? { seen[occurrence] }
  func settledSince(_ occurrence: Occurrence) -> Instant? { settled[occurrence] }
  func wasSnoozed(_ occurrence: Occurrence) -> Bool { snoozed.contains(occurrence) }
  func hadTrouble(_ occurrence: Occurrence) -> Bool { troubled.contains(occurrence) }
  func lastNudge(of occurrence: Occurrence) -> Instant? { nudged[occurrence] }
  func end(of occurrence: Occurrence) -> Happening? { ends[occurrence] }
  func lastDue(_ occurrence: Occurrence) -> Instant? { came[occurrence] }
  func knows(_ occurrence: Occurrence) -> Bool { came[occurrence] != nil || ends[occurrence] != nil }

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
      if occurrence.scheduled > now, came[occurrence] == nil { return "\(occurrence) is due early" }
      came[occurrence] = now
      seen[occurrence] = nil
      troubled.remove(occurrence)
      waiting.insert(occurrence)
    case .shown:
      if seen[occurrence] == nil { seen[occurrence] = now }
      if waiting.remove(occurrence) != nil { settled[occurrence] = now }
      everSeen.insert(occurrence)
    case .snoozed:
      // It is to come again, and has not yet.
      snoozed.insert(occurrence)
      seen[occurrence] = nil
    case .missed where seen[occurrence] != nil:
      return "\(occurrence) was on the screen, and is missed"
    case .done, .expired: end(occurrence, entry.happening, 1)
    case .skipped(_, let count): end(occurrence, entry.happening, count)
    case .missed(_, let count): end(occurrence, entry.happening, count)
    case .held, .undelivered:
      troubled.insert(occurrence)
      if case .held = entry.happening { waiting.insert(occurrence) }
    case .nudged: nudged[occurrence] = now
    case .closed: break
    case .unknown: return "\(occurrence) has an entry that is only ever read"
    }
    return nil
  }

  private mutating func end(_ occurrence: Occurrence, _ happening: Happening, _ count: Int) {
    ends[occurrence] = happening
    ended[occurrence.ritual, default: 0] += count
  }

  mutating func forgetEnd(of occurrence: Occurrence) { ends[occurrence] = nil }

  mutating func forget(before instant: Instant) {
    ends = ends.filter { $0.key.scheduled >= instant }
    came = came.filter { $0.key.scheduled >= instant }
    seen = seen.filter { $0.key.scheduled >= instant }
    everSeen = everSeen.filter { $0.scheduled >= instant }
    snoozed = snoozed.filter { $0.scheduled >= instant }
    settled = settled.filter { $0.key.scheduled >= instant }
    waiting = waiting.filter { $0.scheduled >= instant }
    troubled = troubled.filter { $0.scheduled >= instant }
    nudged = nudged.filter { $0.key.scheduled >= instant }
  }
}
