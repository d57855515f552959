import Escaping

/// A file's text, for showing the line of a mistake.
struct SourceText: Sendable {
  let path: String
  let bytes: [UInt8]
  /// In bytes. A longer line is not shown: reading it again for each of its mistakes would take minutes.
  private static let longestLine = 16_384
  /// The beginning of each line in `bytes`; the first one is after a byte order mark.
  private let starts: [Int]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    self.starts = starts
  }

  /// The bytes of a line, from 1, without its end; empty outside of the text.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= starts.count else { return [] }
    var end = number < starts.count ? starts[number] - 1 : bytes.count
    let start = min(starts[number - 1], end)
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[start..<max(start, end)]
  }

  /// The beginning of a line in bytes; after the last line, the end of the text.
  func start(ofLine number: Int) -> Int {
    number < 1 ? starts[0] : number <= starts.count ? starts[number - 1] : bytes.count
  }

  /// True if a table's place is a `[header]` or `[[header]]` in the text: a table made by dotted keys has the
  /// place of a key.
  func isHeader(at place: TomlPlace) -> Bool {
    let scalars = String(decoding: line(place.line), as: UTF8.self).unicodeScalars
    let before = scalars.prefix(max(0, place.column - 1))
    let rest = scalars.dropFirst(max(0, place.column - 1))
    return rest.first == "[" && before.allSatisfy { $0 == " " || $0 == "\t" }
  }

  /// The line of a place, cut around it if it is long, with dangerous scalars made visible, and the number of
  /// scalars before the place. Empty for a line that is far too long.
  func excerpt(at place: TomlPlace) -> Excerpt {
    let width = 100
    let line = line(place.line)
    guard line.count <= Self.longestLine else { return Excerpt(text: "", caret: 0) }
    let scalars = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
    let caret = min(max(place.column - 1, 0), scalars.count)
    let start = scalars.count > width ? max(0, min(caret - width / 2, scalars.count - width)) : 0
    let end = min(scalars.count, start + width)
    var shown = String.UnicodeScalarView()
    if start > 0 { shown.append("…") }
    for scalar in scalars[start..<end] {
      shown.append(scalar == "\t" || scalar.danger == nil ? scalar : "\u{FFFD}")
    }
    if end < scalars.count { shown.append("…") }
    return Excerpt(text: String(shown), caret: caret - start + (start > 0 ? 1 : 0))
  }

  /// The place of the first byte that is not UTF-8; nil if there is none.
  var firstInvalidPlace: TomlPlace? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var place = TomlPlace(line: 1, column: 1)
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes[starts[0]...].makeIterator()
    while case .valid(let scalar) = parser.parseScalar(from: &rest) {
      if scalar.first == UInt8(ascii: "\n") {
        place = TomlPlace(line: place.line + 1, column: 1)
      } else {
        place.column += 1
      }
    }
    return place
  }

  /// The place of a UTF-8 offset inside a string value: exact if the string is on one line, without escapes
  /// before the place, and the line is not far too long; else the beginning of the value.
  func place(of offset: Int, in value: String, of node: TomlNode) -> TomlPlace {
    let begin = node.region.begin
    let line = line(begin.line)
    guard line.count <= Self.longestLine else { return begin }
    let raw = Array(String(decoding: line, as: UTF8.self).unicodeScalars.dropFirst(begin.column - 1))
    guard let quote = raw.first, quote == "\"" || quote == "'",
      !(raw.count > 2 && raw[1] == quote && raw[2] == quote)
    else { return begin }
    let bytes = value.utf8.prefix(max(0, offset))
    guard let before = String(bytes) else { return begin }
    let written = Array(before.unicodeScalars)
    guard raw.dropFirst().starts(with: written) else { return begin }
    return TomlPlace(line: begin.line, column: begin.column + 1 + written.count)
  }
}

/// A user's word in quotes, for messages: short, on one line.
func quoted(_ word: String) -> String {
  let scalars = word.unicodeScalars
  let shown = Escaped.exact(String(scalars.prefix(40)))
  return "\"\(shown)\(scalars.count > 40 ? "…" : "")\""
}

/// A line for display, and the position of its caret. (A struct, because an optimized build with Swift 6.3.1
/// crashes on a tuple here.)
struct Excerpt {
  let text: String
  /// In scalars from the line's start.
  let caret: Int
}
