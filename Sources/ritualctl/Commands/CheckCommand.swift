import ArgumentParser
import Control
import Glibc
import Settings
import SystemZones

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Looks over the configuration, decks, guides and presets, or files; prints every mistake.",
    discussion: "Needs no daemon. Exit status 65 where there is a mistake.")

  @Argument(
    help: "Files of any of these, in place of all that is in use.", completion: .file(extensions: ["toml"]))
  var files: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let zones = SystemZones()
    let library = options.library
    let files = try files.map { (path: $0, bytes: try InputFile.read($0)) }
    var problems = files.isEmpty ? library.check(zones: zones) : []
    var configuration: [(path: String, bytes: [UInt8])] = []
    for file in files {
      if let found = library.check(path: file.path, bytes: file.bytes, zones: zones) {
        problems += found
      } else {
        configuration.append(file)
      }
    }
    let loaded =
      files.isEmpty
      ? Settings.load(folder: options.paths.configuration, zones: zones, content: library.names)
      : Settings.load(files: configuration, zones: zones, content: library.names)
    try report(loaded.problems + problems, rituals: loaded.configuration.rituals.count)
  }

  private func report(_ found: [Problem], rituals: Int) throws {
    let problems = found.map { problem in
      ProblemInfo(
        file: problem.file, line: problem.line, column: problem.column, key: problem.key,
        severity: problem.severity.rawValue, text: problem.rendered, what: problem.sentence)
    }
    try options.print(problems) { style in
      let rituals = Wording.count(rituals, "ritual", "rituals")
      let count =
        problems.isEmpty ? style.good("no mistakes") : Wording.count(problems.count, "problem", "problems")
      return problems.map { Plain.lines($0.text) + "\n" }.joined() + "\(rituals), \(count)"
    }
    if found.contains(where: { $0.severity == .error }) { throw ExitCode(EX_DATAERR) }
  }
}
