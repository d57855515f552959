import CivilTime
import Rituals
import Schedules

/// A configuration takes the place of another; at the start, it takes up what the journal holds.
extension Engine {
  mutating func configure(
    _ rituals: [Ritual], _ rules: GlobalRules, isComplete: Bool, _ step: inout Step
  ) {
    holds.setRules(rules)
    if !isConfigured {
      restoreLeads(&step)
      takeBackEarly(&step)
    }
    let enabled = rituals.filter(\.isEnabled)
    // A ritual that is missing is absent, and may come back; the user does not want one that is disabled.
    let unclaimed = absent.unclaimedIDs
    let known = unclaimed.union(timeline.ids)
    let missing = known.subtracting(rituals.map(\.id))
    absent.setIDs(missing)
    for id in known.subtracting(enabled.map(\.id)).subtracting(missing).sorted() { removeRitual(id, &step) }
    for id in missing.sorted() { keepAbsent(id, isMissing: isComplete, &step) }
    let returning = unclaimed.subtracting(missing)
    let familiar = returning.filter { absent.formerRitual($0) != nil }
    for ritual in enabled { follow(ritual, &step) }
    for id in reminders.ids where returning.contains(id) {
      resumeReminder(of: id, isFamiliar: familiar.contains(id), &step)
    }
    absent.dropClaimed()
    isConfigured = true
    endAcknowledged(&step)
    recheckHolds(&step)
    recheckDiscretion()
  }

  /// A ritual that the configuration has not: its open reminder, its snooze and its pause stay. `isMissing`
  /// says that it is in no file; else there is one that cannot be read.
  private mutating func keepAbsent(_ id: RitualID, isMissing: Bool, _ step: inout Step) {
    if let tracking = tracking(of: id), let ritual = timeline.ritual(id) {
      absent.keep(ritual, tracking)
      timeline.stopFollowing(id, &step)
      reminders.touch(id)
    }
    absent.count(id, isMissing: isMissing, isStarting: !isConfigured, &step)
  }

  /// A reminder of the last run, or of a ritual that was absent, goes on. What the latter has on the screen
  /// stays as it is.
  private mutating func resumeReminder(of id: RitualID, isFamiliar: Bool, _ step: inout Step) {
    switch reminders[id]?.phase {
    case .due:
      // A pause or a timeout may have ended meanwhile: then it did not skip the reminder.
      if let hold = reminders[id]?.hold, hold.skips, holdOnReminder(of: id, at: step.now)?.reason != hold {
        reminders.clearHoldReason(of: id)
      }
      if let slot = plan.slotID(of: id) { retry(slot, &step) } else { reminders.wait(id) }
    case .shown:
      guard let slotID = plan.slotID(of: id), let slot = plan[slotID] else { return reminders.wait(id) }
      if !slot.isOnScreen, !slot.isSending {
        // It is not seen: something may hold it by now.
        retry(slotID, &step)
      } else if !isFamiliar || !slot.isOnScreen || slot.failures > 0 {
        plan.touch(slotID)
      }
    case .closed, .snoozed, nil: break
    }
  }

  /// A ritual that is not wanted any more; harmless where there is none.
  mutating func removeRitual(_ id: RitualID, _ step: inout Step) {
    guard timeline.ritual(id) != nil || absent.unclaimedIDs.contains(id) else { return }
    endReminder(of: id, .expired(.removed), &step)
    timeline.stopFollowing(id, &step)
    absent.forget(id, &step)
    dismissLeads(of: [id], &step)
    timeline.setGivenLead(of: id, to: nil)
    step.record(.untrack(id))
    clearOrder(.pause(id), &step)
  }

  /// A ritual that is wanted: as before, changed, or new.
  private mutating func follow(_ ritual: Ritual, _ step: inout Step) {
    let id = ritual.id
    let before = known(id)
    let former = tracking(of: id)
    let accountedUntil = timeline.accountedUntil(id) ?? absent.accountedUntil(id, at: step.now)
    let wasAway = absent.isAway(id)
    absent.stopCounting(id, &step)
    if let accountedUntil, former?.fingerprint == ritual.fingerprint {
      timeline.follow(ritual, after: accountedUntil)
      if wasAway { recordTracking(of: id, &step) }
    } else {
      dismissLeads(of: [id], &step)
      timeline.setGivenLead(of: id, to: nil)
      timeline.follow(ritual, after: beginning(of: ritual, after: accountedUntil, at: step.now))
      recordTracking(of: id, &step)
    }
    arm(id, &step)
    reminders.setTitle(of: id, to: ritual.title)
    if let before, !before.reads(like: ritual), let slot = plan.slotID(of: id), plan[slot]?.isVisible ?? false
    {
      plan.touch(slot)
    }
  }

  /// 31 days, in microseconds: where nothing is too late, how far back a schedule counts that was not known.
  private static let longAgo: Int64 = 31 * 86_400_000_000

  /// From when on a new schedule counts: from now on, or from when on it is known to have been so. What came
  /// by the ritual's former schedule does not come again; what would be too late now does not count as
  /// missed.
  private func beginning(of ritual: Ritual, after accounted: Instant?, at now: Instant) -> Instant {
    guard let since = ritual.since else { return now }
    let oldest = now.advanced(byMicroseconds: -(ritual.missed.lateness ?? Self.longAgo) - 1)
    return min(max(since, oldest, accounted ?? oldest), now)
  }

  /// Takes up what the journal holds.
  mutating func restore(_ snapshot: Snapshot, _ step: inout Step) {
    for item in snapshot.open {
      reminders.restore(item)
      if case .shown(let notification) = item.phase { plan.restore(item.occurrence, on: notification) }
    }
    // It is closed, and no reminder takes its place: it may have gone long ago, and then a reminder that is
    // sent again has to be found by its tag, which a replacement has not.
    for notification in snapshot.leftBehind.sorted(by: { $0.number < $1.number }) {
      plan.restoreLeftover(notification, of: nil, &step)
    }
    for order in snapshot.orders { holds.restore(order, &step) }
    guard let timeout = snapshot.timeout else { return }
    conflict.restore(timeout, &step)
    if let notification = timeout.notification {
      plan.restoreTimeout(conflict.wantedKind, on: notification, &step)
    }
  }

  /// Takes up the leads that were given.
  private mutating func restoreLeads(_ step: inout Step) {
    for (id, tracking) in absent.snapshot.tracked.sorted(by: { $0.key < $1.key }) {
      guard let lead = tracking.lead else { continue }
      timeline.setGivenLead(of: id, to: lead.scheduled)
      if let notification = lead.notification {
        plan.restoreLead(of: id, on: notification, isToCome: lead.scheduled > step.now, &step)
      }
    }
  }
}

extension Ritual {
  /// A text that is the same while the schedule counts on: its rules and the wall clock that they go by.
  var fingerprint: String {
    schedule.fingerprint + "\n" + (zone?.name ?? "local")
  }

  /// True where a reminder of the other ritual looks the same.
  func reads(like other: Ritual) -> Bool {
    title == other.title && message == other.message && urgency == other.urgency && snoozes == other.snoozes
      && reply == other.reply
      && deck == other.deck && guide == other.guide
  }
}
