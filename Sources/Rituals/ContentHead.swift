/// What every deck, guide and preset says of itself.
package struct ContentHead: Hashable, Sendable {
  package let id: ContentID
  /// One line, not empty.
  package let title: String
  /// What it is for, in a sentence; nil where it does not say.
  package let about: String?
  package let strategy: Strategy
  /// Where the idea comes from: an article or a book; nil where it is the user's own.
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
