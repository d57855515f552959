import Escaping
import Testing

/// A language that words are written in, with a reader that is not made from the escaper: it knows the
/// language alone, and refuses text that it would take for a sign.
struct Language: Sendable, CustomTestStringConvertible {
  let name: String
  /// The signs that mean something in the language.
  let signs: String
  let escape: @Sendable (String) -> String
  /// The words that a reader of the language finds in it; nil where it finds a sign of the language.
  let read: @Sendable ([Unicode.Scalar]) -> [Unicode.Scalar]?
  /// The text that an escaper has to write for a dangerous scalar.
  let expected: @Sendable (Unicode.Scalar, Danger) -> String

  /// Dangerous scalars that stand in the written text.
  let keeps: Set<Unicode.Scalar>
  /// A sign that the language cannot hold; nil where it can hold all.
  let leavesOut: Unicode.Scalar?

  init(
    name: String, signs: String, escape: @escaping @Sendable (String) -> String,
    read: @escaping @Sendable ([Unicode.Scalar]) -> [Unicode.Scalar]?,
    expected: @escaping @Sendable (Unicode.Scalar, Danger) -> String, keeps: Set<Unicode.Scalar> = [],
    leavesOut: Unicode.Scalar? = nil
  ) {
    self.name = name
    self.signs = signs
    self.escape = escape
    self.read = read
    self.expected = expected
    self.keeps = keeps
    self.leavesOut = leavesOut
  }

  var testDescription: String { name }

  static let all = [
    Language(
      name: "terminal", signs: "\u{1b}", escape: Escaped.terminal, read: { $0 }, expected: shown),
    Language(
      name: "words not understood", signs: "\u{1b}", escape: Escaped.exact, read: { $0 },
      expected: { $1 == .lineEnd || $0 == "\t" ? " " : "\u{fffd}" }),
    Language(
      name: "markup", signs: "<>&", escape: Escaped.markup,
      read: { entities($0, ["&amp;": "&", "&lt;": "<", "&gt;": ">"]) }, expected: element, keeps: ["\n"]),
    Language(
      name: "HTML", signs: "<>&\"'", escape: Escaped.html,
      read: {
        entities($0, ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"])
      }, expected: element, keeps: ["\n"]),
    Language(
      name: "Markdown", signs: "\\`*_{}[]<>#!|~&", escape: Escaped.markdown,
      read: { backslashes($0, "\\`*_{}[]<>#!|~&") }, expected: shown),
    Language(
      name: "log", signs: "\n", escape: Escaped.log, read: { $0 },
      expected: { scalar, _ in "\\u{\(String(scalar.value, radix: 16))}" }),
    Language(
      name: "iCalendar", signs: "\\;,", escape: Escaped.calendarText, read: { backslashes($0, "\\;,n") },
      expected: { $1 == .lineEnd ? "\n" : $0 == "\t" ? "\t" : "" }, keeps: ["\t"]),
    Language(
      name: "iCalendar's parameters", signs: "\"", escape: { Escaped.calendarParameter($0 + ":") },
      read: { text in
        guard text.first == "\"", text.last == "\"", text.count(where: { $0 == "\"" }) == 2 else {
          return nil
        }
        return Array(text.dropFirst().dropLast(2))
      }, expected: { _, _ in "" }, leavesOut: "\""),
    Language(
      name: "TOML", signs: "\"\\", escape: Escaped.tomlString,
      read: { text in
        guard text.count > 1, text.first == "\"", text.last == "\"" else { return nil }
        return numbers(text.dropFirst().dropLast(), isJSON: false)
      }, expected: { scalar, _ in String(scalar) }),
    Language(
      // Another dangerous scalar makes sure that it is of the kind with escapes.
      name: "shell", signs: "'\\", escape: { Escaped.shellWord($0 + "\u{7}") },
      read: { text in
        guard text.starts(with: "$'".unicodeScalars), text.last == "'" else { return nil }
        return octal(text.dropFirst(2).dropLast(5))
      }, expected: { scalar, _ in String(scalar) }),
    Language(
      // The text of a string, as any encoder makes it.
      name: "JSON", signs: "\"\\",
      escape: { text in
        var encoded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
          if scalar == "\"" || scalar == "\\" { encoded.append("\\") }
          encoded.append(scalar)
        }
        return Escaped.json(String(encoded))
      }, read: { numbers($0[...], isJSON: true) },
      expected: { scalar, _ in String(scalar) }),
  ]

