/// Prompts that are drawn one by one, none again until all were.
package struct Deck: Hashable, Sendable {
  package let head: ContentHead
  /// In the order of the file; never empty, no id twice.
  package let prompts: [Prompt]

  /// Nil where there is no prompt, or an id twice.
  package init?(_ head: ContentHead, prompts: [Prompt]) {
    guard !prompts.isEmpty, Set(prompts.map(\.id)).count == prompts.count else { return nil }
    self.head = head
    self.prompts = prompts
  }

  package func prompt(_ id: ContentID) -> Prompt? { prompts.first { $0.id == id } }

  /// The prompts of a depth that have all of the tags.
  package func prompts(depth: Int?, tags: [String] = []) -> [Prompt] {
    prompts.filter { prompt in
      (depth.map { prompt.depth == $0 } ?? true) && tags.allSatisfy(prompt.tags.contains)
    }
  }
}
