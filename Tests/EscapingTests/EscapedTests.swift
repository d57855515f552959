import Escaping
import Glibc
import SimulationRig
import Testing

@Suite("Words in other languages")
struct EscapedTests {
  /// Escapes a text in which each of the scalars stands before and behind a sign, and reads it.
  private func check(_ language: Language, _ sign: Unicode.Scalar, beside scalars: [Unicode.Scalar]) {
    var text = String.UnicodeScalarView()
    var expected: [Unicode.Scalar] = []
    for scalar in scalars {
      for part in [scalar, sign, scalar, "x"] {
        text.append(part)
        if let danger = part.danger {
          expected += language.expected(part, danger).unicodeScalars
        } else if part != language.leavesOut {
          expected.append(part)
        }
      }
    }
    let written = Array(language.escape(String(text)).unicodeScalars)
    let dangerous = written.filter { $0.danger != nil && !language.keeps.contains($0) }
    #expect(dangerous.isEmpty, "\(language.name) lets through \(dangerous.prefix(10))")
    guard let read = language.read(written) else {
      Issue.record("\(language.name): \(sign) is a sign of the language")
      return
    }
    let place = zip(read, expected).enumerated().first { $0.element.0 != $0.element.1 }
    let around = place.map { expected[max(0, $0.offset - 3)...].prefix(7) } ?? []
    #expect(read.count == expected.count && place == nil, "\(language.name), beside \(sign): \(around)")
  }

  /// All scalars that are one Character with a sign behind or before them (Grapheme_Cluster_Break: Prepend,
  /// Extend, ZWJ, SpacingMark), by this Swift's Unicode.
  static let joining = DangerTests.all.filter { scalar in
    var text = String.UnicodeScalarView()
    text.append(contentsOf: [scalar, "<", scalar])
    return String(text).count < 3
  }

  /// Scalars by chance, or with `RITUAL_SCALARS=all` all of them, which takes minutes in a debug build.
  private static func others(_ seed: UInt64) -> [Unicode.Scalar] {
    if getenv("RITUAL_SCALARS").map({ String(cString: $0) }) == "all" { return DangerTests.all }
    var generator = SeededGenerator(seed: seed)
    return (0..<1000).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x10ffff, using: &generator)) }
  }

  @Test(
    "No sign of a language is left of words, whatever stands beside it and makes it another Character",
    arguments: Language.all)
  func signs(language: Language) {
    // Marks that strike out and that surround, signs of Arabic and of an Indian script, a joiner.
    let known: [Unicode.Scalar] = ["\u{338}", "\u{20e3}", "\u{600}", "\u{110bd}", "\u{200d}"]
    #expect(known.allSatisfy(Self.joining.contains))
    let table = DangerTests.all.filter { $0.danger != nil }
    let seed = UInt64.random(in: .min ... .max)
    print("\(language.name): seed \(seed)")
    for sign in language.signs.unicodeScalars {
      check(language, sign, beside: Self.joining + table + Self.others(seed))
    }
  }

  @Test("A word for a shell has no quote that ends it too early")
  func words() {
    #expect(Escaped.shellWord("/a b/it's $(x)`y`") == #"'/a b/it'\''s $(x)`y`'"#)
    #expect(Escaped.shellWord("a\u{1b}'\u{202e}8") == #"$'a\033\'\342\200\2568'"#)
  }

  @Test(
    "A line of Markdown begins no block",
    arguments: [
      ("- a", "\\- a"), ("+ a", "\\+ a"), ("===", "\\==="), ("---", "\\---"), ("12. a", "12\\. a"),
      ("1) a", "1\\) a"), ("    code", "code"), ("\u{200b}# a", "\\# a"), ("\u{feff}\t- a", "\\- a"),
      ("2026 was good. Yes - it was.", "2026 was good. Yes - it was."), ("1", "1"), ("", ""),
    ])
  func beginnings(line: String, expected: String) {
    #expect(Escaped.markdown(line) == expected)
  }

  @Test(
    "A status bar finds none of its commands",
    arguments: [
      ("%{A1:xterm:}x", "% {A1:xterm:}x"), ("#[fg=red]#{pid}#(id)", "# [fg=red]# {pid}# (id)"),
      ("%\u{200b}{A", "% {A"), ("5 % {#1} 100%", "5 % {#1} 100%"), ("%%{", "%% {"),
    ])
  func bars(text: String, expected: String) { #expect(Escaped.bar(text) == expected) }

  @Test(
    "Lines end at every end of a line, and CR LF is one",
    arguments: [
      ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\r\nb\rc\n\rd", ["a", "b", "c", "", "d"]),
      ("a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f", ["a", "b", "c", "d", "e", "f"]),
      ("\n\u{301}", ["", "\u{301}"]),
    ])
  func lines(text: String, expected: [String]) { #expect(Escaped.lines(text) == expected) }
}
