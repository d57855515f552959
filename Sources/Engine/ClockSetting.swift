import CivilTime
import Rituals

/// A clock that is put right, or wrong (docs/decisions/0005).
extension Engine {
  /// The clock was set. Each ritual counts on from what is accounted for at the new time: what a clock that
  /// ran ahead marked as missed comes, where nobody saw it, and a time that never happened is not made up
  /// for.
  mutating func setClock(
    handledAhead: [Occurrence], accounted: [RitualID: Instant]?, _ step: inout Step
  ) {
    // Occurrences of an earlier setting stay: they may lie before the new time, and after what is accounted
    // for.
    self.handledAhead.formUnion(handledAhead)
    // But what a wrong clock has marked as missed since, unseen, is not handled.
    self.handledAhead = self.handledAhead.filter { occurrence in
      guard occurrence.scheduled <= step.now, let known = accounted?[occurrence.ritual] else { return true }
      return occurrence.scheduled <= known
    }
    takeBack(&step)
    for (id, track) in tracks.sorted(by: { $0.key < $1.key }) {
      let known = accounted?[id] ?? track.since
      tracks[id]?.since = min(known, step.now)
      if known > step.now { recordTracking(of: id, &step) }
      arm(id, &step)
    }
    for (id, known) in accounted ?? [:] where unclaimed?.tracked[id] != nil {
      unclaimed?.lastAccounted[id] = min(known, step.now)
    }
    // A ritual that is disabled now may be enabled before their time; of one that sleeps nothing has been
    // accounted for.
    self.handledAhead = self.handledAhead.filter { occurrence in
      asleep.contains(occurrence.ritual)
        || occurrence.scheduled > tracks[occurrence.ritual]?.since ?? step.now
    }
    setAwayClock(&step)
    setTimeoutClock(&step)
    for number in cards.filter({ $0.value.failures > 0 }).keys.sorted() { retry(number, &step) }
    review(&step)
  }

  /// Takes back what came by a clock that ran ahead and was not seen: it comes at its real time. What was
  /// seen stays.
  mutating func takeBack(_ step: inout Step) {
    for id in inOrder(open.keys) {
      guard let reminder = open[id], reminder.phase == .due, !reminder.wasSeen, reminder.due > step.now
      else { continue }
      if reminder.isOrdered {
        answer(id, with: .snooze(until: reminder.due), by: .command, &step)
      } else {
        handledAhead.remove(reminder.occurrence)
        end(id, .missed(.clock, count: 1), &step)
      }
    }
  }
}
