extension Escaped {
  /// A text value of iCalendar (RFC 5545 3.3.11). Ends of lines of all kinds are `\n`, a tab stays, and other
  /// dangerous scalars are left out: CONTROL (3.1) has no place in a text, and there is no escape for any.
  package static func calendarText(_ text: String) -> String {
    lines(text).map { line in
      scalars(line) { scalar in
        switch scalar {
        case "\\", ";", ",": return "\\" + String(scalar)
        case "\t": return nil
        default: return scalar.danger == nil ? nil : ""
        }
      }
    }.joined(separator: "\\n")
  }

  /// A parameter's value of iCalendar, in quotes where it has to be. What it cannot hold (RFC 5545 3.1,
  /// QSAFE-CHAR) is left out, and dangerous scalars with it.
  package static func calendarParameter(_ value: String) -> String {
    let kept = scalars(value) { $0 == "\"" || $0.danger != nil ? "" : nil }
    return kept.unicodeScalars.contains { $0 == ":" || $0 == ";" || $0 == "," } ? "\"\(kept)\"" : kept
  }
}
