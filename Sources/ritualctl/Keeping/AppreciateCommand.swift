import ArgumentParser
import Control

struct AppreciateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "appreciate", abstract: "Keeps one thing you appreciate, in the private journal.",
    discussion: """
      Examples:
        ritualctl appreciate "You made tea before I was up."
        ritualctl appreciate              asks for a line
        ritualctl appreciate - < note     reads it

      While it runs, other programs can see a command's words in the list of
      processes, and your shell may keep them. What is read from the terminal
      or a pipe can be seen by nobody else.
      """)

  @Argument(help: ArgumentHelp("The words; '-' or nothing reads standard input.", valueName: "text"))
  var words: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let text = try PrivateWords.given(words, asking: "What did you notice?")
    let note = try options.daemon.call(
      "Appreciate", AppreciateRequest(text: text), member: "note", as: Control.Note.self)
    try options.print(note) { note, style in Wording.kept(note, style) }
  }
}
