import Escaping

/// A file's text, for showing the line that a mistake stands in.
struct SourceText: Sendable {
  let path: String
  let bytes: [UInt8]
  /// In bytes. Nobody reads a longer line, and to look through it once for each of its mistakes costs
  /// minutes.
  private static let longestLine = 16_384
  /// Where each line begins in `bytes`; the first one after a byte order mark.
  private let starts: [Int]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    self.starts = starts
  }

  /// Of a line that is counted from 1, the bytes without its end; empty outside the text.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= starts.count else { return [] }
    var end = number < starts.count ? starts[number] - 1 : bytes.count
    let start = min(starts[number - 1], end)
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[start..<max(start, end)]
  }

  /// Where a line begins, in bytes; after the last line, where the text ends.
  func start(ofLine number: Int) -> Int {
    number < 1 ? starts[0] : number <= starts.count ? starts[number - 1] : bytes.count
  }

  /// Whether a table's place is that of a `[header]` or `[[header]]`, by the text: a table that dotted keys
  /// made has the place of a key.
  func isHeader(at place: TomlPlace) -> Bool {
    let scalars = String(decoding: line(place.line), as: UTF8.self).unicodeScalars
    let before = scalars.prefix(max(0, place.column - 1))
    let rest = scalars.dropFirst(max(0, place.column - 1))
    return rest.first == "[" && before.allSatisfy { $0 == " " || $0 == "\t" }
  }

  /// The line of a place, cut around it where it is long, dangerous scalars made visible; and the number of
  /// scalars in it before the place. Nothing of a line that is far too long.
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

  /// Where the bytes stop being UTF-8; nil where all of them are.
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

  /// The place of a UTF-8 offset inside a string value: exact where the string is written on one line without
  /// escapes before the place, and the line is not far too long; else where the value begins.
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

/// A line as it is shown, and where in it the caret stands. (A struct, because an optimized build with Swift
/// 6.3.1 dies of a tuple here.)
struct Excerpt {
  let text: String
  /// In scalars from the line's start.
  let caret: Int
}
