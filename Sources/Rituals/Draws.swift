/// A prompt that was drawn from a deck.
package struct Draw: Hashable, Sendable {
  package let deck: ContentID
  package let prompt: ContentID
  /// The how manieth time around the deck it is, from 1.
  package let turn: Int
  /// The reminder that shows it; nil where somebody asked for it.
  package let occurrence: Occurrence?

  package init(deck: ContentID, prompt: ContentID, turn: Int, occurrence: Occurrence? = nil) {
    self.deck = deck
    self.prompt = prompt
    self.turn = turn
    self.occurrence = occurrence
  }
}

/// What was drawn from all decks, and the order in which the rest comes: shuffled anew for each couple and each time
/// around. Nothing comes again before everything has come, also where prompts were added, changed or taken out meanwhile.
package struct Draws: Hashable, Sendable {
  /// What makes one couple's order another than every other's.
  package var seed: UInt64
  private var piles: [ContentID: Pile] = [:]

  private struct Pile: Hashable, Sendable {
    /// When each prompt was drawn last, counted in times around.
    var turns: [ContentID: Int] = [:]
    var last: ContentID?
  }

  package init(seed: UInt64 = 0) { self.seed = seed }

  /// All that was drawn and not drawn again since: of each deck, the last one last.
  package var all: [Draw] {
    piles.sorted { $0.key < $1.key }.flatMap { deck, pile in
      pile.turns.sorted { ($0.key == pile.last ? 1 : 0, $0.key) < ($1.key == pile.last ? 1 : 0, $1.key) }
        .map { Draw(deck: deck, prompt: $0.key, turn: $0.value) }
    }
  }

  /// The prompt of these that comes next; nil where there is none.
  package func next(from deck: ContentID, among prompts: [ContentID]) -> Draw? {
    let pile = piles[deck] ?? Pile()
    let turns = prompts.map { pile.turns[$0] ?? 0 }
    guard let latest = turns.max(), let earliest = turns.min() else { return nil }
    // Once all have come, another time around begins; a prompt that is new joins the present one.
    let turn = max(earliest == latest ? latest + 1 : latest, 1)
    var left = zip(prompts, turns).filter { $0.1 == earliest }.map(\.0)
    // The last one of a time around is not the first of the next.
    if left.count > 1 { left.removeAll { $0 == pile.last } }
    let next = left.min { (rank($0, deck, turn), $0) < (rank($1, deck, turn), $1) }
    return next.map { Draw(deck: deck, prompt: $0, turn: turn) }
  }

  /// Notes that a prompt was drawn.
  package mutating func add(_ draw: Draw) {
    piles[draw.deck, default: Pile()].turns[draw.prompt] = draw.turn
    piles[draw.deck]?.last = draw.prompt
  }

  /// Where a prompt comes in one time around: FNV-1a over its names, mixed by the last steps of SplitMix64.
  private func rank(_ prompt: ContentID, _ deck: ContentID, _ turn: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    for byte in "\(deck)/\(turn)/\(prompt)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    return hash ^ (hash >> 31)
  }
}
