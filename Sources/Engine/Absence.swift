package import CivilTime
package import Rituals

/// Rituals whose file, section or event is away: a slip of an editor, `git checkout`, a home that is mounted
/// late. They go on as they were when they are back, and end after a month (docs/decisions/0016).
extension Engine {
  /// A ritual that the configuration has not: its open reminder, its snooze and its pause stay. `isMissing`
  /// says that it is in no file; else there is one that cannot be read.
  mutating func putAway(_ id: RitualID, isMissing: Bool, _ step: inout Step) {
    if let tracking = tracking(of: id), let ritual = tracks[id]?.ritual {
      unclaimed = unclaimed ?? Snapshot()
      unclaimed?.tracked[id] = tracking
      former[id] = ritual
      tracks[id] = nil
      deadlines.set(.occurrence(id), to: nil)
      deadlines.set(.lead(id), to: nil)
      armReminder(id)
    }
    if isMissing, away[id] == nil { setAway(id, since: step.now, &step) }
    if !isConfigured { giveTime(to: id, &step) }
    armAway(id)
  }

  /// It does not end at the very start, nor when the clock is set: the clock may just have come out of
  /// another year, and the file may just be about to come.
  private mutating func giveTime(to id: RitualID, _ step: inout Step) {
    guard let until = awayUntil(id), until <= step.now else { return }
    let since = step.now.advanced(byMicroseconds: Self.timeToReturn - Tracking.longestAway)
    setAway(id, since: since, &step)
  }

  /// An hour, in microseconds.
  private static let timeToReturn: Int64 = 3_600_000_000

  private mutating func setAway(_ id: RitualID, since: Instant, _ step: inout Step) {
    away[id] = since
    let tracking = tracking(of: id) ?? Tracking(fingerprint: "", since: step.now)
    let changed = Tracking(
      fingerprint: tracking.fingerprint, since: tracking.since, lead: tracking.lead, away: since)
    unclaimed?.tracked[id] = changed
    step.record(.track(id, changed))
  }

  private mutating func armAway(_ id: RitualID) { deadlines.set(.away(id), to: awayUntil(id)) }

  private func awayUntil(_ id: RitualID) -> Instant? {
    away[id]?.advanced(byMicroseconds: Tracking.longestAway)
  }

  /// The clock was set: what went later than now is away for as long as every other.
  mutating func setAwayClock(_ step: inout Step) {
    for (id, since) in away.sorted(by: { $0.key < $1.key }) {
      if since > step.now { setAway(id, since: step.now, &step) }
      giveTime(to: id, &step)
      armAway(id)
    }
  }

  /// The ritual is back, or there is nothing of it to come back.
  mutating func endAbsence(of id: RitualID) {
    away[id] = nil
    former[id] = nil
    armAway(id)
  }

  /// Nothing of the ritual is kept for its return.
  mutating func forgetAbsence(of id: RitualID) {
    endAbsence(of: id)
    asleep.remove(id)
    unclaimed?.tracked[id] = nil
    unclaimed?.lastAccounted[id] = nil
    unclaimed?.open.removeAll { $0.occurrence.ritual == id }
  }

  /// A ritual of the configuration, or one that was in it and is away.
  func known(_ id: RitualID) -> Ritual? { tracks[id]?.ritual ?? former[id] }

  /// Rituals that are in no file and no calendar and may come back, and until when that is waited for.
  package var absences: [RitualID: Instant] {
    asleep.reduce(into: [:]) { $0[$1] = awayUntil($1) }
  }

  /// Rituals that are away, and rituals whose file cannot be read.
  package var unread: Set<RitualID> { asleep }

  /// A ritual that went away while the daemon ran, as it was.
  package func formerRitual(_ id: RitualID) -> Ritual? { former[id] }
}
