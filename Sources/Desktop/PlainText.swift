import Escaping

/// Plain text fit for a notification server: sd-bus refuses a message with a noncharacter of Unicode in it.
nonisolated enum PlainText {
  /// Joins all on one line: a run of control characters and line ends becomes one space. Invisible scalars,
  /// and those that change the direction of writing, are left out.
  static func line(_ text: String) -> String {
    var fit = String.UnicodeScalarView()
    var isInRun = false
    for scalar in text.unicodeScalars {
      let danger = scalar.danger
      switch danger {
      case nil: fit.append(scalar)
      case .control, .lineEnd: if !isInRun { fit.append(" ") }
      case .direction, .invisible: break
      case .noncharacter: fit.append("\u{FFFD}")
      }
      isInRun = danger == .control || danger == .lineEnd
    }
    return String(fit)
  }

  /// Keeps line ends, each as a line feed; changes other scalars as `line` does.
  static func lines(_ text: String) -> String { Escaped.lines(text).map(line).joined(separator: "\n") }
}
