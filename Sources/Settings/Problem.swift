/// One mistake in a configuration file: where it is, what was found and what is accepted.
///
/// `sourceLine` is the user's own text and may be private: it is for the user's eyes and not for a log.
package struct Problem: Sendable, Hashable {
  /// How much it matters.
  package enum Severity: String, Sendable, Hashable {
    /// The value, the ritual or the file is left out.
    case error
    /// Something is ignored, and what it stands in is good without it.
    case warning
  }

  /// What sort of mistake it is, where a reader of the configuration has to know.
  package enum Kind: Sendable, Hashable {
    /// A key or a table that this version does not know: a later version's, or a misspelt one. `meant` is the
    /// path of the known one that was probably meant, such as `ritual.bedtime.title`.
    case unknownKey(meant: String?)
    case other
  }

  package let severity: Severity
  package let kind: Kind
  package let file: String
  /// Counted from 1; 0 where it is about the whole file.
  package let line: Int
  /// In Unicode scalars, counted from 1; 0 where it is about the whole file.
  package let column: Int
  /// The path of the key, such as `ritual.bedtime.title`; empty where no key is meant.
  package let key: String
  /// What is wrong, a clause without a full stop.
  package let what: String
  /// What is accepted instead, where that can be said in a clause; else empty.
  package let accepted: String
  /// A key or value that was probably meant.
  package let suggestion: String?
  /// The line without its end, cut around the place where it is long, control characters replaced; empty where it is
  /// about the whole file, or where the line is too long to be read.
  package let sourceLine: String
  /// How many scalars of `sourceLine` stand before the place.
  package let caret: Int

  /// `file:line:column: key: what; accepted: …`, then the line and a caret below the place.
  package var rendered: String {
    var text = file
    if line > 0 { text += ":\(line):\(column)" }
    text += ": "
    if severity == .warning { text += "warning: " }
    if !key.isEmpty { text += "\(key): " }
    text += sentence
    guard !sourceLine.isEmpty else { return text }
    // A tab stays a tab, so that the caret stands below its place whatever the width of tabs.
    let padding = String(sourceLine.unicodeScalars.prefix(caret).map { $0 == "\t" ? "\t" : " " })
    return text + "\n  \(sourceLine)\n  \(padding)^"
  }

  /// What is wrong, what is accepted and what was probably meant, without the place.
  package var sentence: String {
    var text = what
    if !accepted.isEmpty { text += "; accepted: \(accepted)" }
    if let suggestion { text += "; did you mean \(quoted(suggestion))?" }
    return text
  }
}

extension Problem {
  /// Whether it is about a key or a table that this version does not know.
  package var isUnknownKey: Bool {
    if case .unknownKey = kind { true } else { false }
  }

  /// The path of the known key that an unknown one was probably meant to be.
  var meant: String? {
    if case .unknownKey(let meant) = kind { meant } else { nil }
  }

  /// The same as an error: what a user is about to write is not ignored, it is refused.
  var refused: Problem {
    Problem(
      severity: .error, kind: kind, file: file, line: line, column: column, key: key,
      what: what.hasSuffix(Self.ignored) ? String(what.dropLast(Self.ignored.count)) : what,
      accepted: accepted, suggestion: suggestion, sourceLine: sourceLine, caret: caret)
  }

  /// What a warning of an unknown key ends with.
  static let ignored = ", so it is ignored"
}
