import CivilTime
import Control
import Engine
import Rituals
import Schedules
import SystemZones
import Varlink

/// Pauses, discretion, and reasons why a ritual is not shown.
extension ControlService {
  func addOrders() {
    handle(PauseRequest.self) { [unowned self] request, call in
      let until = try request.until.map { try end(of: $0, named: "until") }
      let subjects = try subjects(request.rituals)
      for subject in subjects {
        daemon.apply(.ordered(Order(subject, since: SystemClock.now, until: until)))
      }
      try call.reply(PauseReply(until: until.map(moment)))
    }
    handle(ResumeRequest.self) { [unowned self] request, call in
      let named = try subjects(request.rituals)
      let ended = daemon.engine.standingOrders.filter { order in
        guard case .pause = order.subject else { return false }
        return request.rituals.isEmpty || named.contains(order.subject)
      }
      for order in ended { daemon.apply(.revoked(order.subject)) }
      try call.reply(ResumeReply(orders: ended.map(info)))
    }
    handle(DiscreetRequest.self) { [unowned self] request, call in
      daemon.apply(
        request.on ? .ordered(Order(.discretion, since: SystemClock.now)) : .revoked(.discretion))
      try call.reply(NoParameters())
    }
    handle(WhyRequest.self) { [unowned self] request, call in
      let away = try whyAway(request.ritual)
      try call.reply(WhyReply(why: try away ?? why(try ritual(request.ritual))))
    }
  }

  /// The pauses of some rituals, each once; without rituals, the pause of all.
  private func subjects(_ rituals: [String]) throws -> [Order.Subject] {
    guard !rituals.isEmpty else { return [.pause(nil)] }
    var seen: Set<String> = []
    return try rituals.filter { seen.insert($0).inserted }.map { .pause(try ritual($0).id) }
  }

  func info(_ order: Order) -> Control.Order {
    let ritual: RitualID?
    let what: Control.Order.What
    switch order.subject {
    case .pause(let id): (what, ritual) = (.paused, id)
    case .discretion: (what, ritual) = (.discreet, nil)
    }
    return Control.Order(
      what: what, ritual: ritual?.text, since: moment(order.since), until: order.until.map(moment))
  }

  /// The state of each circumstance, as far as it is known.
  var session: [Control.Circumstance] {
    Circumstance.allCases.map { circumstance in
      switch daemon.session.knowledge(of: circumstance) {
      case .yes(let reason): Control.Circumstance(name: circumstance.rawValue, state: .yes, reason: reason)
      case .no: Control.Circumstance(name: circumstance.rawValue, state: .no)
      case .unknown(let reason):
        Control.Circumstance(name: circumstance.rawValue, state: .unknown, reason: reason)
      }
    }
  }

  func why(_ ritual: Ritual) throws -> Explanation {
    let now = SystemClock.now
    let open = daemon.engine.openOccurrences.first { $0.occurrence.ritual == ritual.id }
    let hold =
      open == nil
      ? daemon.engine.wouldHold(ritual.id, at: now) : daemon.engine.holdOnReminder(of: ritual.id, at: now)
    let entries = try history(since: nil, ritual: ritual.id, limit: 50)
    let last = entries.last?.scheduled
    return Explanation(
      ritual: ritual.id.text, title: ritual.title, enabled: ritual.isEnabled,
      next: daemon.engine.next(of: ritual.id).map(moment), holds: hold?.reason.rawValue,
      holdsUntil: hold?.until.map(moment), reminder: open.map(reminder),
      last: entries.filter { $0.scheduled == last })
  }
}
