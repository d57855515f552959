import ArgumentParser
import Control

struct AppreciateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "appreciate", abstract: "Keeps one thing you appreciate, in the private journal.",
    discussion: """
      Examples:
        ritualctl appreciate "You made tea before I was up."
        ritualctl appreciate              asks for a line
        ritualctl appreciate - < note     reads it

      While it runs, other programs can see a command's words in the list of
      processes, and your shell may keep them. What is read from the terminal
      or a pipe is seen by nobody.
      """)

  @Argument(help: ArgumentHelp("The words; '-' or nothing reads standard input.", valueName: "text"))
  var words: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let text = try Words.given(words, asking: "What did you notice?")
    let reply = try options.daemon.call("Appreciate", AppreciateRequest(text: text), as: NoteReply.self)
    try options.print(reply.note) { style in Wording.kept(reply.note, style) }
  }
}

struct MomentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moment", abstract: "Keeps a warm moment (+) or a hard one (-), with words or without.",
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
  @Argument(help: ArgumentHelp("Words, where there are any; '-' reads standard input.", valueName: "text"))
  var words: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let text = words.isEmpty ? nil : try Words.given(words, asking: "What was it?")
    let request = RememberRequest(warm: sign == .warm, text: text)
    let reply = try options.daemon.call("Remember", request, as: NoteReply.self)
    try options.print(reply.note) { style in Wording.kept(reply.note, style) }
  }
}
