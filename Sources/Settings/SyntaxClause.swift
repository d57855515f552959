import Escaping

extension TomlDocument.SyntaxError {
  /// The parser's reason as a clause, on one line and not longer than that.
  func clause(in source: SourceText) -> String {
    let line = String(decoding: source.line(place.line), as: UTF8.self)
    // The parser tells of the line break it met in a string; what the user did is to forget the quote.
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
