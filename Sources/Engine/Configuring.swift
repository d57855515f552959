import CivilTime
import OrderedCollections
import Rituals
import Schedules

/// A configuration takes the place of another; at the start, it takes up what the journal holds.
extension Engine {
  mutating func configure(_ rituals: [Ritual], _ step: inout Step) {
    let enabled = rituals.filter(\.isEnabled)
    let ids = Set(enabled.map(\.id))
    let known = Set(tracks.keys).union(unclaimed?.tracked.keys.map(\.self) ?? []).union(open.keys)
    for id in known.subtracting(ids).sorted() { drop(id, &step) }
    for ritual in enabled { take(ritual, &step) }
    unclaimed = nil
  }

  /// A ritual that is not wanted any more.
  private mutating func drop(_ id: RitualID, _ step: inout Step) {
    if let display = end(id, .expired(.removed), &step) { step.perform(.close(display)) }
    tracks[id] = nil
    deadlines.set(.occurrence(id), to: nil)
    step.record(.untrack(id))
  }

  /// A ritual that is wanted: as before, changed, or new. A new schedule counts from now on.
  private mutating func take(_ ritual: Ritual, _ step: inout Step) {
    let id = ritual.id
    let before = tracks[id]?.ritual
    if let since = accounted(ritual, at: step.now) {
      tracks[id] = Track(ritual: ritual, since: since)
    } else {
      tracks[id] = Track(ritual: ritual, since: step.now)
      step.record(.track(id, Tracking(fingerprint: ritual.fingerprint, since: step.now)))
    }
    arm(id)
    guard open[id] != nil else { return }
    open[id]?.title = ritual.title
    if case .shown = open[id]?.phase, server != nil, let before, !before.reads(like: ritual) {
      present(id, &step)
    } else {
      armReminder(id, at: step.now)
    }
  }

  /// Up to when the ritual's occurrences are accounted for; nil where its schedule is new.
  private func accounted(_ ritual: Ritual, at now: Instant) -> Instant? {
    if let track = tracks[ritual.id] {
      return track.ritual.fingerprint == ritual.fingerprint ? track.since : nil
    }
    guard let tracking = unclaimed?.tracked[ritual.id], tracking.fingerprint == ritual.fingerprint else {
      return nil
    }
    return min(max(tracking.since, unclaimed?.lastAccounted[ritual.id] ?? tracking.since), now)
  }
}

extension Ritual {
  /// What must stay the same for the schedule to count on: its rules and the wall clock they go by.
  var fingerprint: String {
    schedule.fingerprint + "\n" + (zone?.name ?? "local")
  }

  /// Whether a reminder of the other ritual looks the same.
  func reads(like other: Ritual) -> Bool {
    title == other.title && message == other.message && urgency == other.urgency && snoozes == other.snoozes
  }
}
