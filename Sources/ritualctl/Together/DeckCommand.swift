import ArgumentParser

struct DeckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "deck", abstract: "Decks of prompts: which there are, what is in one, and the next prompt.",
    subcommands: [DeckListCommand.self, DeckShowCommand.self, DeckNextCommand.self],
    defaultSubcommand: DeckListCommand.self)
}
