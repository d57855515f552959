import ArgumentParser

struct DeckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "deck", abstract: "Decks of prompts: lists them, shows one, draws the next prompt.",
    subcommands: [DeckListCommand.self, DeckShowCommand.self, DeckNextCommand.self],
    defaultSubcommand: DeckListCommand.self)
}
