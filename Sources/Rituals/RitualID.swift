/// A ritual's id: its key in the configuration, one to 64 of `a-z`, `0-9` and `-`. A ritual from a calendar
/// has the calendar's name, a slash and such a key: `us/date-night`.
package struct RitualID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Nil if the text is not an id.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy(Self.isKey) else { return nil }
    self.text = text
  }

  /// The id of a ritual of a calendar; nil if one of the two is no key.
  package init?(calendar: String, key: String) { self.init(calendar + "/" + key) }

  package static let maximumLength = 64

  /// The accepted characters, for messages.
  package static let accepted = "1 to 64 of a-z, 0-9 and '-'"

  /// The calendar that the ritual comes from; nil for a ritual of the configuration.
  package var calendar: String? {
    text.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(text[..<$0]) }
  }

  package var description: String { text }

  package static func < (left: RitualID, right: RitualID) -> Bool { left.text < right.text }

  private static func isKey(_ bytes: Substring.UTF8View) -> Bool {
    (1...maximumLength).contains(bytes.count) && bytes.allSatisfy(isAllowed)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
