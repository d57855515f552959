package import CivilTime
package import Rituals

extension Reminder {
  /// An open occurrence and what holds it back, with the times in the user's time zone.
  package init(_ open: OpenOccurrence, hold: Hold? = nil, in zone: Zone) {
    self.init(
      ritual: open.occurrence.ritual.text, title: open.title,
      scheduled: Moment(open.occurrence.scheduled, in: zone), phase: .due)
    switch open.phase {
    case .due: phase = hold == nil ? .due : .held
    case .shown: phase = .shown
    case .closed: phase = .closed
    case .snoozed(let until): (phase, self.until) = (.snoozed, Moment(until, in: zone))
    }
    if let hold {
      reason = hold.reason.rawValue
      until = hold.until.map { Moment($0, in: zone) }
    }
  }
}
