import ArgumentParser
import Control
import Glibc
import Phrases
import Rituals
import Settings

struct DeckShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "show", abstract: "All prompts of a deck, in the order of its file.",
    discussion: "Needs no daemon. They are drawn in a different order.")

  @Argument(help: "The deck.", completion: .decks)
  var name: String

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let deck = try deck(in: UserFolders.library)
    let line = DeckLine(deck)
    try options.print(DeckText(deck: line, prompts: deck.prompts.map(Control.Prompt.init))) { style in
      let head = [deck.head.title, deck.head.about, deck.head.source].compactMap(\.self).map(
        TerminalText.line)
      let prompts = deck.prompts.map { "\(TerminalText.line($0.text))  \(style.dim($0.id.text))" }
      return ([style.bold(head[0])] + head.dropFirst().map(style.dim) + [""] + prompts)
        .joined(separator: "\n")
    }
  }

  /// The named deck.
  ///
  /// - Throws: `Failure` where there is none, or where it has a mistake.
  private func deck(in library: Library) throws -> Deck {
    let reading = ContentID(name).map { library.deck($0) }
    if let deck = reading?.value { return deck }
    if let problems = reading?.problems, !problems.isEmpty {
      throw Failure(
        problems.map { TerminalText.lines($0.rendered) }.joined(separator: "\n"), status: EX_DATAERR)
    }
    throw Failure(
      Refusal.unknown("deck", name, nearest(name, among: library.ids(of: .decks).map(\.text)), "deck list"))
  }
}

/// A deck with its prompts for scripts.
private struct DeckText: Encodable {
  let deck: DeckLine
  let prompts: [Control.Prompt]
}
