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

  /// The parser calls a command that it does not know an unexpected argument, so that is looked at first.
  static func main() {
    Terminal.prepare()
    let words = Array(CommandLine.arguments.dropFirst())
    if answerPlainly(words) { return }
    if let mistake = CommandWords.mistake(in: words, of: self) {
      Glibc.exit(Failure.exit(mistake, status: EX_USAGE).rawValue)
    }
    do {
      var command = try parseAsRoot(DashedWords.settled(words, of: self))
      try command.run()
    } catch {
      end(with: error, after: words)
    }
  }

  /// Ends with what the parser or a command threw, in the same form as every refusal.
  static func end(with error: any Error, after words: [String]) -> Never {
    let status = exitCode(for: error)
    let message = fullMessage(for: error)
    if status.isSuccess, let script = BashCompletion.expandingNothing(message) {
      Terminal.write(script + "\n", to: STDOUT_FILENO)
      Glibc.exit(status.rawValue)
    }
    // A page that was asked for, or something that has been said.
    guard !status.isSuccess, !message.isEmpty else { exit(withError: error) }
    var told = message.hasPrefix("Error: ") ? String(message.dropFirst("Error: ".count)) : message
    if status.rawValue == EX_USAGE, !told.hasPrefix("Unknown option"),
      let unknown = CommandWords.unknownOption(in: words, of: self)
    {
      let usage = told.firstRange(of: "\nUsage:").map { told[$0.lowerBound...] } ?? ""
      told = unknown + usage
    }
    Glibc.exit(Failure.exit(told, status: status.rawValue).rawValue)
  }
}
