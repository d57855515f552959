import Testing

/// A text that is expensive to read, and the number of its problems.
struct Bomb: Sendable, CustomTestStringConvertible {
  /// The text's name in the test's log.
  let why: String
  let text: String
  let problems: Int

  var testDescription: String { why }

  init(_ why: String, _ text: String, problems: Int = 1) {
    self.why = why
    self.text = text
    self.problems = problems
  }

  /// Texts that are no TOML.
  static let malformed: [Bomb] = [
    Bomb("a mebibyte of brackets", String(repeating: "[", count: 1 << 20)),
    Bomb("arrays in arrays", "a = " + String(repeating: "[", count: 1 << 19)),
    Bomb("a key of many parts", String(repeating: "a.", count: 1 << 19) + "a = 1"),
    Bomb("a header of many parts", "[" + String(repeating: "a.", count: 1 << 18) + "a]\n!"),
    Bomb("tables in tables", "a = " + String(repeating: "{a=", count: 1 << 18)),
    Bomb("backslashes", "a = \"" + String(repeating: "\\", count: 1 << 19)),
    Bomb("quotes", String(repeating: "'", count: 1 << 19)),
    Bomb("a NUL after many lines", String(repeating: "\n", count: 1 << 19) + "\0"),
  ]

  /// Valid TOML of nearly a mebibyte, which took minutes while the work grew with the square of its size.
  static let repetitive: [Bomb] = [
    ritual("bad schedules on one line", "schedule=[" + String(repeating: "'x',", count: 250_000) + "]"),
    ritual("good schedules", "schedule=[" + String(repeating: "'8:05',", count: 140_000) + "]"),
    ritual(
      "snoozes, each another one",
      "schedule='08:05'\nsnooze=[" + (1...110_000).map { "'\($0)s'," }.joined() + "]"),
    ritual(
      "unknown keys on one line",
      "schedule='08:05'\nx={" + (0..<100_000).map { "k\($0)=1," }.joined() + "k=1}"),
    Bomb(
      "rituals on one line",
      "ritual={" + (0..<30_000).map { "r\($0)={schedule='x'}," }.joined() + "z={}}", problems: 1001),
    Bomb(
      "rituals of a line each",
      "[ritual]\n" + (0..<30_000).map { "r\($0).schedule='x'\n" }.joined(), problems: 1001),
  ]

  private static func ritual(_ why: String, _ text: String) -> Bomb {
    Bomb(why, "[ritual.a]\ntitle='A'\n" + text)
  }
}
