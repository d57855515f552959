import Escaping

/// Plain text made fit to be sent to a notification server: sd-bus refuses a message with a noncharacter of
/// Unicode in it.
nonisolated enum PlainText {
  /// Everything on one line: a run of control characters and line ends becomes one space. Invisible scalars,
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

  /// Keeps line ends, each as a line feed; what becomes of other scalars is as in `line`.
  static func lines(_ text: String) -> String { Escaped.lines(text).map(line).joined(separator: "\n") }
}
