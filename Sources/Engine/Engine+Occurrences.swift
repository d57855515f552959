import CivilTime
import Rituals

/// An occurrence from its time to its end.
extension Engine {
  /// The ritual's next occurrence has come. The latest one is shown unless it is too late; older ones that
  /// came unseen are missed, so that a resume never brings all of them at once.
  mutating func becomeDue(_ id: RitualID, _ step: inout Step) {
    guard let ritual = timeline.ritual(id) else { return }
    defer { arm(id, &step) }
    guard let due = timeline.takeDue(id, at: step.now) else { return }
    for run in due.older {
      let occurrence = Occurrence(ritual: id, scheduled: run.last)
      step.record(occurrence, title: ritual.title, outcomeOfUnseen(id, at: run.last, count: run.count))
    }
    let occurrence = Occurrence(ritual: id, scheduled: due.latest)
    // It takes the place of its lead. Where that is on the screen stays written down: a daemon that ends
    // before the reminder is there finds it again.
    plan.releaseLead(of: id, &step)
    if let reminder = reminders[id] {
      endReminder(of: id, reminder.outcomeOfSuperseding(isSending: plan.isSending(id)), &step)
    }
    if reminders.isAcknowledged(occurrence, at: step.now) {
      step.record(occurrence, title: ritual.title, .due)
      return step.record(occurrence, title: ritual.title, .done(by: .calendar))
    }
    let cause = skipCause(id, at: due.latest) ?? skipCauseNow(id, at: step.now)
    let isTooLate = ritual.missed.lastChance(for: due.latest).map { $0 < step.now } ?? false
    if isTooLate || cause != nil {
      let outcome = cause.map { Happening.skipped(by: $0) } ?? .missed(.absent, count: 1)
      return step.record(occurrence, title: ritual.title, outcome)
    }
    reminders.add(occurrence, title: ritual.title, &step)
  }

  /// An occurrence that was not shown was missed, but for one that came during a pause or a timeout.
  private func outcomeOfUnseen(_ id: RitualID, at scheduled: Instant, count: Int) -> Happening {
    skipCause(id, at: scheduled).map { .skipped(by: $0, count: count) } ?? .missed(.absent, count: count)
  }

  /// The pause or timeout that left out an occurrence at an instant; nil where none did.
  private func skipCause(_ id: RitualID, at scheduled: Instant) -> Answerer? {
    if holds.wasPaused(id, at: scheduled) { return .pause }
    return conflict.held(at: scheduled) ? .timeout : nil
  }

  /// The pause or timeout that leaves out an occurrence that comes now.
  private func skipCauseNow(_ id: RitualID, at now: Instant) -> Answerer? {
    if holds.pause(of: id, at: now) != nil { return .pause }
    return conflict.hold(at: now) != nil ? .timeout : nil
  }

  /// Sets the ritual's deadlines to its next occurrence. A lead of another one is not true any more.
  mutating func arm(_ id: RitualID, _ step: inout Step) {
    let next = timeline.next(of: id)
    if let lead = timeline.givenLead(of: id), lead != next { dismissLeads(of: [id], &step) }
    timeline.arm(id, at: next, &step)
  }

  /// Gives the lead of the ritual's next occurrence, where nothing holds it.
  mutating func giveLead(of id: RitualID, _ step: inout Step) {
    guard let ritual = timeline.ritual(id), let scheduled = timeline.next(of: id), scheduled > step.now else {
      return
    }
    dismissLeads(of: [id], &step)
    timeline.setGivenLead(of: id, to: scheduled)
    recordTracking(of: id, &step)
    if hold(on: ritual, at: step.now) == nil { plan.assign(.lead, to: [id]) }
  }

  /// Takes leads off the screen.
  mutating func dismissLeads(of ids: [RitualID], _ step: inout Step) {
    for id in ids where plan.releaseLead(of: id, &step) { recordTracking(of: id, &step) }
  }

  /// Writes down up to when the ritual is accounted for.
  mutating func recordTracking(of id: RitualID, _ step: inout Step) {
    guard let tracking = tracking(of: id) else { return }
    if timeline.ritual(id) == nil { absent.setTracking(of: id, to: tracking) }
    step.record(.track(id, tracking))
  }

