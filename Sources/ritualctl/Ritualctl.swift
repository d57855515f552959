import ArgumentParser
import Control
import Glibc

/// The command line: everything a user does.
@main
struct Ritualctl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ritualctl",
    abstract: "Talks to rituald, which reminds you of your rituals of connection.",
    discussion: """
      Exit status: 0 fine; 1 refused, with the reason; 64 usage; 65 bad data; 69 no daemon that works.
      """,
    version: "ritualctl \(ritualVersion)",
    groupedSubcommands: [
      CommandGroup(
        name: "Looking",
        subcommands: [
          StatusCommand.self, ListCommand.self, ShowCommand.self, TodayCommand.self, WeekCommand.self,
          NextCommand.self, LogCommand.self,
          WatchCommand.self, WhyCommand.self, BarCommand.self,
        ]),
      CommandGroup(name: "Answering", subcommands: [DoneCommand.self, SkipCommand.self, SnoozeCommand.self]),
      CommandGroup(
        name: "Keeping",
        subcommands: [
          AppreciateCommand.self, MomentCommand.self, NotesCommand.self, ReportCommand.self,
          ForgetCommand.self,
        ]),
      CommandGroup(
        name: "Keeping quiet",
        subcommands: [TimeoutCommand.self, PauseCommand.self, ResumeCommand.self, DiscreetCommand.self]),
      CommandGroup(
        name: "Changing",
        subcommands: [
          InitCommand.self, AddCommand.self, SetCommand.self, EditCommand.self, EnableCommand.self,
          DisableCommand.self,
          RemoveCommand.self, TestCommand.self, CheckCommand.self, ReloadCommand.self,
        ]),
      CommandGroup(
        name: "Calendars", subcommands: [ImportCommand.self, ExportCommand.self, MergeCommand.self]),
      CommandGroup(name: "Together", subcommands: [BeginCommand.self, DeckCommand.self]),
      CommandGroup(name: "Schedules", subcommands: [ScheduleCommand.self]),
    ])

  /// Without a command: the present day, and what to type next.
  func run() throws {
    let today = try TodayCommand.parse([])
    try today.run()
    today.options.print { style in
      """

      \(style.dim("ritualctl done | snooze | skip    answers what waits"))
      \(style.dim("ritualctl init                   chooses rituals to start with; add adds your own"))
      \(style.dim("ritualctl --help                 everything else"))
      """
    }
  }

  static func main() {
    Terminal.prepare()
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try command(for: words)
      try command.run()
    } catch {
      end(with: error, after: words)
    }
  }

  /// The command that a command line asks for. The parser looks at the named command alone, since a look at
  /// all of them takes longer than most answers. What else a command line may say (a mistake, a wish for a
  /// help page), the parser of all commands answers.
  private static func command(for words: [String]) throws -> any ParsableCommand {
    let name = CommandName(startOf: words, in: self)
    if let mistake = name.mistake { throw Failure(mistake, status: EX_USAGE) }
    let arguments = try DashedWords.separated(in: name, of: self)
    if name.command != self, let command = try? name.command.parseAsRoot(arguments),
      type(of: command) == name.command
    {
      return command
    }
    return try parseAsRoot(name.path.dropFirst() + arguments)
  }

  /// Ends the program with what the parser or a command threw. Every failure is said in one form.
  private static func end(with error: any Error, after words: [String]) -> Never {
    if let failure = Failure(error) { failure.exit() }
    let status = exitCode(for: error)
    let message = fullMessage(for: error)
    if status.isSuccess, let script = BashCompletion.expandingNothing(message) {
      Terminal.write(script + "\n", to: STDOUT_FILENO)
      Glibc.exit(status.rawValue)
    }
    // A page that was asked for, or an exit status alone.
    guard !status.isSuccess, !message.isEmpty else { exit(withError: error) }
    var told = message.hasPrefix("Error: ") ? String(message.dropFirst("Error: ".count)) : message
    if status.rawValue == EX_USAGE, !told.hasPrefix("Unknown option") {
      let name = CommandName(startOf: words, in: self)
      if let mistake = OptionNames(of: name, in: self).mistake(in: name.arguments) {
        let usage = told.firstRange(of: "\nUsage:").map { told[$0.lowerBound...] } ?? ""
        told = mistake + usage
      }
    }
    Failure(told, status: status.rawValue).exit()
  }
}
