extension Escaped {
  /// A message of a log as one line. A dangerous scalar is `\u{…}`, so that words from outside cannot end an
  /// entry, begin another one, or command the terminal in which somebody reads the log.
  package static func log(_ text: String) -> String {
    scalars(text) { scalar in
      scalar.danger == nil ? nil : "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }
}
