import CivilTime
import OrderedCollections
import Rituals

/// Occurrences that come: at their time, or found to have come while nobody looked.
extension Engine {
  /// The ritual's next occurrence has come. The latest one is shown unless it is too late; older ones that came
  /// unseen are missed, so that a resume never brings all of them at once.
  mutating func come(_ id: RitualID, _ step: inout Step) {
    guard var track = tracks[id] else { return }
    defer { arm(id) }
    guard let past = track.past(through: step.now, in: zone, except: handledAhead) else { return }
    let ritual = track.ritual
    for run in past.older {
      let occurrence = Occurrence(ritual: id, scheduled: run.last)
      step.record(occurrence, title: ritual.title, .missed(.absent, count: run.count))
    }
    track.since = past.latest
    tracks[id] = track

    let occurrence = Occurrence(ritual: id, scheduled: past.latest)
    let replaced = end(id, .expired(.superseded), &step)
    if let chance = ritual.missed.lastChance(for: past.latest), chance < step.now {
      step.record(occurrence, title: ritual.title, .missed(.absent, count: 1))
      if let replaced { step.perform(.close(replaced)) }
    } else {
      step.record(occurrence, title: ritual.title, .due)
      var reminder = OpenReminder(occurrence, title: ritual.title, due: past.latest)
      reminder.display = replaced
      open[id] = reminder
      present(id, &step)
    }
  }

  /// Sets the ritual's deadline to its next occurrence.
  mutating func arm(_ id: RitualID) {
    deadlines.set(.occurrence(id), to: tracks[id]?.next(in: zone, except: handledAhead))
  }

  /// The clock was set. What is later than now is no longer accounted for, except what was shown: a clock that
  /// had run ahead must not silence what it marked as missed.
  mutating func setClock(handledAhead: [Occurrence], _ step: inout Step) {
    // Those of an earlier setting count on: they may lie before the new time, and after what is accounted for.
    self.handledAhead.formUnion(handledAhead)
    for (id, track) in tracks {
      if track.since > step.now {
        tracks[id]?.since = step.now
        step.record(.track(id, Tracking(fingerprint: track.ritual.fingerprint, since: step.now)))
      }
      arm(id)
    }
    self.handledAhead = self.handledAhead.filter { $0.scheduled > tracks[$0.ritual]?.since ?? $0.scheduled }
    for id in open.keys {
      open[id]?.failures = 0
      armReminder(id, at: step.now)
    }
  }

  /// The machine is somewhere else: local times are now local there.
  mutating func change(to zone: Zone, _ step: inout Step) {
    guard zone != self.zone else { return }
    self.zone = zone
    for (id, track) in tracks where track.ritual.zone == nil { arm(id) }
  }
}