  /// Up to when the ritual is accounted for, and the lead that was given of it last; nil where it is unknown.
  func tracking(of id: RitualID) -> Tracking? {
    let lead = timeline.givenLead(of: id).map {
      Lead(scheduled: $0, notification: plan.notification(ofLead: id))
    }
    if let ritual = timeline.ritual(id), let since = timeline.accountedUntil(id) {
      return Tracking(fingerprint: ritual.fingerprint, since: since, lead: lead)
    }
    return absent.tracking(of: id).map {
      Tracking(fingerprint: $0.fingerprint, since: $0.since, lead: lead, away: $0.away)
    }
  }

  /// The reminder's own deadline: a snooze's end, a nudge, or the end of its time to be shown.
  mutating func reminderDeadlineReached(_ id: RitualID, _ step: inout Step) {
    guard let reminder = reminders[id], let ritual = timeline.ritual(id) else { return }
    switch reminder.phase {
    case .snoozed(let until): endSnooze(of: ritual, at: until, &step)
    case .due:
      guard reminder.isTooLate(ritual.missed, at: step.now) else { return }
      endReminder(of: id, reminder.outcomeOfWaiting(isSending: plan.isSending(id)), &step)
    case .shown, .closed: giveNudge(of: ritual, &step)
    }
  }

  private mutating func endSnooze(of ritual: Ritual, at until: Instant, _ step: inout Step) {
    if let chance = ritual.missed.lastChance(for: until), chance < step.now {
      return endReminder(of: ritual.id, outcomeOfUnseen(ritual.id, at: until, count: 1), &step)
    }
    reminders.endSnooze(ritual.id, at: until, title: ritual.title, &step)
  }

  /// Shows an unanswered reminder once more. A quiet time for it is left out and not made up for.
  private mutating func giveNudge(of ritual: Ritual, _ step: inout Step) {
    let id = ritual.id
    guard reminders.countNudge(id, ritual.nudge, at: step.now), plan.isServerPresent,
      hold(on: ritual, at: step.now) == nil, !plan.isSending(id)
    else { return }
    reminders.recordNudge(id, &step)
    showAnew(id, &step)
  }

  /// Shows an open reminder on a new notification: a server may replace in silence, but a new one is seen.
  mutating func showAnew(_ id: RitualID, _ step: inout Step) {
    plan.closeAlone(id, &step)
    plan.detach(id, &step)
    reminders.wait(id)
  }

  /// Ends the ritual's open reminder, where it has one.
  mutating func endReminder(of id: RitualID, _ outcome: Happening, _ step: inout Step) {
    guard reminders[id] != nil else { return }
    reminders.end(id, outcome, &step)
    plan.detach(id, &step)
  }

  /// The machine is in another zone: local times are now local there.
  mutating func setZone(_ zone: Zone, _ step: inout Step) {
    guard timeline.setZone(zone) else { return }
    for id in timeline.zoneless { arm(id, &step) }
    recheckHolds(&step)
  }

  /// The clock was set (docs/decisions/0005). Each ritual counts on from what is accounted for at the new
  /// time: what a clock that ran ahead marked as missed comes, where nobody saw it, and a time that never
  /// happened is not made up for.
  mutating func setClock(alreadyHandled: [Occurrence], accounted: [RitualID: Instant]?, _ step: inout Step) {
    timeline.addHandled(alreadyHandled, accounted: accounted, at: step.now)
    takeBackEarly(&step)
    let (ids, ahead) = timeline.setClock(accounted: accounted, at: step.now)
    for id in ids {
      if ahead.contains(id) { recordTracking(of: id, &step) }
      arm(id, &step)
    }
    timeline.dropAccounted(except: absent.ids, at: step.now)
    absent.setClock(accounted: accounted, &step)
    setTimeoutClock(&step)
    for slot in plan.failed { retry(slot, &step) }
    recheckHolds(&step)
  }

  /// Takes back what came by a clock that ran ahead and was not seen: it comes at its real time. What was
  /// seen stays.
  mutating func takeBackEarly(_ step: inout Step) {
    for id in reminders.ids {
      guard let reminder = reminders[id], reminder.phase == .due, !reminder.wasSeen, reminder.due > step.now
      else { continue }
      if reminder.isOrdered {
        answerReminder(of: id, with: .snooze(until: reminder.due), by: .command, &step)
      } else {
        timeline.removeHandled(reminder.occurrence)
        endReminder(of: id, .missed(.clock, count: 1), &step)
      }
    }
  }
}
