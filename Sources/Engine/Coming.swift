import CivilTime
import Rituals

/// Occurrences that come: at their time, or found to have come while nobody looked.
extension Engine {
  /// The ritual's next occurrence has come. The latest one is shown unless it is too late; older ones that
  /// came unseen are missed, so that a resume never brings all of them at once.
  mutating func come(_ id: RitualID, _ step: inout Step) {
    guard var track = tracks[id] else { return }
    defer { arm(id, &step) }
    guard let past = track.past(through: step.now, in: zone, except: handledAhead) else { return }
    let ritual = track.ritual
    for run in past.older {
      let occurrence = Occurrence(ritual: id, scheduled: run.last)
      step.record(occurrence, title: ritual.title, unseen(id, at: run.last, count: run.count))
    }
    track.since = past.latest
    tracks[id] = track

    let occurrence = Occurrence(ritual: id, scheduled: past.latest)
    replaceLead(of: id, &step)
    if let reminder = open[id] {
      end(id, outcomeOfSuperseding(reminder), &step)
    }
    if isAcknowledged(occurrence, at: step.now) {
      step.record(occurrence, title: ritual.title, .due)
      return step.record(occurrence, title: ritual.title, .done(by: .calendar))
    }
    let isTooLate = ritual.missed.lastChance(for: past.latest).map { $0 < step.now } ?? false
    if isTooLate || leftOut(id, at: past.latest) != nil || leftOutNow(id, now: step.now) != nil {
      return step.record(occurrence, title: ritual.title, unseen(id, at: past.latest, at: step.now))
    }
    step.record(occurrence, title: ritual.title, .due)
    open[id] = OpenReminder(occurrence, title: ritual.title, due: past.latest, place: opened)
    opened += 1
    step.wait(id)
    armReminder(id)
  }

  /// What becomes of an occurrence that was not shown: it is missed, but for one that came during a pause or
  /// a timeout.
  private func unseen(
    _ id: RitualID, at scheduled: Instant, at now: Instant? = nil, count: Int = 1
  ) -> Happening {
    let cause = leftOut(id, at: scheduled) ?? now.flatMap { leftOutNow(id, now: $0) }
    return cause.map { .skipped(by: $0, count: count) } ?? .missed(.absent, count: count)
  }

  /// What leaves out everything of the ritual that comes now.
  private func leftOutNow(_ id: RitualID, now: Instant) -> Answerer? {
    if pause(of: id, at: now) != nil { return .pause }
    return timeout?.holds(at: now) ?? false ? .timeout : nil
  }

  /// Sets the ritual's deadlines to its next occurrence, and the early word of it. An early word of another
  /// one is not true any more.
  mutating func arm(_ id: RitualID, _ step: inout Step) {
    let next = tracks[id]?.next(in: zone, except: handledAhead)
    if leads[id].map({ $0.scheduled != next }) ?? false { dismissLead(of: [id], &step) }
    deadlines.set(.occurrence(id), to: next)
    deadlines.set(.lead(id), to: next.flatMap { leadTime(of: id, before: $0) })
  }

  /// The machine is somewhere else: local times are now local there.
  mutating func change(to zone: Zone, _ step: inout Step) {
    guard zone != self.zone else { return }
    self.zone = zone
    for id in tracks.filter({ $0.value.ritual.zone == nil }).keys.sorted() { arm(id, &step) }
    review(&step)
  }
}
