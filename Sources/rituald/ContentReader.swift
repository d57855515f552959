import Engine
import Logging
import Rituals
import Settings

/// Decks and guides for the daemon. It keeps the ids and depths of prompts; their words are read when they
/// are shown.
final class ContentReader {
  let library: Library
  /// The prompts of each deck that a ritual draws from.
  private(set) var decks: [ContentID: [DrawablePrompt]] = [:]
  private let log: Logger

  init(_ library: Library, log: Logger) {
    self.library = library
    self.log = log
  }

  /// Reads the decks that these rituals draw from.
  func readDecks(of rituals: [Ritual]) {
    decks = [:]
    for id in Set(rituals.compactMap(\.deck)) {
      let reading = library.deck(id)
      // Only the place of a mistake is logged: the words around it are private, and so is the deck's name.
      for problem in reading.problems {
        log.warning(
          "a file in decks:\(problem.line):\(problem.column): see ritualctl check",
          metadata: ["event": "problem"])
        log.debug("\(problem.file):\(problem.line):\(problem.column)")
      }
      decks[id] = reading.value?.prompts.map(DrawablePrompt.init)
    }
  }

  /// The words of a prompt; nil if the prompt does not exist any more.
  func text(of prompt: Reminder.Item.Prompt) -> String? {
    library.deck(prompt.deck).value?.prompt(prompt.id)?.text
  }
}
