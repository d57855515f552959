/// One mistake in a configuration file: where it is, what was found and what is accepted.
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
  /// The text of the line, without its end; empty where it is about the whole file.
  package let sourceLine: String

  /// `file:line:column: key: what; accepted: …`, then the line and a caret below the place.
  package var rendered: String {
    var text = file
    if line > 0 { text += ":\(line):\(column)" }
    text += ": "
    if severity == .warning { text += "warning: " }
    if !key.isEmpty { text += "\(key): " }
    text += sentence
    if line > 0, !sourceLine.isEmpty { text += "\n" + excerpt }
    return text
  }

  /// What is wrong, what is accepted and what was probably meant, without the place.
  package var sentence: String {
    var text = what
    if !accepted.isEmpty { text += "; accepted: \(accepted)" }
    if let suggestion { text += "; did you mean \"\(suggestion)\"?" }
    return text
  }

  /// The line and the caret: a long line is cut around the place, and what a terminal would obey is made visible.
  private var excerpt: String {
    let scalars = Array(sourceLine.unicodeScalars)
    let width = 100
    let caret = min(max(column - 1, 0), scalars.count)
    let start = scalars.count > width ? max(0, min(caret - width / 2, scalars.count - width)) : 0
    let end = min(scalars.count, start + width)
    let lead = start > 0 ? "…" : ""
    let tail = end < scalars.count ? "…" : ""
    var shown = String.UnicodeScalarView()
    var padding = String(repeating: " ", count: lead.count)
    for (index, scalar) in scalars[start..<end].enumerated() {
      let harmless = scalar == "\t" || !scalar.obeysTerminals
      shown.append(harmless ? scalar : "\u{FFFD}")
      // A tab stays a tab, so that the caret stands below its place whatever the width of tabs.
      if start + index < caret { padding += scalar == "\t" ? "\t" : " " }
    }
    return "  \(lead)\(String(shown))\(tail)\n  \(padding)^"
  }
}

extension Unicode.Scalar {
  /// Whether a terminal or a notification would do something with this scalar instead of drawing it: control
  /// characters, line and paragraph separators.
  var obeysTerminals: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
