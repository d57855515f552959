/// Users' words as text of a language that has signs of its own, such as HTML: the words are shown as they
/// are, and command nothing.
///
/// Each language has a file here. All escapers go by Unicode scalars, because the readers of these languages
/// do. In Swift, `<` and a U+0338 behind it, or a U+0600 before it, are one `Character`, which is not equal
/// to `<`.
package enum Escaped {
  /// The text with something else in the place of some scalars. Nil keeps a scalar as it is.
  static func scalars(_ text: some StringProtocol, _ replacement: (Unicode.Scalar) -> String?) -> String {
    var written = ""
    for scalar in text.unicodeScalars {
      if let replacement = replacement(scalar) {
        written += replacement
      } else {
        written.unicodeScalars.append(scalar)
      }
    }
    return written
  }

  /// The lines of a text, without their ends (`Danger.lineEnd`). CR LF is one end. Never empty: an empty text
  /// is one empty line.
  package static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar.danger != .lineEnd {
        line.append(scalar)
      } else if !(previous == "\r" && scalar == "\n") {
        lines.append(String(line))
        line = .init()
      }
      previous = scalar
    }
    return lines + [String(line)]
  }

  /// U+FFFD REPLACEMENT CHARACTER.
  static let replacement = "\u{fffd}"
}
