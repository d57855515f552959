import CLinux
import Escaping
import Glibc

/// Users' words on a terminal.
enum Plain {
  /// The text on one line, as `Escaped.terminal` writes it.
  static func text(_ text: String) -> String { isNarrow(text) ? text : Escaped.terminal(text) }

  /// Words that were not understood, on one line, as `Escaped.exact` writes them.
  static func exact(_ text: String) -> String { isNarrow(text) ? text : Escaped.exact(text) }

  /// The same as `text` for a text of several lines, which stay.
  static func lines(_ text: String) -> String {
    if text.utf8.allSatisfy({ 0x20..<0x7f ~= $0 || $0 == UInt8(ascii: "\n") }) { return text }
    return Escaped.lines(text).map(Plain.text).joined(separator: "\n")
  }

  /// An answer of several lines, with its colours where it is `colored`. The five sequences of `Style` stay,
  /// and no other sequence of a terminal does: a command that prints words of others as they are does no
  /// harm.
  static func answer(_ text: String, colored: Bool) -> String {
    let pieces = text.unicodeScalars.split(separator: "\u{1b}", omittingEmptySubsequences: false)
    return pieces.enumerated().map { index, piece in
      guard index > 0 else { return lines(String(piece)) }
      guard colored, let code = Style.codes.first(where: { piece.starts(with: $0.unicodeScalars) }) else {
        return lines("\u{1b}" + String(piece))
      }
      return "\u{1b}" + code + lines(String(piece.dropFirst(code.unicodeScalars.count)))
    }.joined()
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

  /// How many columns a terminal gives to a text (wcwidth(3)); a character with an emoji's variation takes
  /// two.
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

  /// Most words are of ASCII, Latin letters and signs such as `·`: they are one column each, and a terminal
  /// obeys none. They need no look at Unicode's tables, and no locale.
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
