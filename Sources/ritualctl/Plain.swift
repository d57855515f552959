import CLinux
import Glibc

/// Users' words on a terminal.
enum Plain {
  /// The text on one line, with what a terminal would obey made visible.
  static func text(_ text: String) -> String {
    if isNarrow(text) { return text }
    guard text.unicodeScalars.contains(where: \.obeysTerminals) else { return text }
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      plain.append(scalar == "\n" || scalar == "\t" ? " " : scalar.obeysTerminals ? "\u{fffd}" : scalar)
    }
    return String(plain)
  }

  /// The same for a text of several lines, which stay.
  static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { Plain.text(String($0)) }
      .joined(separator: "\n")
  }

  /// As much of a text as has room in so many columns, with `…` for what is left out.
  static func cut(_ text: String, to columns: Int) -> String {
    guard width(text) > columns else { return text }
    var kept = ""
    var room = columns - 1
    for character in text {
      room -= width(String(character))
      guard room >= 0 else { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// How many columns a terminal gives to a text (wcwidth(3)); a character with an emoji's variation takes two.
  static func width(_ text: String) -> Int {
    if isNarrow(text) { return text.unicodeScalars.count }
    _ = locale
    return text.reduce(0) { width, character in
      let widths = character.unicodeScalars.map { max(0, Int(ritual_column_width($0.value))) }
      // A flag is two letters that are one column each by themselves.
      let isEmoji = character.unicodeScalars.contains {
        $0 == "\u{fe0f}" || (0x1f1e6...0x1f1ff).contains($0.value)
      }
      return width + (isEmoji ? 2 : widths.max() ?? 0)
    }
  }

  /// Most words are of ASCII, Latin letters and signs such as `·`: they are one column each, and a terminal obeys none.
  /// They need no look at Unicode's tables, and no locale.
  private static func isNarrow(_ text: String) -> Bool {
    text.utf8.allSatisfy { 0x20..<0x7f ~= $0 }
      || text.unicodeScalars.allSatisfy { scalar in
        // U+00AD SOFT HYPHEN is none, U+0300 the first that stands above another.
        0x20..<0x7f ~= scalar.value || 0xa1..<0x300 ~= scalar.value && scalar.value != 0xad
      }
  }

  /// wcwidth knows Unicode in a UTF-8 locale alone; this one is always there.
  private static let locale = setlocale(LC_CTYPE, "C.UTF-8") != nil
}

extension Unicode.Scalar {
  /// Control characters, line and paragraph separators, and what turns the direction of writing.
  fileprivate var obeysTerminals: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    case .format: (0x202a...0x202e).contains(value) || (0x2066...0x2069).contains(value)
    default: false
    }
  }
}
