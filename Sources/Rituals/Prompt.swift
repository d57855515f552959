import Escaping

/// One entry of a deck: a question, or something to do.
package struct Prompt: Hashable, Sendable {
  /// Unique in its deck. Draws are remembered by it, so it stays when the text changes.
  package let id: ContentID
  /// One line of at most `maximumLength` scalars.
  package let text: String
  /// From light (1) to deep (3); nil for neither.
  package let depth: Int?
  package let tags: [String]

  /// Nil if the text is empty, too long or not one line, or if the depth is out of range.
  package init?(id: ContentID, text: String, depth: Int? = nil, tags: [String] = []) {
    let scalars = text.unicodeScalars
    guard (1...Self.maximumLength).contains(scalars.count), !scalars.contains(where: \.isLineBreakOrControl),
      depth.map(Self.depths.contains) ?? true
    else { return nil }
    self.id = id
    self.text = text
    self.depth = depth
    self.tags = tags
  }

  /// In Unicode scalars: the length that notifications show without cutting it.
  package static let maximumLength = 140
  package static let depths = 1...3
}