  private static let shown: @Sendable (Unicode.Scalar, Danger) -> String = {
    $1 == .invisible ? "" : $1 == .lineEnd || $0 == "\t" ? " " : "\u{fffd}"
  }
  private static let element: @Sendable (Unicode.Scalar, Danger) -> String = {
    $1 == .invisible ? "" : $1 == .lineEnd ? "\n" : $0 == "\t" ? " " : "\u{fffd}"
  }

  // MARK: Readers

  private static func entities(
    _ text: [Unicode.Scalar], _ names: [String: Unicode.Scalar]
  ) -> [Unicode.Scalar]? {
    let signs = Set(names.values)
    var read: [Unicode.Scalar] = []
    var index = 0
    while index < text.count {
      if text[index] == "&" {
        guard let end = text[index...].prefix(6).firstIndex(of: ";") else { return nil }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: text[index...end])
        guard let sign = names[String(name)] else { return nil }
        read.append(sign)
        index = end
      } else if signs.contains(text[index]) {
        return nil
      } else {
        read.append(text[index])
      }
      index += 1
    }
    return read
  }

  private static func backslashes(_ text: [Unicode.Scalar], _ signs: String) -> [Unicode.Scalar]? {
    let signs = Set(signs.unicodeScalars)
    var read: [Unicode.Scalar] = []
    var isEscaped = false
    for scalar in text {
      if isEscaped {
        guard signs.contains(scalar) else { return nil }
        read.append(scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if signs.contains(scalar), scalar != "n" {
        return nil
      } else {
        read.append(scalar)
      }
    }
    return isEscaped ? nil : read
  }

  /// The escapes of TOML, or those of JSON that are numbers; JSON's pairs of surrogates are one scalar.
  private static func numbers(_ text: ArraySlice<Unicode.Scalar>, isJSON: Bool) -> [Unicode.Scalar]? {
    let short: [Unicode.Scalar: Unicode.Scalar] =
      isJSON ? ["\"": "\"", "\\": "\\"] : ["n": "\n", "r": "\r", "t": "\t", "\"": "\"", "\\": "\\"]
    var read: [Unicode.Scalar] = []
    var high: UInt32?
    var rest = text
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        guard scalar != "\"", high == nil else { return nil }
        read.append(scalar)
        continue
      }
      guard let kind = rest.popFirst() else { return nil }
      if let sign = short[kind] {
        read.append(sign)
        continue
      }
      guard kind == "u" || kind == "U" && !isJSON else { return nil }
      let count = kind == "u" ? 4 : 8
      guard var value = UInt32(rest.prefix(count).map { String($0) }.joined(), radix: 16) else { return nil }
      rest = rest.dropFirst(count)
      if isJSON, 0xd800..<0xdc00 ~= value {
        high = value
        continue
      }
      if let first = high { value = 0x10000 + (first - 0xd800) << 10 + (value & 0x3ff) }
      high = nil
      guard let scalar = Unicode.Scalar(value) else { return nil }
      read.append(scalar)
    }
    return high == nil ? read : nil
  }

  /// The words in `$'…'` of bash.
  private static func octal(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
    var bytes: [UInt8] = []
    var rest = text
    while let scalar = rest.popFirst() {
      guard scalar != "'" else { return nil }
      guard scalar == "\\" else {
        bytes += UTF8.encode(scalar).map { Array($0) } ?? []
        continue
      }
      if let sign = rest.first, sign == "'" || sign == "\\" {
        bytes.append(UInt8(truncatingIfNeeded: sign.value))
        rest.removeFirst()
      } else {
        guard let byte = UInt8(rest.prefix(3).map { String($0) }.joined(), radix: 8) else { return nil }
        bytes.append(byte)
        rest = rest.dropFirst(3)
      }
    }
    return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  }
}
