import Rituals

/// Prompts drawn from a deck since all of it was.
struct Pile {
  private var prompts: Set<ContentID> = []

  /// Says what is wrong with a draw, where something is.
  mutating func note(_ draw: Draw, of count: Int) -> String? {
    if prompts.count == count { prompts = [] }
    return prompts.insert(draw.prompt).inserted ? nil : "\(draw.prompt) is drawn again before all were"
  }
}
