import CivilTime

/// Folds, quotes and escapes in the bytes of content lines (RFC 5545 3.1).
package enum ContentText {
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")

  static func isName(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  static func capitals(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return bytes.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 } ? text.uppercased() : text
  }

  /// The colon that ends the name and the parameters: the first one outside of quotes. A quote that is never
  /// closed, which some programs write, does not extend over it.
  static func colon(in text: ArraySlice<UInt8>, from start: Int) -> Int? {
    guard start < text.endIndex, text[start] == UInt8(ascii: ":") || text[start] == UInt8(ascii: ";") else {
      return nil
    }
    let colon = UInt8(ascii: ":")
    var isQuoted = false
    for index in start..<text.endIndex {
      if text[index] == quote { isQuoted.toggle() }
      if text[index] == colon, !isQuoted { return index }
    }
    return isQuoted ? text[start...].firstIndex(of: colon) : nil
  }

  /// The end of a parameter: a semicolon outside of quotes, or the colon.
  static func end(of text: ArraySlice<UInt8>, from start: Int, to colon: Int) -> Int {
    var isQuoted = false
    for index in start..<colon {
      if text[index] == quote { isQuoted.toggle() }
      if text[index] == UInt8(ascii: ";"), !isQuoted { return index }
    }
    return colon
  }

  /// The line without its line break, LF or CR LF.
  static func withoutEnd(_ raw: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = raw.endIndex
    if end > raw.startIndex, raw[end - 1] == newline { end -= 1 }
    if end > raw.startIndex, raw[end - 1] == carriageReturn { end -= 1 }
    return raw[..<end]
  }

  static func unfolded(_ raw: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var index = raw.startIndex
    while index < raw.endIndex {
      if raw[index] == newline, index + 1 < raw.endIndex {
        if text.last == carriageReturn { text.removeLast() }
        // The blank of the fold is left out too.
        index += 2
        continue
      }
      text.append(raw[index])
      index += 1
    }
    return withoutEnd(text[...])
  }

  /// The text in lines of at most 75 bytes (RFC 5545 3.1), never cut within a character.
  static func folded(_ text: [UInt8], newline end: [UInt8]) -> [UInt8] {
    var lines: [UInt8] = []
    var rest = text[...]
    var width = 75
    while rest.count > width {
      var cut = rest.startIndex + width
      while cut > rest.startIndex + 1, rest[cut] & 0xc0 == 0x80 { cut -= 1 }
      lines += rest[..<cut] + end + [UInt8(ascii: " ")]
      rest = rest[cut...]
      // The blank of the fold counts.
      width = 74
    }
    return lines + rest + end
  }

  // MARK: Parameters

  static func unquoted(_ value: ArraySlice<UInt8>) -> String {
    if value.count >= 2, value.first == quote, let end = value.dropFirst().firstIndex(of: quote) {
      return String(decoding: value[(value.startIndex + 1)..<end], as: UTF8.self)
    }
    return String(decoding: value.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)
  }

  // MARK: Text

  /// A text value (RFC 5545 3.3.11) without its escapes.
  package static func unescaped(_ value: some StringProtocol) -> String {
    guard value.utf8.contains(UInt8(ascii: "\\")) else { return String(value) }
    var text = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in value.unicodeScalars {
      if isEscaped {
        text.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }

  /// The items of a list of texts, separated by commas that are not escaped.
  package static func list(_ value: String) -> [String] {
    var items: [String.UnicodeScalarView] = [.init()]
    var isEscaped = false
    for scalar in value.unicodeScalars {
      if scalar == ",", !isEscaped { items.append(.init()); continue }
      isEscaped = scalar == "\\" && !isEscaped
      items[items.count - 1].append(scalar)
    }
    return items.map { unescaped(String($0)) }
  }
}
