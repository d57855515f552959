import CivilTime
import Rituals

/// What the user orders until further notice.
extension Engine {
  mutating func obey(_ order: Order, _ step: inout Step) {
    orders[order.subject] = order
    step.record(.order(order))
    deadlines.set(.order(order.subject), to: order.until)
    switch order.subject {
    case .pause(let id):
      dismissLead(of: id.map { [$0] } ?? leads.keys.sorted(), &step)
      withdraw(id.map { [$0] } ?? inOrder(open.keys), &step)
    case .discretion: reconsiderDiscretion(&step)
    }
    review(&step)
  }

  mutating func revoke(_ subject: Order.Subject, _ step: inout Step) {
    guard orders.removeValue(forKey: subject) != nil else { return }
    step.record(.revoke(subject))
    deadlines.set(.order(subject), to: nil)
    review(&step)
    reconsiderDiscretion(&step)
  }

  /// Takes reminders off the screen, to be kept back; what was put away already stays so.
  mutating func withdraw(_ ids: [RitualID], _ step: inout Step) {
    for id in ids {
      guard let reminder = open[id], reminder.card != nil, reminder.phase != .closed else { continue }
      detach(id, &step)
      step.wait(id)
    }
  }

  /// The order by which the ritual is paused now: the one that lasts longest.
  func pause(of id: RitualID, at now: Instant) -> Order? {
    let all = [orders[.pause(nil)], orders[.pause(id)]].compactMap(\.self)
    let present = all.filter { $0.until.map { now < $0 } ?? true }
    if let endless = present.first(where: { $0.until == nil }) { return endless }
    return present.max { $0.until ?? now < $1.until ?? now }
  }

  /// Whether an occurrence that came at an instant came while its ritual was paused.
  func wasPaused(_ id: RitualID, at scheduled: Instant) -> Bool {
    orders[.pause(nil)]?.holds(at: scheduled) ?? false || orders[.pause(id)]?.holds(at: scheduled) ?? false
  }
}
