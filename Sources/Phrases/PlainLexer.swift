import CivilTime
import Schedules

/// The lexer of plain words.
struct PlainLexer {
  let bytes: [UInt8]
  var position = 0
  private(set) var tokens: [PlainToken] = []

  /// Dashes and blanks beyond ASCII become ASCII of the same length, so that places stay.
  init(_ text: String) {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xa0: bytes += Array("  ".utf8)
      // The narrow blank that no line breaks at, which many programs write before AM and PM.
      case 8239: bytes += Array("   ".utf8)
      case 0x2010...0x2015: bytes += Array(" - ".utf8)
      default: bytes += Array(String(scalar).utf8)
      }
    }
    self.bytes = bytes
  }

  mutating func allTokens() throws(ScheduleError) -> [PlainToken] {
    while true {
      skip { $0 <= 0x20 }
      guard position < bytes.count else { return tokens }
      if let token = try token() { append(token) }
    }
  }

  /// Adds a token; `twenty` and `five` become one number.
  private mutating func append(_ token: PlainToken) {
    guard let last = tokens.last, last.isWord, token.isWord,
      case .number(let tens) = last.kind, tens >= 20, tens.isMultiple(of: 10)
    else { return tokens.append(token) }
    let kind: PlainToken.Kind
    switch token.kind {
    case .number(let ones) where ones < 10: kind = .number(tens + ones)
    case .ordinal(let ones) where (1...9).contains(ones): kind = .ordinal(tens + ones)
    default: return tokens.append(token)
    }
    tokens[tokens.count - 1] = PlainToken(
      kind: kind, range: last.range.lowerBound..<token.range.upperBound, text: last.text + " " + token.text)
  }

  /// The next token; nil for a mark without a meaning.
  private mutating func token() throws(ScheduleError) -> PlainToken? {
    let start = position
    let byte = bytes[position]
    if byte.isDigit { return try numeral() }
    if Self.isLetter(byte) { return word() }
    position += 1
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "+"):
      return PlainToken(kind: .and, range: start..<position, text: text(from: start))
    case UInt8(ascii: "-"):
      // The hyphen of one word, as in half-past, but not that of mon-fri.
      if start > 0, Self.isLetter(bytes[start - 1]), let peek, Self.isLetter(peek) {
        guard case .weekday = tokens.last?.kind else { return nil }
      }
      return PlainToken(kind: .to, range: start..<position, text: "-")
    case UInt8(ascii: "."):
      // The full stop of an abbreviation, or of a sentence.
      if start > 0, Self.isLetter(bytes[start - 1]) || position == bytes.count { return nil }
      throw error(start, "\".\" is not understood here", "times as in 20:30, and dates as in 2026-12-24")
    default:
      throw error(start, "\"\(text(from: start))\" is not understood here", PlainWords.accepted)
    }
  }

  private mutating func word() -> PlainToken {
    let start = position
    skip(while: Self.isLetter)
    // The apostrophe of o'clock.
    if peek == UInt8(ascii: "'"), position + 1 < bytes.count, Self.isLetter(bytes[position + 1]) {
      position += 1
      skip(while: Self.isLetter)
    }
    var word = text(from: start)
    // p.m.
    if word == "a" || word == "p", position + 1 < bytes.count, peek == UInt8(ascii: "."),
      bytes[position + 1] | 0x20 == UInt8(ascii: "m"),
      position + 2 == bytes.count || !Self.isLetter(bytes[position + 2])
    {
      position += 2
      word += "m"
    }
    return PlainToken(kind: PlainToken.kind(of: word) ?? .unknown, range: start..<position, text: word)
  }

  // MARK: Bytes

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  func byte(after distance: Int) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  mutating func skip(while condition: (UInt8) -> Bool) {
    while position < bytes.count, condition(bytes[position]) { position += 1 }
  }

  func text(from start: Int) -> String {
    String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  func error(_ start: Int, _ reason: String, _ accepted: String) -> ScheduleError {
    ScheduleError(range: start..<position, reason: reason, accepted: accepted)
  }

  /// True if a byte belongs to a letter, beyond ASCII too, so that a word of another language is one token.
  static func isLetter(_ byte: UInt8) -> Bool { byte.isLetter || byte >= 0x80 }
}
