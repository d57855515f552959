package import Rituals

extension Prompt {
  /// A prompt of a deck.
  package init(_ prompt: Rituals.Prompt) {
    self.init(id: prompt.id.text, text: prompt.text, depth: prompt.depth, tags: prompt.tags)
  }
}
