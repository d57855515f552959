extension Escaped {
  /// Words as one line of Markdown (CommonMark 0.31, "Backslash escapes"), also where they look like more.
  /// Blanks at the beginning are left out: four of them would make code of the line. What becomes of
  /// dangerous scalars is as in `terminal`.
  package static func markdown(_ line: String) -> String {
    let words = terminal(line).unicodeScalars.drop { $0 == " " }
    let number = words.prefix { "0"..."9" ~= $0 }
    let rest = words[number.endIndex...]
    // These begin a list or a line below a heading, and a number with a mark behind it a list.
    let beginnings: [Unicode.Scalar] = number.isEmpty ? ["-", "+", "="] : [".", ")"]
    let isBlock = rest.first.map(beginnings.contains) ?? false
    let escaped = scalars(Substring(rest)) { marks.contains($0) ? "\\" + String($0) : nil }
    return String(number) + (isBlock ? "\\" : "") + escaped
  }

  /// The marks that mean something anywhere in a line, in dialects of Markdown too.
  private static let marks = Set("\\`*_{}[]<>#!|~&".unicodeScalars)
}
