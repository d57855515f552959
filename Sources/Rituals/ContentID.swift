/// The name of a deck, a guide, a preset or a prompt: the name of its file, or its key in the file. It has
/// the form of a ritual's id.
package struct ContentID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Nil if the text is not a name.
  package init?(_ text: String) {
    guard RitualID(text) != nil else { return nil }
    self.text = text
  }

  /// The name that equals a ritual's id.
  package init(_ id: RitualID) { text = id.text }

  /// The accepted characters, for messages.
  package static let accepted = RitualID.accepted

  package var description: String { text }

  package static func < (left: ContentID, right: ContentID) -> Bool { left.text < right.text }
}
