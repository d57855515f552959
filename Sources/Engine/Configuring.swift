import CivilTime
import Rituals
import Schedules

/// A configuration takes the place of another; at the start, it takes up what the journal holds.
extension Engine {
  mutating func configure(
    _ rituals: [Ritual], _ rules: HouseRules, isComplete: Bool, _ step: inout Step
  ) {
    let enabled = rituals.filter(\.isEnabled)
    let isFirst = !isConfigured
    self.rules = rules
    if isFirst {
      for (id, tracking) in (unclaimed?.tracked ?? [:]).sorted(by: { $0.key < $1.key }) {
        if let lead = tracking.lead { restore(lead, of: id, &step) }
      }
      takeBack(&step)
    }
    // A ritual that is missing is away, and may come back; the user does not want one that is disabled.
    let sleepers = sleepers
    let known = sleepers.union(tracks.keys)
    asleep = known.subtracting(rituals.map(\.id))
    for id in known.subtracting(enabled.map(\.id)).subtracting(asleep).sorted() { remove(id, &step) }
    for id in asleep.sorted() { putAway(id, isMissing: isComplete, &step) }
    let awake = sleepers.subtracting(asleep)
    let familiar = Set(former.keys)
    for ritual in enabled { take(ritual, &step) }
    for id in inOrder(open.keys) where awake.contains(id) {
      wake(id, isFamiliar: familiar.contains(id), &step)
    }
    unclaimed = asleep.isEmpty ? nil : unclaimed?.only(asleep)
    isConfigured = true
    endAcknowledged(&step)
    review(&step)
    reconsiderDiscretion(&step)
  }

  /// A reminder of the last run, or of a ritual that was away, goes on. What the latter has on the screen
  /// stays as it is.
  private mutating func wake(_ id: RitualID, isFamiliar: Bool, _ step: inout Step) {
    switch open[id]?.phase {
    case .due: if let card = open[id]?.card { retry(card, &step) } else { step.wait(id) }
    case .shown:
      guard let card = open[id]?.card else { return step.wait(id) }
      let isSettled = isFamiliar && cards[card]?.isOnScreen ?? false && cards[card]?.failures == 0
      if !isSettled { step.touch(card) }
    case .closed, .snoozed, nil: break
    }
  }

  /// Rituals of the last run that no configuration has claimed yet.
  var sleepers: Set<RitualID> {
    guard let unclaimed else { return [] }
    return Set(unclaimed.tracked.keys).union(unclaimed.open.map(\.occurrence.ritual))
  }

  /// A ritual that is not wanted any more; harmless where there is none.
  mutating func remove(_ id: RitualID, _ step: inout Step) {
    guard tracks[id] != nil || sleepers.contains(id) else { return }
    end(id, .expired(.removed), &step)
    tracks[id] = nil
    forgetAbsence(of: id)
    dismissLead(of: [id], &step)
    leads[id] = nil
    deadlines.set(.occurrence(id), to: nil)
    deadlines.set(.lead(id), to: nil)
    step.record(.untrack(id))
    if orders[.pause(id)] != nil { revoke(.pause(id), &step) }
  }

  /// A ritual that is wanted: as before, changed, or new.
  private mutating func take(_ ritual: Ritual, _ step: inout Step) {
    let id = ritual.id
    let before = known(id)
    let former = accounted(id, at: step.now)
    let wasAway = away[id] != nil
    endAbsence(of: id)
    if let former, former.fingerprint == ritual.fingerprint {
      tracks[id] = Track(ritual: ritual, since: former.since)
      if wasAway { recordTracking(of: id, &step) }
    } else {
      dismissLead(of: [id], &step)
      leads[id] = nil
      tracks[id] = Track(ritual: ritual, since: beginning(of: ritual, after: former?.since, at: step.now))
      recordTracking(of: id, &step)
    }
    arm(id, &step)
    guard open[id] != nil else { return }
    open[id]?.title = ritual.title
    armReminder(id)
    if let before, !before.reads(like: ritual), let card = open[id]?.card, cards[card]?.isVisible ?? false {
      step.touch(card)
    }
  }

