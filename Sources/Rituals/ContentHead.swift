/// The description at the head of every deck, guide and preset.
package struct ContentHead: Hashable, Sendable {
  package let id: ContentID
  /// One line, not empty.
  package let title: String
  /// The purpose in a sentence; nil if the file gives none.
  package let about: String?
  package let strategy: Strategy
  /// The source of the idea, an article or a book; nil if it is the user's own.
  package let source: String?
  /// A language tag (BCP 47) such as `en`.
  package let language: String

  package init(
    id: ContentID, title: String, about: String? = nil, strategy: Strategy, source: String? = nil,
    language: String = "en"
  ) {
    self.id = id
    self.title = title
    self.about = about
    self.strategy = strategy
    self.source = source
    self.language = language
  }
}
