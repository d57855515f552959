package import CivilTime

/// A step in the life of an occurrence. Each occurrence ends as exactly one of done, skipped, missed and
/// expired.
package enum Happening: Hashable, Sendable {
  /// It became due, for the first time or after a snooze.
  case due
  /// A notification server shows it.
  case shown(NotificationID)
  /// No notification server accepted it; it stays due.
  case undelivered(reason: String)
  /// It is due, and held for now.
  case held(Hold.Reason)
  /// It was unanswered and is shown again: the first time, the second, …
  case nudged(Int)
  /// Its notification closed without an answer.
  case closed(Closing)
  case snoozed(until: Instant, by: Answerer)
  case done(by: Answerer)
  /// The user skipped it. `count` is 1, or more if one entry stands for a run of older occurrences that ends
  /// with this one.
  case skipped(by: Answerer, count: Int = 1)
  /// It was not shown in time. `count` as in `skipped`.
  case missed(MissedReason, count: Int)
  /// It was still unanswered when it became pointless.
  case expired(Expiry)
  /// Another version recorded it in words that this version does not all know. Only read from a journal,
  /// never written.
  case unknown(RecordedWords)

  /// The words of this version, in the journal and on the wire.
  package enum Word: String, CaseIterable, Hashable, Sendable {
    case due, shown, undelivered, held, nudged, closed, snoozed, done, skipped, missed, expired
  }

  /// The journal's word for it: a `Word`, or another version's word.
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

/// Another version's entry as the journal has it (docs/decisions/0015-words-of-a-later-version.md).
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
