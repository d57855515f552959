import CivilTime
import Rituals
import Schedules

/// Every enabled ritual on its way through time: up to when its occurrences are accounted for, and which
/// comes next.
struct Timeline: Sendable {
  /// The machine's zone, for rituals that name none.
  private(set) var zone: Zone
  private var tracks: [RitualID: Track] = [:]
  /// The occurrence of each ritual that a lead was given of last.
  private var givenLeads: [RitualID: Instant] = [:]
  /// Occurrences later than now that came before the clock was set back. They do not come again.
  private var alreadyHandled: Set<Occurrence>

  init(zone: Zone, alreadyHandled: [Occurrence]) {
    self.zone = zone
    self.alreadyHandled = Set(alreadyHandled)
  }

  // MARK: Queries

  var rituals: [Ritual] { tracks.values.map(\.ritual) }
  var ids: some Collection<RitualID> { tracks.keys }

  func ritual(_ id: RitualID) -> Ritual? { tracks[id]?.ritual }

  /// The instant up to which the ritual is accounted for; nil where it is not on its way.
  func accountedUntil(_ id: RitualID) -> Instant? { tracks[id]?.accountedUntil }

  /// The ritual's next occurrence; nil where there is none.
  func next(of id: RitualID) -> Instant? { tracks[id]?.next(in: zone, except: alreadyHandled) }

  func givenLead(of id: RitualID) -> Instant? { givenLeads[id] }

  /// Occurrences later than now that came already, by time.
  var handledOccurrences: [Occurrence] {
    alreadyHandled.sorted { ($0.scheduled, $0.ritual) < ($1.scheduled, $1.ritual) }
  }

  // MARK: Steps

  /// Returns false where the machine is in that zone already.
  mutating func setZone(_ zone: Zone) -> Bool {
    guard zone != self.zone else { return false }
    self.zone = zone
    return true
  }

  /// Rituals whose times depend on the machine's zone.
  var zoneless: [RitualID] { tracks.filter { $0.value.ritual.zone == nil }.keys.sorted() }

  /// Sets a ritual on its way. Occurrences after `accountedUntil` count.
  mutating func follow(_ ritual: Ritual, after accountedUntil: Instant) {
    tracks[ritual.id] = Track(ritual: ritual, accountedUntil: accountedUntil)
  }

  mutating func stopFollowing(_ id: RitualID, _ step: inout Step) {
    tracks[id] = nil
    step.deadlines.set(.occurrence(id), to: nil)
    step.deadlines.set(.lead(id), to: nil)
  }

  mutating func setGivenLead(of id: RitualID, to scheduled: Instant?) { givenLeads[id] = scheduled }

  /// Takes the occurrences of the ritual that have become due, and accounts for them.
  mutating func takeDue(_ id: RitualID, at now: Instant) -> DueOccurrences? {
    guard let due = tracks[id]?.due(through: now, in: zone, except: alreadyHandled) else { return nil }
    tracks[id]?.accountedUntil = due.latest
    return due
  }

  /// Sets the ritual's deadlines to its next occurrence, and to the lead of it.
  func arm(_ id: RitualID, at next: Instant?, _ step: inout Step) {
    step.deadlines.set(.occurrence(id), to: next)
    step.deadlines.set(.lead(id), to: next.flatMap { leadTime(of: id, before: $0) })
  }

  /// The instant of an occurrence's lead; nil where none is to be given.
  private func leadTime(of id: RitualID, before scheduled: Instant) -> Instant? {
    guard let track = tracks[id], let lead = track.ritual.lead, givenLeads[id] != scheduled else {
      return nil
    }
    // No lead if its time is before the schedule began, or before the last occurrence.
    let time = scheduled.advanced(byMicroseconds: -lead.microseconds)
    return time > track.accountedUntil ? time : nil
  }

  // MARK: A clock that is set (docs/decisions/0005)

  /// Adds occurrences that came by the clock as it was. `accounted` is up to when the journal says each
  /// ritual is accounted for at the new time: what a wrong clock marked as missed since, unseen, is not
  /// handled.
  mutating func addHandled(_ occurrences: [Occurrence], accounted: [RitualID: Instant]?, at now: Instant) {
    // Occurrences of an earlier setting stay: they may lie before the new time, and after what is accounted
    // for.
    alreadyHandled.formUnion(occurrences)
    alreadyHandled = alreadyHandled.filter { occurrence in
      guard occurrence.scheduled <= now, let known = accounted?[occurrence.ritual] else { return true }
      return occurrence.scheduled <= known
    }
  }

  mutating func removeHandled(_ occurrence: Occurrence) { alreadyHandled.remove(occurrence) }

