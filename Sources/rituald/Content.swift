import Engine
import Logging
import Rituals
import Settings

/// Decks and guides as the daemon needs them: which prompts there are is kept, their words are read when they are shown.
final class Content {
  let library: Library
  /// Which prompts each deck has that rituals draw from.
  private(set) var decks: [ContentID: [ContentID]] = [:]
  private let log: Logger

  init(_ library: Library, log: Logger) {
    self.library = library
    self.log = log
  }

  /// Reads the decks that these rituals draw from.
  func read(for rituals: [Ritual]) {
    decks = [:]
    for id in Set(rituals.compactMap(\.deck)) {
      let reading = library.deck(id)
      // What is wrong is told by its place alone: the words around it are private, and so is the deck's name.
      for problem in reading.problems {
        log.warning(
          "a file in decks:\(problem.line):\(problem.column): see ritualctl check",
          metadata: ["event": "problem"])
        log.debug("\(problem.file):\(problem.line):\(problem.column)")
      }
      decks[id] = reading.value?.prompts.map(\.id)
    }
  }

  /// The words of a prompt; nil where they are not there any more.
  func text(of prompt: Reminder.Item.Prompt) -> String? {
    library.deck(prompt.deck).value?.prompt(prompt.id)?.text
  }
}
