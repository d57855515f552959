import ArgumentParser
import Control

struct MomentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "moment", abstract: "Keeps a warm moment (+) or a hard one (-), with words or without.",
    discussion: """
      Examples:
        ritualctl moment +
        ritualctl moment + "We laughed in the rain."
        ritualctl moment - -              asks for a line, or reads standard input

      'ritualctl report' shows the balance of the two.
      """)

  enum Sign: String, ExpressibleByArgument, CaseIterable {
    case warm = "+"
    case hard = "-"
  }

  @Argument(help: "+ for a warm one, - for a hard one.") var sign: Sign
  @Argument(help: ArgumentHelp("Words, if you like; '-' reads standard input.", valueName: "text"))
  var words: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let text = words.isEmpty ? nil : try PrivateWords.given(words, asking: "What was it?")
    let request = RememberRequest(warm: sign == .warm, text: text)
    let note = try options.daemon.call("Remember", request, member: "note", as: Control.Note.self)
    try options.print(note) { note, style in Wording.kept(note, style) }
  }
}
