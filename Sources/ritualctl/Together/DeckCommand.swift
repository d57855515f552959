import ArgumentParser
import Control
import Glibc
import Rituals
import Settings

struct DeckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deck", abstract: "Decks of prompts: which there are, what is in one, and the next card.",
    subcommands: [List.self, Show.self, Next.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "All decks, yours and those that came with the program.",
      discussion: "Needs no daemon.")

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let library = options.library
      let decks = library.ids(of: .decks).compactMap { library.deck($0).value }
      try options.print(decks.map(DeckLine.init)) { style in
        var table = Table()
        for deck in decks {
          table.add(
            .init(deck.head.id.text, style: style.bold), .init("\(deck.prompts.count)"),
            .init(deck.head.about ?? deck.head.title))
        }
        return table.text
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "All prompts of a deck, in the order of its file.",
      discussion: "Needs no daemon. The order in which they are drawn is another.")

    @Argument(help: "The deck.", completion: .decks)
    var name: String

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let deck = try DeckCommand.deck(name, in: options.library)
      let line = DeckLine(deck)
      try options.print(DeckText(deck: line, prompts: deck.prompts.map(PromptInfo.init))) { style in
        let head = [deck.head.title, deck.head.about, deck.head.source].compactMap(\.self).map(Plain.text)
        let prompts = deck.prompts.map { "\(Plain.text($0.text))  \(style.dim($0.id.text))" }
        return ([style.bold(head[0])] + head.dropFirst().map(style.dim) + [""] + prompts)
          .joined(separator: "\n")
      }
    }
  }

  struct Next: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "next", abstract: "Draws a prompt from a deck; it does not come again until all have come."
    )

    @Argument(help: "The deck.", completion: .decks)
    var name: String

    @Option(name: .shortAndLong, help: "How many.")
    var count = 1

    @Option(help: "Of this depth alone: 1 is light, 3 is deep.")
    var depth: Int?

    @Option(name: .customLong("tag"), help: "With this tag alone; may be given several times.")
    var tags: [String] = []

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let request = DrawRequest(deck: name, count: count, depth: depth, tags: tags)
      let prompts = try options.daemon.call("Draw", request, as: DrawReply.self).prompts
      if prompts.isEmpty {
        throw Failure.exit("the deck \(Plain.exact(name)) has no such prompt", status: Failure.refused)
      }
      try options.print(prompts) { _ in prompts.map { Plain.text($0.text) }.joined(separator: "\n") }
    }
  }

  /// The deck of a name. Where there is none that is good it says so, and throws the exit status.
  static func deck(_ name: String, in library: Library) throws -> Deck {
    let reading = ContentID(name).map { library.deck($0) }
    if let deck = reading?.value { return deck }
    if let problems = reading?.problems, !problems.isEmpty {
      throw Failure.exit(
        problems.map { Plain.lines($0.rendered) }.joined(separator: "\n"), status: EX_DATAERR)
    }
    throw Failure.exit(
      Refusal.unknown("deck", name, nearest(name, among: library.ids(of: .decks).map(\.text)), "deck list"),
      status: Failure.refused)
  }
}

/// A deck for scripts.
private struct DeckLine: Encodable {
  let name: String
  let title: String
  let about: String?
  let strategy: String
  let source: String?
  let language: String
  let count: Int

  init(_ deck: Deck) {
    name = deck.head.id.text
    title = deck.head.title
    about = deck.head.about
    strategy = deck.head.strategy.rawValue
    source = deck.head.source
    language = deck.head.language
    count = deck.prompts.count
  }
}

private struct DeckText: Encodable {
  let deck: DeckLine
  let prompts: [PromptInfo]
}
