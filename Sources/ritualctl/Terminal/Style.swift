/// The style of text for people.
struct Style {
  let isColored: Bool
  /// The width of the terminal; nil where standard output is none, and nothing is cut.
  let columns: Int?

  func bold(_ text: String) -> String { wrap(text, "[1m") }
  func dim(_ text: String) -> String { wrap(text, "[2m") }
  func good(_ text: String) -> String { wrap(text, "[32m") }
  func warning(_ text: String) -> String { wrap(text, "[33m") }

  /// The control sequences of an answer, without their ESC (ECMA-48, SGR).
  static let codes = ["[0m", "[1m", "[2m", "[32m", "[33m"]

  private func wrap(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty ? "\u{1b}\(code)\(text)\u{1b}[0m" : text
  }
}