  /// Takes up what the journal holds: reminders that shared a notification share a card again.
  mutating func restore(_ snapshot: Snapshot) {
    for item in snapshot.open {
      let id = item.occurrence.ritual
      open[id] = OpenReminder(restoring: item, place: opened)
      opened += 1
      guard case .shown(let display) = item.phase else { continue }
      if let number = displays[display] {
        cards[number]?.members.append(id)
        cards[number]?.kind = .summary
        cards[number]?.confirmed.insert(item.occurrence)
        open[id]?.card = number
      } else {
        let card = restore(Card(.ritual, of: [id]), on: display)
        cards[card]?.confirmed = [item.occurrence]
        open[id]?.card = card
      }
    }
    for (display, id) in snapshot.leftBehind.sorted(by: { $0.key.number < $1.key.number }) {
      strays.append(leftBehind(display, of: id))
    }
    draws = snapshot.draws
    away = snapshot.tracked.compactMapValues(\.away)
    for order in snapshot.orders {
      orders[order.subject] = order
      deadlines.set(.order(order.subject), to: order.until)
    }
    if let timeout = snapshot.timeout { restore(timeout) }
  }

  private mutating func restore(_ lead: Lead, of id: RitualID, _ step: inout Step) {
    leads[id] = GivenLead(scheduled: lead.scheduled)
    // The reminder may have taken its place already.
    guard let display = lead.display, displays[display] == nil else { return }
    strays.removeAll { $0.card.display == display }
    guard lead.scheduled > step.now else {
      let vacancy = leftBehind(display, of: id)
      if display.server == server { return step.vacate(vacancy) }
      if !isServerKnown { leads[id]?.left = display }
      return strays.append(vacancy)
    }
    let card = restore(Card(.lead, of: [id]), on: display)
    leads[id]?.card = card
  }

  /// A notification that the last run may have left on the screen: what comes next of its ritual takes its
  /// place, or it goes.
  mutating func leftBehind(_ display: Display, of id: RitualID?) -> Vacancy {
    lastCard += 1
    var card = Card(.ritual, of: id.map { [$0] } ?? [])
    card.display = display
    card.isOnScreen = true
    return Vacancy(number: lastCard, card: card)
  }

  mutating func restore(_ card: Card, on display: Display) -> Card.ID {
    lastCard += 1
    cards[lastCard] = card
    cards[lastCard]?.display = display
    cards[lastCard]?.isOnScreen = true
    displays[display] = lastCard
    return lastCard
  }

  /// The schedule that the ritual had, and up to when what came by it is accounted for; nil where it had
  /// none.
  private func accounted(_ id: RitualID, at now: Instant) -> (fingerprint: String, since: Instant)? {
    if let track = tracks[id] { return (track.ritual.fingerprint, track.since) }
    guard let tracking = unclaimed?.tracked[id] else { return nil }
    return (tracking.fingerprint, min(tracking.accounted(last: unclaimed?.lastAccounted[id], at: now), now))
  }

  /// 31 days, in microseconds: where nothing is too late, how far back a schedule counts that was not known.
  private static let longAgo: Int64 = 31 * 86_400_000_000

  /// From when on a new schedule counts: from now on, or from when on it is known to have been so. What came
  /// by the ritual's former schedule does not come again; what would be too late now was missed by nobody.
  private func beginning(of ritual: Ritual, after accounted: Instant?, at now: Instant) -> Instant {
    guard let since = ritual.since else { return now }
    let oldest = now.advanced(byMicroseconds: -(ritual.missed.lateness ?? Self.longAgo) - 1)
    return min(max(since, oldest, accounted ?? oldest), now)
  }
}

extension Snapshot {
  /// What it says of these rituals.
  fileprivate func only(_ ids: Set<RitualID>) -> Snapshot {
    Snapshot(
      open: open.filter { ids.contains($0.occurrence.ritual) },
      tracked: tracked.filter { ids.contains($0.key) },
      lastAccounted: lastAccounted.filter { ids.contains($0.key) })
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
      && reply == other.reply
      && deck == other.deck && guide == other.guide
  }
}
