extension Escaped {
  /// A basic string of TOML 1.0, in its quotes. Dangerous scalars are escapes, so that it reads back as the
  /// same text, and shows in an editor what it holds.
  package static func tomlString(_ text: String) -> String {
    let escaped = scalars(text) { scalar in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      case "\n": return "\\n"
      case "\r": return "\\r"
      case "\t": return "\\t"
      default:
        guard scalar.danger != nil else { return nil }
        return scalar.value > 0xffff
          ? "\\U" + hex(scalar.value, digits: 8) : "\\u" + hex(scalar.value, digits: 4)
      }
    }
    return "\"\(escaped)\""
  }

  /// At least so many digits, in capitals.
  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
