import ArgumentParser
import CivilTime
import Control
import Files
import Glibc
import ICalendar
import Rituals
import Settings
import SystemZones
import Vdir

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "check",
    abstract: "Checks the configuration and everything it names, or files; prints every mistake.",
    discussion: """
      Without files: ritual.toml and ritual.d, decks, guides, presets, and the folders of calendars; and whether \
      another user could change the configuration. Needs no daemon. \
      A key that this version does not know is a warning: what it stands in is used without it. \
      Exit status 65 where there is an error, with --strict also where there is a warning.
      """)

  @Argument(
    help: "Files of any of these kinds, instead of everything in use.",
    completion: .file(extensions: ["toml"]))
  var files: [String] = []

  @Flag(help: "Exit with status 65 for warnings too.")
  var strict = false

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let zones = SystemZones()
    let library = UserFolders.library
    var unreadable: [Control.Problem] = []
    let texts = files.compactMap { path -> (path: String, bytes: [UInt8])? in
      do throws(FileError) {
        return (path, try InputFile.bytes(path))
      } catch {
        unreadable.append(Self.unreadable(path, because: error.reason))
        return nil
      }
    }
    var problems = files.isEmpty ? library.check(zones: zones) : []
    var configuration: [(path: String, bytes: [UInt8])] = []
    for file in texts {
      if let found = library.check(path: file.path, bytes: file.bytes, zones: zones) {
        problems += found
      } else {
        configuration.append(file)
      }
    }
    let loaded =
      files.isEmpty
      ? Settings.load(folder: UserFolders.paths.configuration, zones: zones, content: library.names)
      : Settings.load(files: configuration, zones: zones, content: library.names)
    if files.isEmpty { problems += Settings.accessProblems(folder: UserFolders.paths.configuration) }
    let found = (loaded.problems + problems).map { Control.Problem($0) }
    try report(
      unreadable + found + warnings(in: loaded.configuration, zones),
      rituals: loaded.configuration.rituals.count)
  }

  /// The problem of a file that cannot be read. It does not keep the problems of others back.
  private static func unreadable(_ path: String, because reason: String) -> Control.Problem {
    Control.Problem(
      file: path, line: 0, column: 0, key: "", severity: .error,
      text: "\(path): \(reason)", what: reason)
  }

  /// Warnings about the folders of calendars: events that are left out or doubtful.
  private func warnings(in configuration: Configuration, _ zones: SystemZones) throws -> [Control.Problem] {
    guard !configuration.calendars.isEmpty else { return [] }
    let year = try zones.local().local(at: SystemClock.now).civil.date.year
    let zones = CalendarZones(zones, year: year)
    return configuration.calendars.flatMap { calendar in
      var folder = CalendarFolder(of: calendar, home: UserFolders.paths.home)
      _ = folder.read(zones: zones)
      return folder.notes.map { note in
        Control.Problem(
          file: note.file, line: note.line, column: 0, key: "calendar.\(calendar.name)", severity: .warning,
          text: note.sentence, what: note.text)
      }
    }
  }

  private func report(_ problems: [Control.Problem], rituals: Int) throws {
    try options.print(problems) { style in
      let rituals = Wording.count(rituals, "ritual", "rituals")
      let count =
        problems.isEmpty ? style.good("no mistakes") : Wording.count(problems.count, "problem", "problems")
      return problems.map { TerminalText.lines($0.text) + "\n" }.joined() + "\(rituals), \(count)"
    }
    if problems.contains(where: { strict || $0.severity == .error }) { throw ExitCode(EX_DATAERR) }
  }
}
