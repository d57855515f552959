extension Escaped {
  /// Text of an element in Pango's markup, which is also that of notifications. Ends of lines are line feeds,
  /// a tab is a space, invisible scalars are left out, and other dangerous scalars are U+FFFD: XML cannot
  /// hold most controls, not even as references.
  package static func markup(_ text: String) -> String { markup(text, quotes: false) }

  /// Text of an element or an attribute in HTML; what becomes of dangerous scalars is as in `markup`.
  package static func html(_ text: String) -> String { markup(text, quotes: true) }

  private static func markup(_ text: String, quotes: Bool) -> String {
    lines(text).map { line in
      scalars(line) { scalar in
        switch scalar {
        case "&": return "&amp;"
        case "<": return "&lt;"
        case ">": return "&gt;"
        case "\"" where quotes: return "&quot;"
        case "'" where quotes: return "&#39;"
        default:
          guard let danger = scalar.danger else { return nil }
          return danger == .invisible ? "" : scalar == "\t" ? " " : replacement
        }
      }
    }.joined(separator: "\n")
  }
}
