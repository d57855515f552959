import CivilTime
import Rituals

/// The columns of a happening: its word, and the values that the word needs.
struct HappeningColumns {
  let happening: String
  var answerer: String?
  var reason: String?
  var server: String?
  var number: Int64?
  var until: Int64?
  var count: Int64?

  init(_ value: Happening) {
    happening = value.word
    switch value {
    case .due: break
    case .shown(let notification):
      server = notification.server
      number = Int64(notification.number)
    case .undelivered(let why):
      reason = why
    case .held(let why):
      reason = why.rawValue
    case .nudged(let times):
      count = Int64(times)
    case .closed(let closing):
      reason = closing.rawValue
    case .snoozed(let instant, let by):
      until = instant.microseconds
      answerer = by.rawValue
    case .done(let by):
      answerer = by.rawValue
    case .skipped(let by, let occurrences):
      answerer = by.rawValue
      if occurrences > 1 { count = Int64(occurrences) }
    case .missed(let why, let occurrences):
      reason = why.rawValue
      count = Int64(occurrences)
    case .expired(let expiry):
      reason = expiry.rawValue
    case .unknown(let words):
      answerer = words.answerer
      reason = words.reason
      until = words.until?.microseconds
      if words.count > 1 { count = Int64(words.count) }
    }
  }

  /// Nil if the row has no word.
  init?(_ row: Row, from column: Int32) {
    guard let word = row.words(column) else { return nil }
    happening = word
    answerer = row.words(column + 1)
    reason = row.words(column + 2)
    server = row.text(column + 3)
    number = row.integer(column + 4)
    until = row.integer(column + 5)
    count = row.integer(column + 6)
  }

  /// The happening. A row of a later version keeps its words: one such row must not hide all others.
  var value: Happening {
    known
      ?? .unknown(
        RecordedWords(
          happening, answerer: answerer, reason: reason, until: instant, count: count.map { Int($0) } ?? 1))
  }

  /// Nil if this version does not know a word, or a value that the word needs is missing.
  private var known: Happening? {
    let by = answerer.flatMap { Answerer(rawValue: $0) }
    return switch Happening.Word(rawValue: happening) {
    case .due: .due
    case .shown: NotificationID(server, number).map { .shown($0) }
    case .undelivered: reason.map { .undelivered(reason: $0) }
    case .held: reason.flatMap { Hold.Reason(rawValue: $0) }.map { .held($0) }
    case .nudged: count.map { .nudged(Int($0)) }
    case .closed: reason.flatMap { Closing(rawValue: $0) }.map { .closed($0) }
    case .snoozed: by.flatMap { by in instant.map { .snoozed(until: $0, by: by) } }
    case .done: by.map { .done(by: $0) }
    case .skipped: by.map { .skipped(by: $0, count: Int(count ?? 1)) }
    case .missed: missed
    case .expired: reason.flatMap { Expiry(rawValue: $0) }.map { .expired($0) }
    case nil: nil
    }
  }

  private var instant: Instant? { until.map { Instant(microseconds: $0) } }

  private var missed: Happening? {
    guard let why = reason.flatMap({ MissedReason(rawValue: $0) }), let count else { return nil }
    return .missed(why, count: Int(count))
  }
}
