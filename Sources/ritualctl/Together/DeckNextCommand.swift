import ArgumentParser
import Control

struct DeckNextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "next", abstract: "Draws a prompt from a deck; none comes again until all have come."
  )

  @Argument(help: "The deck.", completion: .decks)
  var name: String

  @Option(name: .shortAndLong, help: "How many.")
  var count = 1

  @Option(help: "Only prompts of this depth: 1 is light, 3 is deep.")
  var depth: Int?

  @Option(name: .customLong("tag"), help: "Only prompts with this tag; may be given several times.")
  var tags: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let request = DrawRequest(deck: name, count: count, depth: depth, tags: tags)
    let prompts = try options.daemon.call("Draw", request, member: "prompts", as: [Control.Prompt].self)
    if try prompts.value.isEmpty {
      throw Failure("the deck \(TerminalText.exact(name)) has no such prompt")
    }
    try options.print(prompts) { prompts, _ in
      prompts.map { TerminalText.line($0.text) }.joined(separator: "\n")
    }
  }
}
