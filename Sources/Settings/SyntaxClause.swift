import Escaping

extension ParsedToml.SyntaxError {
  /// The parser's reason as a clause on one line, up to a length.
  func clause(in source: SourceText) -> String {
    let line = String(decoding: source.line(place.line), as: UTF8.self)
    // The parser reports the line break in a string; the user's mistake is the missing quote.
    if reason.contains("control characters"), place.column > line.unicodeScalars.count {
      return "a string is not closed on its line"
    }
    var text = reason
    for (words, better) in [("Error while ", "while "), (" (TOML_MAX_NESTED_VALUES)", "")] {
      guard let range = text.firstRange(of: words) else { continue }
      text.replaceSubrange(range, with: better)
    }
    return Escaped.exact(String(text.unicodeScalars.prefix(200)))
  }
}
