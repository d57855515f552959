import CivilTime

/// A piece of a text with its place in the text as it was written, before lines were unfolded (RFC 5545 3.1).
struct LocatedText {
  private let bytes: [UInt8]
  /// The offset of each byte in the text as it was written, and the text's end.
  private let places: [Int]
  private let range: Range<Int>

  /// Leaves out folds: line breaks with a blank after them.
  init(unfolding text: String) {
    let written = Array(text.utf8)
    var bytes: [UInt8] = []
    var places: [Int] = []
    var index = 0
    while index < written.count {
      let length = Self.fold(written, at: index)
      guard length == 0 else { index += length; continue }
      bytes.append(written[index])
      places.append(index)
      index += 1
    }
    self.init(bytes: bytes, places: places + [written.count], range: 0..<bytes.count)
  }

  private init(bytes: [UInt8], places: [Int], range: Range<Int>) {
    self.bytes = bytes
    self.places = places
    self.range = range
  }

  /// The length of the fold at an index; 0 if there is none.
  private static func fold(_ bytes: [UInt8], at index: Int) -> Int {
    let newline = bytes[index] == 13 ? 2 : 1
    guard index + newline < bytes.count, bytes[index + newline - 1] == 10 else { return 0 }
    return bytes[index + newline] == 32 || bytes[index + newline] == 9 ? newline + 1 : 0
  }

  var utf8: ArraySlice<UInt8> { bytes[range] }
  var text: String { String(decoding: utf8, as: UTF8.self) }
  /// The text in capitals: names and enumerated values are case-insensitive (RFC 5545 2).
  var uppercased: String { text.uppercased() }
  var isEmpty: Bool { range.isEmpty }

  /// The pieces between separators. A separator within double quotes does not count.
  func split(on separator: Unicode.Scalar) -> [LocatedText] {
    var pieces: [LocatedText] = []
    var start = range.lowerBound
    var isQuoted = false
    for index in range {
      if bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard bytes[index] == UInt8(ascii: separator), !isQuoted else { continue }
      pieces.append(piece(start..<index))
      start = index + 1
    }
    return pieces + [piece(start..<range.upperBound)]
  }

  /// The pieces before and after the first separator; nil if there is none outside of quotes.
  func cut(at separator: Unicode.Scalar) -> (head: LocatedText, tail: LocatedText)? {
    let pieces = split(on: separator)
    guard pieces.count > 1 else { return nil }
    let end = pieces[0].range.upperBound
    return (pieces[0], piece(end + 1..<range.upperBound))
  }

  /// The piece without the pair of double quotes around it.
  var unquoted: LocatedText {
    let quote = UInt8(ascii: "\"")
    guard range.count >= 2, utf8.first == quote, utf8.last == quote else { return self }
    return piece(range.lowerBound + 1..<range.upperBound - 1)
  }

  /// The piece without a carriage return at its end.
  var withoutReturn: LocatedText {
    utf8.last == 13 ? piece(range.lowerBound..<range.upperBound - 1) : self
  }

  private func piece(_ range: Range<Int>) -> LocatedText {
    LocatedText(bytes: bytes, places: places, range: range)
  }

  /// The number that the piece holds in one to nine digits, with or without a sign.
  var number: Int? { Digits.number(utf8, in: -999_999_999...999_999_999) }

  func error(_ reason: String, _ accepted: String) -> ScheduleError {
    ScheduleError(
      range: places[range.lowerBound]..<places[range.upperBound], reason: reason, accepted: accepted)
  }
}
