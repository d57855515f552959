import CivilTime
import Rituals

/// A happening as the file holds it: its word, and what the word needs.
struct HappeningColumns {
  let happening: String
  var answerer: String?
  var reason: String?
  var server: String?
  var number: Int64?
  var until: Int64?
  var count: Int64?

  init(_ value: Happening) {
    switch value {
    case .due:
      happening = "due"
    case .shown(let display):
      happening = "shown"
      server = display.server
      number = Int64(display.number)
    case .undelivered(let why):
      happening = "undelivered"
      reason = why
    case .held(let why):
      happening = "held"
      reason = why.rawValue
    case .nudged(let times):
      happening = "nudged"
      count = Int64(times)
    case .closed(let closing):
      happening = "closed"
      reason = closing.rawValue
    case .snoozed(let instant, let by):
      happening = "snoozed"
      until = instant.microseconds
      answerer = by.rawValue
    case .done(let by):
      happening = "done"
      answerer = by.rawValue
    case .skipped(let by, let occurrences):
      happening = "skipped"
      answerer = by.rawValue
      if occurrences > 1 { count = Int64(occurrences) }
    case .missed(let why, let occurrences):
      happening = "missed"
      reason = why.rawValue
      count = Int64(occurrences)
    case .expired(let expiry):
      happening = "expired"
      reason = expiry.rawValue
    }
  }

  /// Nil where the row has no word.
  init?(_ row: Row, from column: Int32) {
    guard let word = row.text(column) else { return nil }
    happening = word
    answerer = row.text(column + 1)
    reason = row.text(column + 2)
    server = row.text(column + 3)
    number = row.integer(column + 4)
    until = row.integer(column + 5)
    count = row.integer(column + 6)
  }

  /// Nil where the columns do not make one.
  var value: Happening? {
    let by = answerer.flatMap { Answerer(rawValue: $0) }
    return switch happening {
    case "due": .due
    case "shown": Display(server, number).map { .shown($0) }
    case "undelivered": reason.map { .undelivered(reason: $0) }
    case "held": reason.flatMap { Hold.Reason(rawValue: $0) }.map { .held($0) }
    case "nudged": count.map { .nudged(Int($0)) }
    case "closed": reason.flatMap { Closing(rawValue: $0) }.map { .closed($0) }
    case "snoozed": by.flatMap { by in until.map { .snoozed(until: Instant(microseconds: $0), by: by) } }
    case "done": by.map { .done(by: $0) }
    case "skipped": by.map { .skipped(by: $0, count: Int(count ?? 1)) }
    case "missed": missed
    case "expired": reason.flatMap { Expiry(rawValue: $0) }.map { .expired($0) }
    default: nil
    }
  }

  private var missed: Happening? {
    guard let why = reason.flatMap({ MissedReason(rawValue: $0) }), let count else { return nil }
    return .missed(why, count: Int(count))
  }
}
