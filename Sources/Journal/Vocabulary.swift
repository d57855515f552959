import Rituals

/// The words that this version writes into the journal's columns and reads from them. The format rises with
/// every new one (docs/decisions/0015-words-of-a-later-version.md).
package enum Vocabulary {
  /// The format that has these words.
  package static var format: Int { Schema.migrations.count }

  /// The words of each column. Those of `entry.reason` depend on the happening, so each happening has its own
  /// list.
  package static let words: [String: [String]] = [
    "occurrence.phase": PhaseColumns.Word.allCases.map(\.rawValue),
    "occurrence.outcome": Outcome.allCases.map(\.rawValue),
    "entry.happening": Happening.Word.allCases.map(\.rawValue),
    "entry.answerer": Answerer.allCases.map(\.rawValue),
    "entry.reason of held": Hold.Reason.allCases.map(\.rawValue),
    "entry.reason of closed": Closing.allCases.map(\.rawValue),
    "entry.reason of missed": MissedReason.allCases.map(\.rawValue),
    "entry.reason of expired": Expiry.allCases.map(\.rawValue),
    "standing_order.subject": SubjectColumns.Word.allCases.map(\.rawValue),
    "timeout.stage": Timeout.Stage.allCases.map(\.rawValue),
    "daily_count.outcome": Outcome.allCases.map(\.rawValue),
    "note.kind": Note.Kind.allCases.map(\.rawValue),
  ]
}
