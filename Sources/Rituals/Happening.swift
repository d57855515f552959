package import CivilTime

/// What can happen to an occurrence. Each ends in exactly one of done, skipped, missed and expired.
package enum Happening: Hashable, Sendable {
  /// Its time has come, or come again after a snooze.
  case due
  /// A notification server has it on the screen.
  case shown(Display)
  /// No notification server would take it; it stays due.
  case undelivered(reason: String)
  /// It is due, and kept back for now.
  case held(Hold.Reason)
  /// It is unanswered, and shown once more: the first time, the second, …
  case nudged(Int)
  /// It left the screen without an answer.
  case closed(Closing)
  case snoozed(until: Instant, by: Answerer)
  case done(by: Answerer)
  /// `count` is 1, or more where one entry stands for a run of older ones that ends with this occurrence.
  case skipped(by: Answerer, count: Int = 1)
  /// It was not shown in time. `count` as above.
  case missed(MissedReason, count: Int)
  /// It was still unanswered when it lost its meaning.
  case expired(Expiry)
  /// Another version recorded it, in words that this one does not all know. Only ever read from a journal.
  case unknown(RecordedWords)

  /// The words of this version, in the journal and on the wire.
  package enum Word: String, CaseIterable, Hashable, Sendable {
    case due, shown, undelivered, held, nudged, closed, snoozed, done, skipped, missed, expired
  }

  /// The journal's word for it: a `Word`, but for what another version recorded.
  package var word: String {
    switch self {
    case .due: Word.due.rawValue
    case .shown: Word.shown.rawValue
    case .undelivered: Word.undelivered.rawValue
    case .held: Word.held.rawValue
    case .nudged: Word.nudged.rawValue
    case .closed: Word.closed.rawValue
    case .snoozed: Word.snoozed.rawValue
    case .done: Word.done.rawValue
    case .skipped: Word.skipped.rawValue
    case .missed: Word.missed.rawValue
    case .expired: Word.expired.rawValue
    case .unknown(let words): words.happening
    }
  }
}

/// An entry of another version as it stands in the journal (docs/decisions/0015-words-of-a-later-version.md).
package struct RecordedWords: Hashable, Sendable {
  package let happening: String
  package let answerer: String?
  package let reason: String?
  package let until: Instant?
  /// At least 1.
  package let count: Int

  package init(
    _ happening: String, answerer: String? = nil, reason: String? = nil, until: Instant? = nil,
    count: Int = 1
  ) {
    self.happening = happening
    self.answerer = answerer
    self.reason = reason
    self.until = until
    self.count = max(count, 1)
  }
}
