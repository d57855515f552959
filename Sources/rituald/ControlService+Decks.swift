import Control
import Engine
import Phrases
import Rituals
import Settings
import Varlink

/// Prompts for guides and for `ritualctl deck`, and the sound at the end of a step.
extension ControlService {
  func addDecks() {
    handle(DrawRequest.self) { [unowned self] request, call in try call.reply(try draw(request)) }
    handle(RingRequest.self) { [unowned self] request, call in
      let title = daemon.notifications.hidesWords ? "Reminder" : request.title
      daemon.notifications.announce(title, "The time of this step is over.", sound: request.sound)
      try call.reply(NoParameters())
    }
  }

  /// Draws prompts. The draw is durable before the reply is sent.
  private func draw(_ request: DrawRequest) throws -> DrawReply {
    let library = daemon.content.library
    guard let id = ContentID(request.deck), let deck = library.deck(id).value else {
      let names = library.ids(of: .decks).map(\.text)
      throw NoSuchDeck(deck: request.deck, didYouMean: nearest(request.deck, among: names))
    }
    let count = request.count ?? 1
    guard (1...100).contains(count) else {
      throw InvalidValue(name: "count", text: "\(count)", accepted: "1 to 100")
    }
    let candidates = deck.prompts(depth: request.depth, tags: request.tags ?? [])
    let draws = daemon.engine.drawing(count, from: id, among: candidates.map(DrawablePrompt.init))
    daemon.apply(.drew(draws))
    return DrawReply(prompts: draws.compactMap { deck.prompt($0.prompt) }.map(Control.Prompt.init))
  }
}
