import Rituals

/// The prompts that take the place of rituals' messages: the decks, and what was drawn from them.
struct Prompts: Sendable {
  private var decks: [ContentID: [DrawablePrompt]] = [:]
  private(set) var draws: Draws

  init(draws: Draws) { self.draws = draws }

  mutating func setDecks(_ decks: [ContentID: [DrawablePrompt]]) { self.decks = decks }

  mutating func add(_ draw: Draw, _ step: inout Step) {
    draws.add(draw)
    step.record(.drew(draw))
  }

  /// Draws the prompt of a ritual's occurrence. Nil where the ritual has no deck, or the deck no prompt.
  mutating func draw(for occurrence: Occurrence, of ritual: Ritual, _ step: inout Step) -> ContentID? {
    guard let next = next(of: ritual) else { return nil }
    add(Draw(deck: next.deck, prompt: next.prompt, round: next.round, occurrence: occurrence), &step)
    return next.prompt
  }

  /// The draw that a reminder of the ritual would make now.
  func next(of ritual: Ritual) -> Draw? {
    guard let deck = ritual.deck, let prompts = decks[deck] else { return nil }
    return draws.next(from: deck, among: prompts)
  }

  /// The next prompts among some of a deck's, each once; fewer where there are not so many.
  func next(_ count: Int, from deck: ContentID, among prompts: [DrawablePrompt]) -> [Draw] {
    var draws = draws
    var left = prompts
    var drawn: [Draw] = []
    while drawn.count < count, let draw = draws.next(from: deck, among: left) {
      draws.add(draw)
      drawn.append(draw)
      left.removeAll { $0.id == draw.prompt }
    }
    return drawn
  }
}
