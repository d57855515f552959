import CivilTime
package import Rituals

/// Prompts that take the place of a ritual's message.
extension Engine {
  /// Draws a prompt for each reminder of a card that is about to show its words: recorded with what is recorded before it
  /// is seen. Once a reminder, so that it says the same after a snooze, and after a crash.
  mutating func drawPrompts(for card: Card, _ step: inout Step) {
    guard card.kind == .ritual, !card.isDiscreet else { return }
    for id in card.members where open[id] != nil && open[id]?.prompt == nil {
      guard let next = nextPrompt(of: id), let occurrence = open[id]?.occurrence else { continue }
      let draw = Draw(deck: next.deck, prompt: next.prompt, turn: next.turn, occurrence: occurrence)
      open[id]?.prompt = draw.prompt
      take(draw, &step)
    }
  }

  mutating func take(_ draw: Draw, _ step: inout Step) {
    draws.add(draw)
    step.record(.drew(draw))
  }

  private func nextPrompt(of id: RitualID) -> Draw? {
    guard let deck = tracks[id]?.ritual.deck, let prompts = decks[deck] else { return nil }
    return draws.next(from: deck, among: prompts)
  }

  /// What a reminder of the ritual would say now; nil where it has no deck.
  package func promptToCome(of ritual: Ritual) -> ContentID? {
    guard let deck = ritual.deck, let prompts = decks[deck] else { return nil }
    return draws.next(from: deck, among: prompts)?.prompt
  }

  /// The prompts that come next among some of a deck's, none of them twice; fewer where there are not so many. To be given
  /// back as `drew` where they are used.
  package func drawing(_ count: Int, from deck: ContentID, among prompts: [ContentID]) -> [Draw] {
    var draws = draws
    var left = prompts
    var drawn: [Draw] = []
    while drawn.count < count, let draw = draws.next(from: deck, among: left) {
      draws.add(draw)
      drawn.append(draw)
      left.removeAll { $0 == draw.prompt }
    }
    return drawn
  }
}
