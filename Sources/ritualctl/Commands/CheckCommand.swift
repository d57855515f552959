import ArgumentParser
import Control
import Glibc
import Settings
import SystemZones

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Looks over the configuration, or files; prints every mistake.",
    discussion: "Needs no daemon. Exit status 65 where there is a mistake.")

  @Argument(help: "Files, in place of the configuration.")
  var files: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let zones = SystemZones()
    let loaded =
      files.isEmpty
      ? Settings.load(folder: options.paths.configuration, zones: zones)
      : Settings.load(files: try files.map { (path: $0, bytes: try InputFile.read($0)) }, zones: zones)
    let problems = loaded.problems.map { problem in
      ProblemInfo(
        file: problem.file, line: problem.line, column: problem.column, key: problem.key,
        severity: problem.severity.rawValue, text: problem.rendered)
    }
    try options.print(problems) { style in
      let rituals = Wording.count(loaded.configuration.rituals.count, "ritual", "rituals")
      let count =
        problems.isEmpty ? style.good("no mistakes") : Wording.count(problems.count, "problem", "problems")
      return problems.map { Plain.lines($0.text) + "\n" }.joined() + "\(rituals), \(count)"
    }
    if loaded.hasErrors { throw ExitCode(EX_DATAERR) }
  }
}
