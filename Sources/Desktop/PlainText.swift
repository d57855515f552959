/// Plain text made fit to be sent to a notification server: sd-bus refuses a message with a noncharacter of Unicode in it.
nonisolated enum PlainText {
  /// Everything on one line: a run of control characters and line ends becomes one space.
  static func line(_ text: String) -> String {
    collapse(text) { isControl($0) || isLineEnd($0) }
  }

  /// Keeps line ends, each as a line feed; a run of other control characters becomes one space.
  static func lines(_ text: String) -> String {
    var unified = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if !isLineEnd(scalar) {
        unified.append(scalar)
      } else if !(previous == "\r" && scalar == "\n") {
        unified.append("\n")
      }
      previous = scalar
    }
    return collapse(String(unified)) { isControl($0) && $0 != "\n" }
  }

  /// For a body that is read as markup: it then says what the text says.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func collapse(_ text: String, _ isUnfit: (Unicode.Scalar) -> Bool) -> String {
    var fit = String.UnicodeScalarView()
    var wasUnfit = false
    for scalar in text.unicodeScalars {
      let isUnfit = isUnfit(scalar)
      if !isUnfit {
        fit.append(isNoncharacter(scalar) ? "\u{FFFD}" : scalar)
      } else if !wasUnfit {
        fit.append(" ")
      }
      wasUnfit = isUnfit
    }
    return String(fit)
  }

  /// Those that no text is to have (The Unicode Standard 16.0, 23.7).
  private static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
    (0xFDD0...0xFDEF).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE
  }

  /// C0, DEL and C1.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  /// Line feed to carriage return, next line, and the separators of lines and paragraphs.
  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{0A}"..."\u{0D}", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }
}
