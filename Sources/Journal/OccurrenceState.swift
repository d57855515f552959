import CivilTime
import Rituals

/// The state of an occurrence: open, or ended.
enum OccurrenceState: Hashable {
  case open(Phase)
  case ended(Outcome)

  /// Its outcome; nil while it is open.
  var outcome: Outcome? {
    if case .ended(let outcome) = self { outcome } else { nil }
  }
}

/// The end of an occurrence. The raw values are the words in the file.
package enum Outcome: String, CaseIterable, Hashable, Sendable {
  case done, skipped, missed, expired
}

extension Happening {
  /// The state in which it leaves the occurrence; nil if it changes no state.
  var state: OccurrenceState? {
    switch self {
    case .due: .open(.due)
    case .shown(let notification): .open(.shown(notification))
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

  /// True if it can follow an end. A clock that runs ahead makes occurrences missed before their time. Once
  /// the clock is right, they become due at their real time, are missed again, or are skipped during a pause
  /// or a timeout.
  func canFollow(_ outcome: Outcome) -> Bool {
    switch self {
    case .due, .missed, .skipped: outcome == .missed
    case .shown, .undelivered, .held, .nudged, .closed, .snoozed, .done, .expired, .unknown: false
    }
  }
}

/// The columns of a phase.
struct PhaseColumns {
  var phase: String?
  var server: String?
  var number: Int64?
  var until: Int64?

  enum Word: String, CaseIterable {
    case due, shown, closed, snoozed
  }

  /// All nil for an occurrence that has ended.
  init(_ state: OccurrenceState) {
    guard case .open(let open) = state else { return }
    switch open {
    case .due: phase = Word.due.rawValue
    case .shown(let notification):
      phase = Word.shown.rawValue
      server = notification.server
      number = Int64(notification.number)
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

  /// The phase; nil if this version does not know the word, or a column that the word needs is NULL.
  var value: Phase? {
    switch phase.flatMap({ Word(rawValue: $0) }) {
    case .due: .due
    case .shown: NotificationID(server, number).map { .shown($0) }
    case .closed: .closed
    case .snoozed: until.map { .snoozed(until: Instant(microseconds: $0)) }
    case nil: nil
    }
  }
}

extension NotificationID {
  init?(_ server: String?, _ number: Int64?) {
    guard let server, let number = number.flatMap({ UInt32(exactly: $0) }) else { return nil }
    self.init(server: server, number: number)
  }
}
