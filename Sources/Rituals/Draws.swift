/// A prompt that was drawn from a deck.
package struct Draw: Hashable, Sendable {
  package let deck: ContentID
  package let prompt: ContentID
  /// The round through the deck, from 1.
  package let round: Int
  /// The reminder that shows it; nil if the user drew it by a command.
  package let occurrence: Occurrence?

  package init(deck: ContentID, prompt: ContentID, round: Int, occurrence: Occurrence? = nil) {
    self.deck = deck
    self.prompt = prompt
    self.round = round
    self.occurrence = occurrence
  }
}

/// A prompt that may be drawn. The words of prompts are private and stay in their file.
package struct DrawablePrompt: Hashable, Sendable {
  package let id: ContentID
  /// 1 for a prompt without a depth.
  package let depth: Int

  package init(_ id: ContentID, depth: Int = 1) {
    self.id = id
    self.depth = depth
  }

  package init(_ prompt: Prompt) { self.init(prompt.id, depth: prompt.depth ?? 1) }
}

/// The draws from all decks, and the order of the next ones. Each couple and each round has a shuffled order
/// of its own. No prompt comes again before all have come, even if prompts are added, changed or removed
/// meanwhile. Prompts that were never drawn come from light to deep: a couple that is new to a deck begins
/// with what is easy to say.
package struct Draws: Hashable, Sendable {
  /// The number that makes one couple's order differ from every other's.
  package var seed: UInt64
  private var piles: [ContentID: Pile] = [:]

  private struct Pile: Hashable, Sendable {
    /// The round in which each prompt was drawn last.
    var rounds: [ContentID: Int] = [:]
    var last: ContentID?
  }

  package init(seed: UInt64 = 0) { self.seed = seed }

  /// Each drawn prompt's latest draw, in the order of draws.
  package var all: [Draw] {
    piles.sorted { $0.key < $1.key }.flatMap { deck, pile in
      pile.rounds.sorted { ($0.key == pile.last ? 1 : 0, $0.key) < ($1.key == pile.last ? 1 : 0, $1.key) }
        .map { Draw(deck: deck, prompt: $0.key, round: $0.value) }
    }
  }

  /// The next draw from these prompts; nil if there are none.
  package func next(from deck: ContentID, among prompts: [DrawablePrompt]) -> Draw? {
    let pile = piles[deck] ?? Pile()
    let rounds = prompts.map { pile.rounds[$0.id] ?? 0 }
    guard let latest = rounds.max(), let earliest = rounds.min() else { return nil }
    // Once all have come, another round begins; a new prompt joins the present one.
    let round = max(earliest == latest ? latest + 1 : latest, 1)
    var left = zip(prompts, rounds).filter { $0.1 == earliest }.map(\.0)
    // The last prompt of a round is not the first one of the next.
    if left.count > 1 { left.removeAll { $0.id == pile.last } }
    if earliest == 0, let lightest = left.map(\.depth).min() { left.removeAll { $0.depth > lightest } }
    let next = left.map(\.id).min { (rank($0, deck, round), $0) < (rank($1, deck, round), $1) }
    return next.map { Draw(deck: deck, prompt: $0, round: round) }
  }

  /// Records a draw.
  package mutating func add(_ draw: Draw) {
    piles[draw.deck, default: Pile()].rounds[draw.prompt] = draw.round
    piles[draw.deck]?.last = draw.prompt
  }

  /// The position of a prompt in a round: FNV-1a over its names, mixed by the last steps of SplitMix64.
  private func rank(_ prompt: ContentID, _ deck: ContentID, _ round: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    for byte in "\(deck)/\(round)/\(prompt)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    return hash ^ (hash >> 31)
  }
}
