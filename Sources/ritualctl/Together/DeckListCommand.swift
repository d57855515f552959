import ArgumentParser
import Rituals
import Settings

struct DeckListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "list", abstract: "All decks: yours, and those that came with the program.",
    discussion: "Needs no daemon.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let library = UserFolders.library
    let decks = library.ids(of: .decks).compactMap { library.deck($0).value }
    try options.print(decks.map(DeckLine.init)) { style in
      var table = TextTable()
      for deck in decks {
        table.add(
          .init(deck.head.id.text, style: style.bold), .init("\(deck.prompts.count)"),
          .init(deck.head.about ?? deck.head.title))
      }
      return table.text
    }
  }
}

/// A deck for scripts.
struct DeckLine: Encodable {
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
