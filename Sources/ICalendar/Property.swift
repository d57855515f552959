import Escaping

/// A content line (RFC 5545 3.1): its bytes in the file, and their meaning.
package struct Property: Hashable, Sendable {
  /// The bytes with folds and line break.
  package let raw: ArraySlice<UInt8>
  /// The number of its first line in the file; 0 for a new property.
  package let line: Int
  /// The name in capitals.
  package let name: String
  /// The line without folds and line break.
  private let text: ArraySlice<UInt8>
  /// The end of the name, and the colon that ends the parameters, as indices of `text`.
  private let nameEnd: Int
  private let colon: Int

  /// Parses a line with its folds and line break. Nil for a line without a name or a colon.
  init?(raw: ArraySlice<UInt8>, line: Int, isFolded: Bool) {
    let text = isFolded ? ContentText.unfolded(raw) : ContentText.withoutEnd(raw)
    var nameEnd = text.startIndex
    while nameEnd < text.endIndex, ContentText.isName(text[nameEnd]) { nameEnd += 1 }
    guard nameEnd > text.startIndex, let colon = ContentText.colon(in: text, from: nameEnd) else {
      return nil
    }
    self.raw = raw
    self.line = line
    self.text = text
    self.nameEnd = nameEnd
    self.colon = colon
    name = ContentText.capitals(text[..<nameEnd])
  }

  /// A new, folded line. `value` is escaped already.
  package init(
    _ name: String, _ parameters: [(name: String, value: String)] = [], value: String, newline: [UInt8]
  ) {
    var head = name
    for parameter in parameters { head += ";\(parameter.name)=\(Escaped.calendarParameter(parameter.value))" }
    let text = Array((head + ":" + value).utf8)
    raw = ContentText.folded(text, newline: newline)[...]
    line = 0
    self.name = name
    self.text = text[...]
    nameEnd = name.utf8.count
    colon = head.utf8.count
  }

  /// The same property with another value.
  package func with(value: String, newline: [UInt8]) -> Property {
    let text = Array(text[...colon]) + Array(value.utf8)
    return Property(
      text: text, nameEnd: nameEnd - self.text.startIndex, colon: colon - self.text.startIndex, self, newline)
  }

  private init(text: [UInt8], nameEnd: Int, colon: Int, _ other: Property, _ newline: [UInt8]) {
    raw = ContentText.folded(text, newline: newline)[...]
    line = other.line
    name = other.name
    self.text = text[...]
    self.nameEnd = nameEnd
    self.colon = colon
  }

  /// The value after the colon, with its escapes.
  package var value: String { String(decoding: text[(colon + 1)...], as: UTF8.self) }

  /// The length of the line after unfolding, in bytes.
  var length: Int { text.count }

  /// The first value of a parameter without its quotes; names are case-insensitive (RFC 5545 3.2).
  package func parameter(_ wanted: String) -> String? {
    var start = nameEnd
    while start < colon {
      let end = ContentText.end(of: text, from: start + 1, to: colon)
      let piece = text[(start + 1)..<end]
      if let sign = piece.firstIndex(of: UInt8(ascii: "=")), ContentText.capitals(piece[..<sign]) == wanted {
        return ContentText.unquoted(piece[(sign + 1)...])
      }
      start = end
    }
    return nil
  }

  /// True if the line is valid UTF-8, and not longer than `Bounds.line`.
  var isReadable: Bool { length <= Bounds.line && String(validating: text, as: UTF8.self) != nil }

  package static func == (left: Property, right: Property) -> Bool { left.raw == right.raw }
  package func hash(into hasher: inout Hasher) { hasher.combine(raw) }
}
