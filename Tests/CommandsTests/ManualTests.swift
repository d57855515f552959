import Control
import DesktopRig
import FoundationEssentials
import Glibc
import Testing
import ZoneRig

/// The manual pages name all commands, options and keys of the programs, and no others.
@Suite("The manual")
struct ManualTests {
  static let pages = ["ritualctl.1", "rituald.8", "ritual.toml.5", "ritual.schedule.7"]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func ctl(_ arguments: String...) async throws -> Output {
    try await ChildProcess.run(
      built("ritualctl"), arguments,
      environment: [
        "HOME": folder.path, "TZ": "Europe/Berlin", "TZDIR": TestZones.folder,
        "XDG_CONFIG_HOME": folder.path("none"),
      ])
  }

  @Test("Pages are well formed", arguments: pages)
  func wellFormed(page: String) async throws {
    let output = try await ChildProcess.run(
      find("mandoc", package: "mandoc"), ["-Tlint", "-Wwarning", "\(Repository.root)/docs/man/\(page)"],
      environment: ["PATH": searchPath])
    #expect(output.output == "")
    #expect(output.status == 0, "\(output.errors)")
  }

  @Test("ritualctl(1) has every command with its options, and no other")
  func commands() async throws {
    let page = try ManualPage("ritualctl.1")
    let documented = page.section("COMMANDS").items
    let commands = try await CommandTree.leaves(folder)
    for command in commands {
      guard let item = documented.first(where: { $0.name == command.name }) else {
        Issue.record("\(command.name) is not in the manual")
        continue
      }
      #expect(item.options == command.options, "\(command.name): \(item.options) \(command.options)")
    }
    let names = Set(commands.map(\.name))
    #expect(documented.map(\.name).filter { !names.contains($0) } == [], "in the manual alone")
    let general = Set(page.section("OPTIONS").lines.flatMap(ManualPage.options))
    #expect(general == CommandTree.general.union(["--generate-completion-script"]))
  }

  @Test("rituald(8) has its options, variables and signals")
  func daemon() async throws {
    let page = try ManualPage("rituald.8")
    let help = try await ChildProcess.run(built("rituald"), ["--help"], environment: [:]).output
    let words = help.split { !($0.isLetter || $0.isNumber || "-_".contains($0)) }.map(String.init)
    let named = words.filter {
      $0.hasPrefix("--") || $0.hasPrefix("SIG") || $0.hasPrefix("XDG_") || $0.hasPrefix("RITUALD_")
    }
    #expect(named.count >= 6)
    for word in named {
      #expect(page.text.contains(word) || page.text.contains("Fl \(word.dropFirst())"), "\(word)")
    }
  }

  @Test("ritual.toml(5) has every key, and no other")
  func keys() async throws {
    let page = try ManualPage("ritual.toml.5")
    let tables = try await accepted("[zz]\nzz = 1\n", at: "zz").map { $0.filter { $0 != "[" && $0 != "]" } }
    #expect(tables.count >= 5)
    for table in tables {
      let name = table.split(separator: ".").first.map(String.init) ?? table
      let isNamed = ["ritual", "calendar"].contains(name)
      let heading = isNamed ? ".Ic [\(name)\\&." : ".Ic [\(name)]"
      guard let section = page.section(opening: heading) else {
        Issue.record("[\(table)] is not in the manual")
        continue
      }
      let path = isNamed ? "\(name).a" : name
      let keys = try await accepted("[\(path)]\nzz = 1\n", at: "\(path).zz")
      let nudge =
        keys.contains("nudge")
        ? try await accepted("[\(path)]\nnudge = { zz = 1 }\n", at: "\(path).nudge.zz") : []
      let documented = Set(section.listed("Ic"))
      #expect(documented.isSuperset(of: keys), "[\(table)] \(Set(keys).subtracting(documented))")
      #expect(documented.isSubset(of: keys + nudge), "[\(table)] \(documented.subtracting(keys + nudge))")
    }
  }

  /// The keys that `check` says are accepted in place of an unknown one.
  func accepted(_ text: String, at key: String) async throws -> [String] {
    let file = try folder.write(text, to: "ritual.toml")
    let problems = try JSONDecoder().decode(
      [Control.Problem].self, from: Data(try await ctl("check", file, "--json").output.utf8))
    let problem = try #require(problems.first { $0.key == key }, "\(problems)")
    let start = try #require(problem.text.firstRange(of: "accepted: ")).upperBound
    return problem.text[start...].prefix { !";\n".contains($0) }.split(separator: ", ").map(String.init)
  }

  @Test("The example of ritual.toml(5) has no mistake")
  func example() async throws {
    for example in try ManualPage("ritual.toml.5").examples {
      let file = try folder.write(example, to: "ritual.toml")
      let output = try await ctl("check", file)
      #expect(output.status == 0 && output.output.hasSuffix("no mistakes\n"), "\(output.output)")
    }
  }

  @Test("Every schedule of ritual.schedule(7) is understood, and means what stands beside it")
  func schedules() async throws {
    let page = try ManualPage("ritual.schedule.7")
    let texts = page.listed("Li") + page.examples.filter { $0.hasPrefix("DTSTART") }
    #expect(texts.count > 20)
    for text in texts {
      // A rule has its start beside it.
      let start = text.hasPrefix("RRULE:") ? "DTSTART:20261127T193000\n" : ""
      let output = try await ctl("schedule", "explain", start + text)
      #expect(output.status == 0, "\(text): \(output.errors)")
    }
    for (line, next) in zip(page.lines, page.lines.dropFirst())
    where line.hasPrefix(".It Li ") && next.hasPrefix(".Li ") {
      let words = try await normalized(String(line.dropFirst(7)))
      #expect(try await words == normalized(String(next.dropFirst(4))), "\(line)")
    }
  }

  func normalized(_ text: String) async throws -> String {
    struct Answer: Decodable { let normalized: String }
    let output = try await ctl("schedule", "explain", text, "--json").output
    return try JSONDecoder().decode(Answer.self, from: Data(output.utf8)).normalized
  }
}