  /// Lets every ritual count on from what is accounted for at the new time. Returns those whose counting was
  /// ahead.
  mutating func setClock(accounted: [RitualID: Instant]?, at now: Instant) -> (
    all: [RitualID], ahead: Set<RitualID>
  ) {
    let ids = tracks.keys.sorted()
    var ahead: Set<RitualID> = []
    for id in ids {
      guard let track = tracks[id] else { continue }
      let known = accounted?[id] ?? track.accountedUntil
      tracks[id]?.accountedUntil = min(known, now)
      if known > now { ahead.insert(id) }
    }
    return (ids, ahead)
  }

  /// Forgets what is accounted for anyhow. A ritual that is disabled now may be enabled before their time; of
  /// one that is unread nothing has been accounted for.
  mutating func dropAccounted(except unread: Set<RitualID>, at now: Instant) {
    alreadyHandled = alreadyHandled.filter { occurrence in
      unread.contains(occurrence.ritual)
        || occurrence.scheduled > tracks[occurrence.ritual]?.accountedUntil ?? now
    }
  }
}

/// A ritual, and up to when it is accounted for.
struct Track: Sendable {
  var ritual: Ritual
  /// Occurrences up to and with this instant are accounted for.
  var accountedUntil: Instant

  /// The first occurrence that is not accounted for, nor came before the clock was set back.
  func next(in zone: Zone, except alreadyHandled: Set<Occurrence>) -> Instant? {
    var cursor = accountedUntil
    while let scheduled = ritual.schedule.next(after: cursor, in: ritual.zone ?? zone) {
      guard alreadyHandled.contains(Occurrence(ritual: ritual.id, scheduled: scheduled)) else {
        return scheduled
      }
      cursor = scheduled
    }
    return nil
  }
}

/// Occurrences that came up to an instant and are not accounted for yet.
struct DueOccurrences: Equatable {
  /// The latest occurrence.
  let latest: Instant
  /// The occurrences before it, oldest first. Only the oldest of them may stand for more than one.
  let older: [Run]

  /// One occurrence, or several of which `last` is the latest.
  struct Run: Equatable {
    let last: Instant
    let count: Int
  }

  /// The most missed occurrences that are recorded one by one; older ones are recorded as one run.
  static let toldSingly = 100
  /// 31 days, in microseconds: what was missed in a longer time is told as one run. Mostly that time never
  /// happened, because a clock stood in another year.
  static let long: Int64 = 31 * 86_400_000_000
  /// The most occurrences that are counted: a rule that comes every second must not stall a resume.
  static let counted = 100_000
}

extension Track {
  /// The occurrences after `accountedUntil` up to and with `now`; nil where there is none.
  func due(through now: Instant, in zone: Zone, except alreadyHandled: Set<Occurrence>) -> DueOccurrences? {
    guard let first = next(in: zone, except: alreadyHandled), first <= now else { return nil }
    let wall = ritual.zone ?? zone
    guard let second = ritual.schedule.next(after: first, in: wall), second <= now else {
      return DueOccurrences(latest: first, older: [])
    }
    // The latest is among them.
    let toldSingly = first.microseconds(until: now) > DueOccurrences.long ? 0 : DueOccurrences.toldSingly
    var singly: [Instant] = []
    var run: DueOccurrences.Run?
    var cursor = now.advanced(byMicroseconds: 1)
    var steps = 0
    while steps < DueOccurrences.counted, let scheduled = ritual.schedule.previous(before: cursor, in: wall),
      scheduled >= first
    {
      steps += 1
      cursor = scheduled
      if alreadyHandled.contains(Occurrence(ritual: ritual.id, scheduled: scheduled)) { continue }
      if singly.count <= toldSingly {
        singly.append(scheduled)
      } else {
        run = DueOccurrences.Run(last: run?.last ?? scheduled, count: (run?.count ?? 0) + 1)
      }
    }
    guard let latest = singly.first else { return nil }
    let older = singly.dropFirst().reversed().map { DueOccurrences.Run(last: $0, count: 1) }
    return DueOccurrences(latest: latest, older: (run.map { [$0] } ?? []) + older)
  }
}

extension MissedPolicy {
  /// The lateness that still counts as on time, in microseconds: the machine was busy, not away.
  static let grace: Int64 = 60_000_000

  /// The most that a reminder may be late and is still shown, in microseconds; nil for no limit.
  var lateness: Int64? {
    switch self {
    case .never: Self.grace
    case .within(let span): max(span.microseconds, Self.grace)
    case .always: nil
    }
  }

  /// The last instant at which something that was due at `due` is still shown; nil for however late.
  func lastChance(for due: Instant) -> Instant? { lateness.map { due.advanced(byMicroseconds: $0) } }
}
