extension Escaped {
  /// A text of JSON (RFC 8259) on one line that says the same, with an escape for each dangerous scalar: a
  /// pair of surrogates for one above U+FFFF. Outside of strings such a text has ASCII alone, so that every
  /// dangerous scalar in it stands in a string.
  package static func json(_ text: String) -> String {
    scalars(text) { scalar in
      scalar.danger == nil
        ? nil
        : UTF16.encode(scalar)?.map { unit in
          let digits = String(unit, radix: 16)
          return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }.joined()
    }
  }
}
