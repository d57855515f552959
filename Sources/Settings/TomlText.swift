import Rituals

/// Writes TOML.
enum TomlText {
  /// A ritual as a table with a header, keys in the order of the manual.
  static func table(of ritual: NewRitual) -> String {
    var lines = ["[ritual.\(ritual.id.text)]", "title = \(string(ritual.title))"]
    if let message = ritual.message { lines.append("message = \(string(message))") }
    let schedule = ritual.schedule.map(string)
    lines.append(
      "schedule = " + (schedule.count == 1 ? schedule[0] : "[\(schedule.joined(separator: ", "))]"))
    if let timezone = ritual.timezone { lines.append("timezone = \(string(timezone))") }
    if let urgency = ritual.urgency { lines.append("urgency = \(string(urgency.rawValue))") }
    return lines.joined(separator: "\n") + "\n"
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
