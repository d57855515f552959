/// A ritual's id: its key in the configuration. One to 64 of `a-z`, `0-9` and `-`.
package struct RitualID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Nil where the text is not an id.
  package init?(_ text: String) {
    guard (1...Self.maximumLength).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
      return nil
    }
    self.text = text
  }

  package static let maximumLength = 64

  /// What an id is made of, for messages.
  package static let accepted = "1 to 64 of a-z, 0-9 and '-'"

  package var description: String { text }

  package static func < (left: RitualID, right: RitualID) -> Bool { left.text < right.text }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
