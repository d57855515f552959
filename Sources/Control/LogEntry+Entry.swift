package import CivilTime
package import Rituals

extension LogEntry {
  /// An entry as the wire tells it, with times in the user's zone.
  package init(_ entry: Entry, in zone: Zone) {
    self.init(
      at: Moment(entry.at, in: zone), ritual: entry.occurrence.ritual.text, title: entry.title,
      scheduled: Moment(entry.occurrence.scheduled, in: zone), what: "")
    switch entry.happening {
    case .due: what = "due"
    case .shown: what = "shown"
    case .undelivered(let reason): (what, self.reason) = ("undelivered", reason)
    case .held(let why): (what, reason) = ("held", why.rawValue)
    case .nudged(let count): (what, self.count) = ("nudged", count)
    case .closed(let closing): (what, reason) = ("closed", closing.rawValue)
    case .snoozed(let until, let answerer):
      (what, by, self.until) = ("snoozed", answerer.rawValue, Moment(until, in: zone))
    case .done(let answerer): (what, by) = ("done", answerer.rawValue)
    case .skipped(let answerer, let count):
      (what, by, self.count) = ("skipped", answerer.rawValue, count)
    case .missed(let reason, let count): (what, self.reason, self.count) = ("missed", reason.rawValue, count)
    case .expired(let expiry): (what, reason) = ("expired", expiry.rawValue)
    }
  }
}

extension OpenReminder {
  /// An occurrence that has not ended, as the wire tells it, and why it is kept back, where it is.
  package init(_ open: OpenOccurrence, hold: Hold? = nil, in zone: Zone) {
    self.init(
      ritual: open.occurrence.ritual.text, title: open.title,
      scheduled: Moment(open.occurrence.scheduled, in: zone), phase: "", until: nil)
    switch open.phase {
    case .due: phase = hold == nil ? "due" : "held"
    case .shown: phase = "shown"
    case .closed: phase = "closed"
    case .snoozed(let until): (phase, self.until) = ("snoozed", Moment(until, in: zone))
    }
    if let hold {
      reason = hold.reason.rawValue
      until = hold.until.map { Moment($0, in: zone) }
    }
  }
}
