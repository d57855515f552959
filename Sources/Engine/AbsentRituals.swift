import CivilTime
import Rituals

/// Rituals that the journal knows and the configuration has not: their file cannot be read, or they are in no
/// file and no calendar. They go on as they were when they are back, and end after a month
/// (docs/decisions/0016).
struct AbsentRituals: Sendable {
  /// The journal's state of rituals that no configuration has claimed yet, or that are absent.
  private var unclaimed: Snapshot
  /// Absent rituals, once there was a configuration.
  private(set) var ids: Set<RitualID> = []
  /// The instants since which some of them are in no file and no calendar.
  private var since: [RitualID: Instant]
  /// The last form of each one that was in a configuration of this run.
  private var former: [RitualID: Ritual] = [:]

  init(_ snapshot: Snapshot) {
    unclaimed = snapshot
    since = snapshot.tracked.compactMapValues(\.away)
  }

  // MARK: Queries

  /// Rituals that no configuration has claimed.
  var unclaimedIDs: Set<RitualID> {
    Set(unclaimed.tracked.keys).union(unclaimed.open.map(\.occurrence.ritual))
  }

  /// The journal's state of what is absent.
  var snapshot: Snapshot { unclaimed }

  func formerRitual(_ id: RitualID) -> Ritual? { former[id] }
  func tracking(of id: RitualID) -> Tracking? { unclaimed.tracked[id] }
  func isAway(_ id: RitualID) -> Bool { since[id] != nil }

  /// Up to when the ritual is accounted for; nil where it is unknown.
  func accountedUntil(_ id: RitualID, at now: Instant) -> Instant? {
    unclaimed.tracked[id].map { min($0.accounted(last: unclaimed.lastAccounted[id], at: now), now) }
  }

  /// The instant at which the ritual ends where it does not come back; nil where that is not counted.
  func end(of id: RitualID) -> Instant? { since[id]?.advanced(byMicroseconds: Tracking.longestAway) }

  // MARK: Steps

  mutating func setIDs(_ ids: Set<RitualID>) { self.ids = ids }

  /// Puts away a ritual that was on its way.
  mutating func keep(_ ritual: Ritual, _ tracking: Tracking) {
    unclaimed.tracked[ritual.id] = tracking
    former[ritual.id] = ritual
  }

  mutating func setTracking(of id: RitualID, to tracking: Tracking) { unclaimed.tracked[id] = tracking }

  /// Begins to count how long a ritual is in no file. `isStarting` says that the daemon is: it gives a file
  /// time to come then.
  mutating func count(_ id: RitualID, isMissing: Bool, isStarting: Bool, _ step: inout Step) {
    if isMissing, since[id] == nil { setSince(id, to: step.now, &step) }
    if isStarting { giveTime(to: id, &step) }
    arm(id, &step)
  }

  /// The clock was set: what went later than now is away for as long as every other.
  mutating func setClock(accounted: [RitualID: Instant]?, _ step: inout Step) {
    for (id, known) in accounted ?? [:] where unclaimed.tracked[id] != nil {
      unclaimed.lastAccounted[id] = min(known, step.now)
    }
    for (id, instant) in since.sorted(by: { $0.key < $1.key }) {
      if instant > step.now { setSince(id, to: step.now, &step) }
      giveTime(to: id, &step)
      arm(id, &step)
    }
  }

  /// The ritual is back, or there is nothing of it to come back.
  mutating func stopCounting(_ id: RitualID, _ step: inout Step) {
    since[id] = nil
    former[id] = nil
    arm(id, &step)
  }

  /// Nothing of the ritual is kept for its return.
  mutating func forget(_ id: RitualID, _ step: inout Step) {
    stopCounting(id, &step)
    ids.remove(id)
    unclaimed.tracked[id] = nil
    unclaimed.lastAccounted[id] = nil
    unclaimed.open.removeAll { $0.occurrence.ritual == id }
  }

  /// A configuration was taken up: what the journal says of others is not needed any more.
  mutating func dropClaimed() {
    unclaimed = Snapshot(
      open: unclaimed.open.filter { ids.contains($0.occurrence.ritual) },
      tracked: unclaimed.tracked.filter { ids.contains($0.key) },
      lastAccounted: unclaimed.lastAccounted.filter { ids.contains($0.key) })
  }

  /// An hour, in microseconds.
  private static let timeToReturn: Int64 = 3_600_000_000

  /// It does not end at the very start, nor when the clock is set: the clock may just have come out of
  /// another year, and the file may just be about to come.
  private mutating func giveTime(to id: RitualID, _ step: inout Step) {
    guard let end = end(of: id), end <= step.now else { return }
    setSince(id, to: step.now.advanced(byMicroseconds: Self.timeToReturn - Tracking.longestAway), &step)
  }

  private mutating func setSince(_ id: RitualID, to instant: Instant, _ step: inout Step) {
    since[id] = instant
    let tracking = unclaimed.tracked[id] ?? Tracking(fingerprint: "", since: step.now)
    let changed = Tracking(
      fingerprint: tracking.fingerprint, since: tracking.since, lead: tracking.lead, away: instant)
    unclaimed.tracked[id] = changed
    step.record(.track(id, changed))
  }

  private func arm(_ id: RitualID, _ step: inout Step) { step.deadlines.set(.absence(id), to: end(of: id)) }
}
