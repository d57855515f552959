import CLinux
import Escaping
import Glibc

/// Text on a terminal: its dangerous scalars, its width in columns, and how it is cut and wrapped.
enum TerminalText {
  /// Users' words on one line, as `Escaped.terminal` writes them.
  static func line(_ text: String) -> String { isHarmless(text) ? text : Escaped.terminal(text) }

  /// Words that were not understood, on one line, as `Escaped.exact` writes them.
  static func exact(_ text: String) -> String { isHarmless(text) ? text : Escaped.exact(text) }

  /// The same as `line` for a text of several lines, which stay.
  static func lines(_ text: String) -> String {
    let isHarmless = text.unicodeScalars.allSatisfy { $0 == "\n" || $0.danger == nil }
    return isHarmless ? text : Escaped.lines(text).map(line).joined(separator: "\n")
  }

  /// Nearly all words are harmless: to look is much faster than to write them anew.
  private static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.danger == nil }
  }

  /// An answer of several lines, with its colours where it is `colored`. The sequences of `Style` stay, and
  /// no other sequence of a terminal does: a command that prints words of others as they are does no harm.
  static func answer(_ text: String, colored: Bool) -> String {
    guard text.utf8.contains(0x1b) else { return lines(text) }
    let pieces = text.unicodeScalars.split(separator: "\u{1b}", omittingEmptySubsequences: false)
    return pieces.enumerated().map { index, piece in
      guard index > 0 else { return lines(String(piece)) }
      guard colored, let code = Style.codes.first(where: { piece.starts(with: $0.unicodeScalars) }) else {
        return lines("\u{1b}" + String(piece))
      }
      return "\u{1b}" + code + lines(String(piece.dropFirst(code.unicodeScalars.count)))
    }.joined()
  }

  /// The beginning of a text that fits in so many columns, with `…` where something is left out.
  static func cut(_ text: String, to columns: Int) -> String {
    guard width(text) > columns else { return text }
    var kept = start(of: text, columns - 1)
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// The end of a text that fits in so many columns.
  static func tail(_ text: String, to columns: Int) -> String {
    String(start(of: String(text.reversed()), columns).reversed())
  }

  /// The words of a text in lines of at most so many columns. A longer word is broken.
  static func wrap(_ text: String, to columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      var word = String(word)
      if !line.isEmpty, width(line) + 1 + width(word) > columns {
        lines.append(line)
        line = ""
      }
      while width(word) > columns {
        let start = start(of: word, columns)
        guard !start.isEmpty else { break }
        lines.append(start)
        word.removeFirst(start.count)
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// Blanks for the columns that a text leaves free.
  static func blanks(after text: String, to columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - width(text)))
  }

  private static func start(of text: String, _ columns: Int) -> String {
    var room = columns
    return String(
      text.prefix { character in
        room -= width(String(character))
        return room >= 0
      })
  }

  /// The number of columns that a terminal gives to a text (wcwidth(3)). An emoji has two.
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

  /// Words of ASCII, Latin letters and signs such as `·` have one column for each scalar. They need no look
  /// at Unicode's tables, and no locale.
  private static func isNarrow(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      // U+00AD SOFT HYPHEN has no column, and U+0300 is the first scalar that stands above another.
      0x20..<0x7f ~= scalar.value || 0xa1..<0x300 ~= scalar.value && scalar.value != 0xad
    }
  }

  /// wcwidth knows Unicode in a UTF-8 locale alone; this one is always there.
  private static let locale = setlocale(LC_CTYPE, "C.UTF-8") != nil
}
