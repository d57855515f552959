import CivilTime
import Rituals

/// Where an occurrence stands: it is open, or has ended.
enum Standing: Hashable {
  case open(Phase)
  case ended(Outcome)

  /// How it ended; nil while it is open.
  var outcome: Outcome? {
    if case .ended(let outcome) = self { outcome } else { nil }
  }
}

/// How an occurrence ended; the raw values are what the file holds.
package enum Outcome: String, CaseIterable, Hashable, Sendable {
  case done, skipped, missed, expired
}

extension Happening {
  /// Where it leaves the occurrence; nil leaves it as it was.
  var standing: Standing? {
    switch self {
    case .due: .open(.due)
    case .shown(let display): .open(.shown(display))
    case .held: .open(.due)
    case .undelivered, .nudged, .unknown: nil
    case .closed: .open(.closed)
    case .snoozed(let until, _): .open(.snoozed(until: until))
    case .done: .ended(.done)
    case .skipped: .ended(.skipped)
    case .missed: .ended(.missed)
    case .expired: .ended(.expired)
    }
  }

  var isShown: Bool {
    if case .shown = self { true } else { false }
  }

  /// Whether it can follow an end. A clock that runs ahead marks as missed what has not come yet: when it is put
  /// right, that is due at its real time, missed again, or skipped where a pause or a timeout holds it.
  func canFollow(_ outcome: Outcome) -> Bool {
    switch self {
    case .due, .missed, .skipped: outcome == .missed
    case .shown, .undelivered, .held, .nudged, .closed, .snoozed, .done, .expired, .unknown: false
    }
  }
}

/// A phase as the file holds it.
struct PhaseColumns {
  var phase: String?
  var server: String?
  var number: Int64?
  var until: Int64?

  enum Word: String, CaseIterable {
    case due, shown, closed, snoozed
  }

  /// All nil for an occurrence that has ended.
  init(_ standing: Standing) {
    guard case .open(let open) = standing else { return }
    switch open {
    case .due: phase = Word.due.rawValue
    case .shown(let display):
      phase = Word.shown.rawValue
      server = display.server
      number = Int64(display.number)
    case .closed: phase = Word.closed.rawValue
    case .snoozed(let instant):
      phase = Word.snoozed.rawValue
      until = instant.microseconds
    }
  }

  init(_ row: Row, from column: Int32) {
    phase = row.text(column)
    server = row.text(column + 1)
    number = row.integer(column + 2)
    until = row.integer(column + 3)
  }

  /// Nil where the columns hold a word that this version does not know, or not all that the word needs.
  var value: Phase? {
    switch phase.flatMap({ Word(rawValue: $0) }) {
    case .due: .due
    case .shown: Display(server, number).map { .shown($0) }
    case .closed: .closed
    case .snoozed: until.map { .snoozed(until: Instant(microseconds: $0)) }
    case nil: nil
    }
  }
}

extension Display {
  init?(_ server: String?, _ number: Int64?) {
    guard let server, let number = number.flatMap({ UInt32(exactly: $0) }) else { return nil }
    self.init(server: server, number: number)
  }
}
