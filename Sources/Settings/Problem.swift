/// One mistake in a configuration file: where it is, what was found and what is accepted.
///
/// `sourceLine` is the user's own text and may be private: it is for the user's eyes and not for a log.
package struct Problem: Sendable, Hashable {
  /// How much it matters.
  package enum Severity: String, Sendable, Hashable {
    /// The value, the ritual or the file is left out.
    case error
    /// Understood and ignored.
    case warning
  }

  package let severity: Severity
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
