package import CivilTime
package import Rituals

extension Entry {
  /// An entry of the log, with its times in the user's time zone.
  package init(_ entry: Rituals.Entry, in zone: Zone) {
    self.init(
      at: Moment(entry.at, in: zone), ritual: entry.occurrence.ritual.text, title: entry.title,
      scheduled: Moment(entry.occurrence.scheduled, in: zone), what: What(rawValue: entry.happening.word),
      count: 1)
    switch entry.happening {
    case .due, .shown: break
    case .undelivered(let reason): self.reason = reason
    case .held(let hold): reason = hold.rawValue
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
      if Happening.Word(rawValue: words.happening) == nil { (what, word) = (.unknown, words.happening) }
    }
  }
}
