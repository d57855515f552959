/// Prompts that are drawn one by one; none comes again before all have come.
package struct Deck: Hashable, Sendable {
  package let head: ContentHead
  /// In the order of the file; never empty, ids are unique.
  package let prompts: [Prompt]

  /// Nil without a prompt, or with a repeated id.
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
