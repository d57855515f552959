import Rituals

/// Writes TOML.
enum TomlText {
  /// A ritual as a table with a header, keys in the order of the manual.
  static func table(of ritual: NewRitual) -> String {
    var lines = ["[ritual.\(ritual.id.text)]", "title = \(string(ritual.title))"]
    if let message = ritual.message { lines.append("message = \(string(message))") }
    lines += schedule(ritual.schedule)
    if let timezone = ritual.timezone { lines.append("timezone = \(string(timezone))") }
    if let urgency = ritual.urgency { lines.append("urgency = \(string(urgency.rawValue))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A rule with a local start is written as users write it, in two keys.
  private static func schedule(_ texts: [String]) -> [String] {
    let rule = texts.first?.split(separator: "\n").map(String.init) ?? []
    if texts.count == 1, rule.count == 2, rule[1].hasPrefix("RRULE:"), let start = dateTime(rule[0]) {
      return ["schedule = \(string(rule[1]))", "start = \(start)"]
    }
    let strings = texts.map(string)
    return ["schedule = " + (strings.count == 1 ? strings[0] : "[\(strings.joined(separator: ", "))]")]
  }

  /// `2026-11-27T19:30:00` for `DTSTART:20261127T193000`; nil for other lines.
  private static func dateTime(_ line: String) -> String? {
    let name = "DTSTART:"
    let digits = Array(line.utf8.dropFirst(name.utf8.count))
    guard line.hasPrefix(name), digits.count == 15, digits[8] == UInt8(ascii: "T") else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    let date = [part(0..<4), part(4..<6), part(6..<8)].joined(separator: "-")
    return date + "T" + [part(9..<11), part(11..<13), part(13..<15)].joined(separator: ":")
  }

  /// A basic string (TOML 1.0, "String"): quotes, backslashes and control characters escaped, all else as it is.
  static func string(_ text: String) -> String {
    var written = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": written += "\\\""
      case "\\": written += "\\\\"
      case "\n": written += "\\n"
      case "\r": written += "\\r"
      case "\t": written += "\\t"
      case _ where scalar.obeysTerminals: written += escape(scalar)
      default: written.unicodeScalars.append(scalar)
      }
    }
    return written + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
