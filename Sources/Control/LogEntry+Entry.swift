package import CivilTime
package import Rituals

extension LogEntry {
  /// An entry as the wire tells it, with times in the user's zone.
  package init(_ entry: Entry, in zone: Zone) {
    self.init(
      at: Moment(entry.at, in: zone), ritual: entry.occurrence.ritual.text, title: entry.title,
      scheduled: Moment(entry.occurrence.scheduled, in: zone), what: entry.happening.word)
    switch entry.happening {
    case .due, .shown: break
    case .undelivered(let reason): self.reason = reason
    case .held(let why): reason = why.rawValue
    case .nudged(let count): self.count = count
    case .closed(let closing): reason = closing.rawValue
    case .snoozed(let until, let answerer): (by, self.until) = (answerer.rawValue, Moment(until, in: zone))
    case .done(let answerer): by = answerer.rawValue
    case .skipped(let answerer, let count): (by, self.count) = (answerer.rawValue, count)
    case .missed(let reason, let count): (self.reason, self.count) = (reason.rawValue, count)
    case .expired(let expiry): reason = expiry.rawValue
    case .unknown(let words):
      (by, reason, count) = (words.answerer, words.reason, words.count)
      until = words.until.map { Moment($0, in: zone) }
      if Happening.Word(rawValue: words.happening) == nil { (what, word) = (unknownWord, words.happening) }
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
