import CivilTime
import Engine
import Rituals
import Schedules

/// Notifications that have to be on the screen, judged from outside: by the schedules, the rules, the journal
/// and the screen itself.
extension World {
  /// True where something keeps a reminder of the ritual back now. Quiet hours do not hold what the user put
  /// off.
  func isHeld(_ ritual: Ritual, isOrdered: Bool = false) -> Bool {
    for subject in [Order.Subject.pause(nil), .pause(ritual.id)] {
      if let order = journal.orders[subject], order.until.map({ now < $0 }) ?? true { return true }
    }
    if let timeout = journal.timeout, timeout.holds(at: now) { return true }
    guard ritual.quiet == .respect else { return false }
    if !rules.quiet.when.isDisjoint(with: circumstances) { return true }
    return !isOrdered && rules.quiet.end(at: now, in: zone) != nil
  }

  /// True where all that was sent has been answered, and nothing was refused for which another try is to
  /// come.
  var isCalm: Bool {
    specimen != nil && isServerThere && !isStarting && sent.isEmpty
      && refused.values.allSatisfy { $0.microseconds(until: now) > Self.longestRetry }
  }

  /// The most time until a refused notification is sent again, in microseconds.
  private static let longestRetry: Int64 = 660_000_000

  /// A server is there, nothing holds, the daemon is alive: all that is due is on the screen.
  mutating func checkDelivery() {
    guard isCalm, violations.isEmpty else { return }
    for item in journal.open {
      guard let ritual = ritual(item.occurrence.ritual), configured.contains(ritual.id) else { continue }
      switch item.phase {
      case .due where !isHeld(ritual, isOrdered: item.due != item.occurrence.scheduled):
        violate("\(item.occurrence) is due, nothing keeps it back, and it is not on the screen")
      case .shown(let notification) where notification.server == server:
        let isThere =
          screen[notification.number]?.items.contains { $0.occurrence == item.occurrence } ?? false
        if !isThere { violate("\(item.occurrence) is not on the screen, and the journal says so") }
      case .snoozed(let until) where until <= now:
        violate("\(item.occurrence) was put off until \(until.formatted(in: zone)), and did not come")
      case .due, .shown, .snoozed: break
      case .closed:
        if !putAway.contains(item.occurrence) {
          violate("\(item.occurrence) left the screen, and nobody put it away")
        }
      }
    }
    checkQuestion()
    checkInherited()
    if steps % 16 == 0 { checkComing() }
  }

  /// Nothing is left on the screen of a former daemon: it is gone, or has become something that is open.
  private mutating func checkInherited() {
    guard refused.isEmpty else { return }
    let open = journal.open.compactMap {
      if case .shown(let notification) = $0.phase { notification.number } else { nil }
    }
    let leads = journal.tracked.values.compactMap { $0.lead?.notification?.number }
    for number in inherited.subtracting(open).subtracting(leads) where screen[number] != nil {
      violate("the notification \(number) of an earlier daemon is still there")
    }
    inherited = []
  }

  /// Where a timeout asks or offers, that is on the screen.
  private mutating func checkQuestion() {
    guard let timeout = journal.timeout else { return }
    let kind: Reminder.Kind
    switch timeout.stage {
    case .asking where !circumstances.contains(.locked): kind = .comeBack
    case .offering where !holdsAll: kind = .repair
    case .asking, .offering, .resting, .asked: return
    }
    if !screen.values.contains(where: { $0.kind == kind }) { violate("\(kind) is not on the screen") }
  }

  private var holdsAll: Bool {
    if let pause = journal.orders[.pause(nil)], pause.until.map({ now < $0 }) ?? true { return true }
    return rules.quiet.end(at: now, in: zone) != nil || !rules.quiet.when.isDisjoint(with: circumstances)
  }

