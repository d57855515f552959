import Control
import DesktopRig
import FoundationEssentials
import Glibc
import InterfaceLanguage
import InterfaceRig
import Testing
import Varlink

/// docs/scripts.md matches the real programs' output: the test runs its commands one after the other.
@Suite("The page for scripts")
struct ScriptsPageTests {
  struct Row {
    let command: [String]
    /// The name of a type in an interface file.
    let type: String
  }

  let page: String
  let definition: InterfaceDefinition
  let rows: [Row]

  init() throws {
    page = try Repository.read("docs/scripts.md")
    // The page has types of its own, after the daemon's.
    let types = page.split(separator: "```varlink\n").dropFirst().compactMap {
      $0.split(separator: "```").first
    }
    .filter { !$0.hasPrefix("type Moment ") }
    definition = try InterfaceDefinition(parsing: controlInterface + "\n" + types.joined(separator: "\n"))
    rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { line in
      let parts = line.split(separator: "`").map(String.init)
      return parts.count == 5 ? Row(command: Self.words(parts[1]), type: parts[3]) : nil
    }
  }

  /// The words of a command line; quotes join words.
  static func words(_ line: String) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
      index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
  }

  func shape(_ row: Row) throws -> Shape { definition.resolved(try Shape(parsing: row.type)) }

  @Test("Each command prints what the page says")
  func printed() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    let second = time(nil) + 4
    let rituals = ["goodbye-kiss", "long-hug", "date-night"].map {
      "[ritual.\($0)]\ntitle = \"\($0)\"\nmessage = \"Now.\"\nschedule = [\"@\(second)\", \"Mon..Fri 08:05\"]\n"
    }
    try home.configure(rituals.joined())
    try await home.start()
    // All three wait for an answer then.
    let watch = try await Watch(home)
    for _ in rituals { try await watch.entry("shown") }
    for row in rows where row.command[0] != "watch" {
      // `init` needs a home without a configuration.
      let home = row.command[0] == "init" ? try Home() : home
      let output = try await run(
        row.command.map {
          ["notes.md", "report.html", "rituals.ics"].contains($0) ? home.folder.path($0) : $0
        }, in: home)
      #expect(output.status == 0, "\(row.command): \(output.errors)")
      #expect(output.output.hasSuffix("\n") && output.output.count { $0 == "\n" } == 1, "\(row.command)")
      let value = try JSONDecoder().decode(JSONValue.self, from: Data(output.output.utf8))
      let mismatches = try shape(row).mismatches(value, at: row.command.joined(separator: " "))
      #expect(mismatches == [], "\(output.output)")
    }
    let news = try #require(rows.first { $0.command == ["watch"] })
    for line in watch.lines.all {
      let value = try JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))
      #expect(try shape(news).mismatches(value, at: "watch") == [])
    }
    withExtendedLifetime(stage) {}
  }

  /// Runs a command with `--json`; runs a command that needs a terminal in one.
  private func run(
    _ command: [String], in home: Home
  ) async throws -> (status: Int32, output: String, errors: String) {
    let environment = home.environment.merging(["EDITOR": "true", "TERM": "xterm"]) { $1 }
    let program = try built("ritualctl")
    guard command[0] == "edit" else {
      let output = try await ChildProcess.run(program, command + ["--json"], environment: environment)
      return (output.status, output.output, output.errors)
    }
    let line = ([program] + command + ["--json"]).joined(separator: " ")
    let output = try await ChildProcess.run("script", ["-qec", line, "/dev/null"], environment: environment)
    // A terminal turns a line feed into two characters.
    let lines = output.output.split(separator: "\r\n", omittingEmptySubsequences: false)
    return (output.status, lines.joined(separator: "\n"), output.errors)
  }

  @Test("Each command that answers is on the page")
  func complete() async throws {
    let output = try await ChildProcess.run(
      built("ritualctl"), ["--experimental-dump-help"], environment: [:])
    let tree = try JSONDecoder().decode(JSONValue.self, from: Data(output.output.utf8))
    let lines = rows.map { $0.command.joined(separator: " ") + " " }
    for command in Self.leaves(try #require(tree["command"]), below: "") where command != "help" {
      #expect(lines.contains { $0.hasPrefix(command + " ") }, "\(command) is not in docs/scripts.md")
    }
  }

  private static func leaves(_ command: JSONValue, below path: String) -> [String] {
    guard case .array(let subcommands)? = command["subcommands"], !subcommands.isEmpty else { return [path] }
    return subcommands.flatMap { inner in
      leaves(inner, below: (path.isEmpty ? "" : path + " ") + (inner["commandName"]?.string ?? ""))
    }
  }

  @Test("Exit statuses are those of the page")
  func statuses() async throws {
    let home = try Home()
    #expect(try await home.ctl("list", "--json").status == 69)
    try await home.start()
    for (arguments, status): ([String], Int32) in [
      (["list"], 0), (["why", "nothing", "--json"], 1), (["lst"], 64),
      (["schedule", "next", "25:00", "--json"], 65),
    ] {
      let output = try await ChildProcess.run(
        built("ritualctl"), arguments, environment: home.environment)
      #expect(output.status == status, "\(arguments): \(output.errors)")
      #expect(status == 0 || output.output == "")
      #expect(page.contains("| \(status) | "))
    }
  }
}
