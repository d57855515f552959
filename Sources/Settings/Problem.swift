/// One mistake in a configuration file: its place, what was found and what is accepted.
///
/// `sourceLine` is the user's own text and may be private: it goes to the user, never into a log.
package struct Problem: Sendable, Hashable {
  /// The consequence of a mistake.
  package enum Severity: String, Sendable, Hashable {
    /// The value, the ritual or the file is left out.
    case error
    /// Something is ignored, and its table is valid without it.
    case warning
  }

  /// The sort of mistake, for code that has to know it.
  package enum Kind: Sendable, Hashable {
    /// A key or a table that this version does not know: a later version's, or a misspelt one. `meant` is the
    /// path of the known one that was probably meant, such as `ritual.bedtime.title`.
    case unknownKey(meant: String?)
    case other
  }

  package let severity: Severity
  package let kind: Kind
  package let file: String
  /// From 1; 0 for a mistake of the whole file.
  package let line: Int
  /// In Unicode scalars, from 1; 0 for a mistake of the whole file.
  package let column: Int
  /// The path of the key, such as `ritual.bedtime.title`; empty if it is about no key.
  package let key: String
  /// The mistake, a clause without a full stop.
  package let what: String
  /// The accepted values, if a clause can name them; else empty.
  package let accepted: String
  /// A key or value that was probably meant.
  package let suggestion: String?
  /// The line without its end, cut around the place if it is long, with control characters replaced. Empty
  /// for a mistake of the whole file, and for a line that is too long to read.
  package let sourceLine: String
  /// The number of scalars of `sourceLine` before the place.
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
    // A tab stays a tab, so that the caret is below its place for any width of tabs.
    let padding = String(sourceLine.unicodeScalars.prefix(caret).map { $0 == "\t" ? "\t" : " " })
    return text + "\n  \(sourceLine)\n  \(padding)^"
  }

  /// The mistake, what is accepted and what was probably meant, without the place.
  package var sentence: String {
    var text = what
    if !accepted.isEmpty { text += "; accepted: \(accepted)" }
    if let suggestion { text += "; did you mean \(quoted(suggestion))?" }
    return text
  }
}

extension Problem {
  /// True for a key or a table that this version does not know.
  package var isUnknownKey: Bool {
    if case .unknownKey = kind { true } else { false }
  }

  /// The path of the known key that was probably meant.
  var meant: String? {
    if case .unknownKey(let meant) = kind { meant } else { nil }
  }

  /// The same problem as an error: in a new text, an unknown key is refused instead of ignored.
  var refused: Problem {
    Problem(
      severity: .error, kind: kind, file: file, line: line, column: column, key: key,
      what: what.hasSuffix(Self.ignored) ? String(what.dropLast(Self.ignored.count)) : what,
      accepted: accepted, suggestion: suggestion, sourceLine: sourceLine, caret: caret)
  }

  /// The end of a warning of an unknown key.
  static let ignored = ", ignored"
}
