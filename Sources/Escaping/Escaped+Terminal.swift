extension Escaped {
  /// Words on one line of a terminal. Ends of lines and tabs are spaces, invisible scalars are left out, and
  /// other dangerous scalars are U+FFFD.
  package static func terminal(_ text: String) -> String {
    scalars(joined(text)) { scalar in
      switch scalar.danger {
      case nil: nil
      case .invisible: ""
      case .lineEnd: " "
      case .control, .direction, .noncharacter: scalar == "\t" ? " " : replacement
      }
    }
  }

  /// Words that were not understood, on one line. An invisible scalar may be what is wrong with them, so each
  /// dangerous scalar is U+FFFD; ends of lines and tabs are spaces.
  package static func exact(_ text: String) -> String {
    scalars(joined(text)) { scalar in
      guard let danger = scalar.danger else { return nil }
      return danger == .lineEnd || scalar == "\t" ? " " : replacement
    }
  }

  /// On one line, with a space for each end of a line.
  private static func joined(_ text: String) -> String {
    text.unicodeScalars.contains { $0.danger == .lineEnd } ? lines(text).joined(separator: " ") : text
  }
}