  /// The latest occurrence of each schedule is in the history, by name.
  private mutating func checkComing() {
    for ritual in rituals where configured.contains(ritual.id) {
      let zone = ritual.zone ?? zone
      guard let began = began[ritual.id], let since = [began, disturbed].compactMap(\.self).max(),
        let last = ritual.schedule.previous(before: now.advanced(byMicroseconds: 1), in: zone), last > since
      else { continue }
      let occurrence = Occurrence(ritual: ritual.id, scheduled: last)
      if !record.knows(occurrence) { violate("\(occurrence) came, and nobody wrote it down") }
    }
  }

  /// The notifications that the user may count on once time has passed from one instant to the next.
  struct Expectations {
    var nudges: [Occurrence] = []
    var leads: [Occurrence] = []
  }

  /// The nudges and leads that fall between an instant and now, and are to be seen for that.
  func expectations(since before: Instant) -> Expectations {
    var expected = Expectations()
    guard !isWild, isCalm, refused.isEmpty else { return expected }
    for item in journal.open {
      guard let ritual = ritual(item.occurrence.ritual), configured.contains(ritual.id) else { continue }
      if isNudged(item, ritual.nudge, since: before) { expected.nudges.append(item.occurrence) }
    }
    for ritual in rituals where configured.contains(ritual.id) {
      guard let lead = ritual.lead, let began = began[ritual.id],
        let next = ritual.schedule.next(after: now, in: ritual.zone ?? zone)
      else { continue }
      let time = next.advanced(byMicroseconds: -lead.microseconds)
      let last = ritual.schedule.previous(before: next, in: ritual.zone ?? zone)
      guard before < time, time <= now, began < time, last.map({ $0 < time }) ?? true else { continue }
      expected.leads.append(Occurrence(ritual: ritual.id, scheduled: next))
    }
    return expected
  }

  private func isNudged(_ item: OpenOccurrence, _ nudge: Nudge, since before: Instant) -> Bool {
    guard item.wasSeen, item.nudges < nudge.times, let seen = record.settledSince(item.occurrence) else {
      return false
    }
    switch item.phase {
    case .shown(let notification): guard notification.server == server else { return false }
    case .closed: break
    case .due, .snoozed: return false
    }
    let (passed, rest) = item.due.microseconds(until: now).quotientAndRemainder(dividingBy: nudge.every)
    guard passed >= 1, passed <= Int64(nudge.times), rest <= MissedPolicy.leeway else { return false }
    let time = item.due.advanced(byMicroseconds: passed * nudge.every)
    // One that would have followed the reminder at once is left out.
    let sinceSeen = item.due.microseconds(until: seen)
    return before < time && sinceSeen <= (passed - 1) * nudge.every + nudge.every / 2
  }

  /// Time has passed; what was to be expected has come, or has a reason not to.
  mutating func check(_ expected: Expectations) {
    guard specimen != nil, violations.isEmpty else { return }
    for occurrence in expected.nudges {
      guard let ritual = ritual(occurrence.ritual), journal.open(occurrence) != nil, !isHeld(ritual),
        record.lastNudge(of: occurrence) != now
      else { continue }
      violate("\(occurrence) is unanswered, and no nudge came")
    }
    guard isCalm, refused.isEmpty else { return }
    for occurrence in expected.leads {
      guard let ritual = ritual(occurrence.ritual), !isHeld(ritual) else { continue }
      let isThere = screen.values.contains { $0.kind == .lead && $0.items.first?.occurrence == occurrence }
      if !isThere { violate("\(occurrence) was not told of early") }
    }
  }

  /// A ritual by its id; nil where there never was one.
  func ritual(_ id: RitualID) -> Ritual? { places[id].map { rituals[$0] } }
}

extension MissedPolicy {
  /// A minute, in microseconds: a reminder that is no later than that is on time.
  static let leeway: Int64 = 60_000_000

  /// The most that a reminder may be late and is still shown, in microseconds; nil for no limit.
  var longest: Int64? {
    switch self {
    case .never: Self.leeway
    case .within(let span): max(span.microseconds, Self.leeway)
    case .always: nil
    }
  }
}
