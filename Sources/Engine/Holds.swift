import CivilTime
import Rituals

/// Holds on reminders, and reasons to hide words: orders of the user, quiet hours, the state of the
/// session.
struct Holds: Sendable {
  private var rules = GlobalRules.standard
  /// The circumstances that are known to hold. An unknown one counts as "no".
  private var circumstances: Set<Circumstance> = []
  private var orders: [Order.Subject: Order] = [:]

  mutating func setRules(_ rules: GlobalRules) { self.rules = rules }

  /// Returns false where nothing is different.
  mutating func setCircumstances(_ circumstances: Set<Circumstance>) -> Bool {
    guard circumstances != self.circumstances else { return false }
    self.circumstances = circumstances
    return true
  }

  /// Takes up an order of a former run.
  mutating func restore(_ order: Order, _ step: inout Step) {
    orders[order.subject] = order
    step.deadlines.set(.order(order.subject), to: order.until)
  }

  mutating func setOrder(_ order: Order, _ step: inout Step) {
    restore(order, &step)
    step.record(.order(order))
  }

  /// Returns false where there is no such order.
  mutating func clearOrder(_ subject: Order.Subject, _ step: inout Step) -> Bool {
    guard orders.removeValue(forKey: subject) != nil else { return false }
    step.record(.revoke(subject))
    step.deadlines.set(.order(subject), to: nil)
    return true
  }

  /// The orders in force, oldest first.
  var standingOrders: [Order] { orders.values.sorted { $0.since < $1.since } }

  /// The order by which the ritual is paused at `now`: the one that lasts longest.
  func pause(of id: RitualID, at now: Instant) -> Order? {
    let all = [orders[.pause(nil)], orders[.pause(id)]].compactMap(\.self)
    let present = all.filter { $0.until.map { now < $0 } ?? true }
    if let endless = present.first(where: { $0.until == nil }) { return endless }
    return present.max { $0.until ?? now < $1.until ?? now }
  }

  /// True where an occurrence that came at an instant came while its ritual was paused.
  func wasPaused(_ id: RitualID, at scheduled: Instant) -> Bool {
    orders[.pause(nil)]?.holds(at: scheduled) ?? false || orders[.pause(id)]?.holds(at: scheduled) ?? false
  }

  /// The hold on everything that respects quiet times.
  func holdOnAll(at now: Instant, in zone: Zone) -> Hold? {
    if let pause = orders[.pause(nil)], pause.until.map({ now < $0 }) ?? true {
      return .paused(until: pause.until)
    }
    return quietHold(at: now, in: zone)
  }

  /// The hold by quiet hours or the session.
  func quietHold(at now: Instant, in zone: Zone) -> Hold? {
    quietHours(at: now, in: zone) ?? circumstanceHold
  }

  /// The hold by quiet hours alone: it is known ahead.
  func quietHours(at instant: Instant, in zone: Zone) -> Hold? {
    rules.quiet.end(at: instant, in: zone).map { .quietHours(until: $0) }
  }

  /// The hold by the session alone.
  var circumstanceHold: Hold? {
    Circumstance.allCases
      .first { rules.quiet.when.contains($0) && circumstances.contains($0) }
      .map { .circumstance($0) }
  }

  /// Behind a locked screen nobody sees a notification.
  var isLocked: Bool { circumstances.contains(.locked) }

  /// True where words have to be hidden: all of them, or those that are private, behind a locked screen.
  func hidesWords(isPrivate: Bool) -> Bool { hidesWords || isLocked && isPrivate }

  /// True where every notification has to show neutral words.
  var hidesWords: Bool {
    orders[.discretion] != nil || !rules.discreet.isDisjoint(with: circumstances)
  }
}
