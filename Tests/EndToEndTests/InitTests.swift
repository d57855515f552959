import Control
import DesktopRig
import FoundationEssentials
import Glibc
import Testing

/// A first configuration, and presets that are added to it.
@Suite("Beginning, end to end")
struct InitTests {
  private func file(_ home: Home, _ name: String = "config/ritual/ritual.toml") -> String? {
    (try? FoundationEssentials.Data(contentsOf: URL(filePath: home.folder.path(name)))).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private struct Answer: Decodable {
    let file: String
    let rituals: [String]
    let week: [Coming]
    let started: Bool
  }

  @Test(
    "By flags it asks nothing; what it wrote has no mistakes, and the daemon plans the week that was shown")
  func byFlags() async throws {
    let home = try Home()
    let answer = try await home.ask(
      Answer.self, "init", "--preset", "connection", "--preset", "bedtime-appreciation", "--yes")
    #expect(
      answer.rituals == [
        "morning-check-in", "goodbye-kiss", "hello-kiss", "weekly-dinner", "state-of-us",
        "bedtime-appreciation",
      ])
    #expect(!answer.started && answer.file == home.folder.path("config/ritual/ritual.toml"))
    var status = stat()
    #expect(stat(answer.file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(try await home.ctl("check").output == "6 rituals, no mistakes\n")
    try await home.start()
    let planned = try await home.ask([Coming].self, "next", "-n", "\(answer.week.count)")
    // A ritual that comes between the two readings shifts them by one.
    #expect(planned.dropLast() == answer.week.dropLast() || planned.dropLast() == answer.week.dropFirst())
  }

  @Test("A daemon that runs has read it by the time it is said")
  func running() async throws {
    let home = try Home()
    try await home.start()
    let answer = try await home.ask(Answer.self, "init", "--preset", "connection", "--yes")
    #expect(answer.started)
    #expect(try await home.ctl("list").output.contains("goodbye-kiss"))
  }

  @Test("A configuration that is there is never touched", arguments: ["ritual.toml", "ritual.d/mine.toml"])
  func present(_ name: String) async throws {
    let home = try Home()
    if name.contains("/") { _ = try home.folder.makeFolder("config/ritual/ritual.d") }
    try home.folder.write("# mine\n", to: "config/ritual/\(name)")
    let output = try await home.ctl("init", "--preset", "connection", "--yes")
    #expect(output.status == 1)
    #expect(
      output.errors.contains("there is a configuration already, \(home.folder.path("config/ritual/\(name)"))")
    )
    #expect(output.errors.contains("ritualctl add --preset NAME"))
    #expect(file(home, "config/ritual/\(name)") == "# mine\n")
  }

  @Test("Without a terminal and without flags it lists the choices; a wrong name is reported")
  func refused() async throws {
    let home = try Home()
    let without = try await home.ctl("init")
    #expect(without.status == EX_USAGE && without.errors.contains("ritualctl init --preset NAME --yes"))
    let unasked = try await home.ctl("init", "--preset", "connection")
    #expect(unasked.status == 1 && unasked.errors.contains("nothing was written"))
    let wrong = try await home.ctl("init", "--preset", "goodby-kiss", "--yes")
    #expect(wrong.status == 1 && wrong.errors.hasSuffix("did you mean goodbye-kiss?\n"))
    #expect(file(home) == nil)
  }

  @Test(
    "In a terminal it is chosen with arrows, space and numbers, and the week is shown before anything is written"
  )
  func chosen() async throws {
    let home = try Home()
    let terminal = try Tmux("\"\(built("ritualctl"))\" init", in: home.folder, environment: home.environment)
    var screen = try await terminal.screen(with: "Which rituals do you want to start with?")
    #expect(screen.split(separator: "\n", omittingEmptySubsequences: false).count <= 24)
    #expect(screen.contains(">  [ ] Open question") && screen.contains("[x] Goodbye kiss"))
    #expect(screen.contains("4 rituals"))
    // None, then one by the arrows and a group by its number.
    try await terminal.press("a", "a")
    try await terminal.screen(with: "0 rituals")
    try await terminal.press("Down", "Space")
    screen = try await terminal.screen(with: "1 ritual ")
    #expect(screen.contains(">  [x] Listening, in turns"))
    try await terminal.press("6")
    screen = try await terminal.screen(with: "3 rituals")
    #expect(screen.contains("[x] Long hug") && screen.contains("[x] Hold hands"))
    try await terminal.press("Enter")
    screen = try await terminal.screen(with: "[Y/n]")
    #expect(screen.contains("The coming week:") && screen.contains("18:15 Long hug"))
    #expect(screen.contains("15:00 Hold hands") && screen.contains("20:30 Listening, in turns"))
    #expect(file(home) == nil)
    try await terminal.press("y", "Enter")
    let ending = try await terminal.ending()
    #expect(
      ending.contains("Written:") && ending.contains("systemctl --user enable --now")
        && ending.contains("[status 0]"))
    let text = try #require(file(home))
    #expect(text.contains("# Affection without agenda: A long hug every day"))
    #expect(try await home.ctl("check").output == "3 rituals, no mistakes\n")
  }

  @Test("Leaving writes nothing")
  func left() async throws {
    let home = try Home()
    let terminal = try Tmux("\"\(built("ritualctl"))\" init", in: home.folder, environment: home.environment)
    try await terminal.screen(with: "Which rituals")
    try await terminal.press("q")
    #expect(try await terminal.ending().contains("nothing was written"))
    #expect(file(home) == nil)
  }

  @Test("A preset is added to a running daemon, with its comments; what is there stays")
  func added() async throws {
    let home = try Home()
    try home.configure("[ritual.goodbye-kiss]\ntitle = \"Ours\"\nschedule = \"09:00\"\n")
    try await home.start()
    let reply = try await home.ask(AddPresetReply.self, "add", "--preset", "connection")
    #expect(reply.added.map(\.id) == ["morning-check-in", "hello-kiss", "weekly-dinner", "state-of-us"])
    #expect(reply.present == ["goodbye-kiss"])
    #expect(reply.added.allSatisfy { $0.next != nil })
    let one = try await home.ctl("add", "--preset", "celebrate")
    #expect(one.output.contains("celebrate  on demand"))
    #expect(file(home, "config/ritual/ritual.d/celebrate.toml")?.contains("# on demand") == true)
    let rituals = try await home.ask([Control.Ritual].self, "list")
    #expect(rituals.first { $0.id == "goodbye-kiss" }?.title == "Ours")
    #expect(rituals.count == 6)
    let wrong = try await home.ctl("add", "--preset", "conection")
    #expect(wrong.status == 1 && wrong.errors.hasSuffix("did you mean connection?\n"))
    #expect(try await home.ctl("add", "--preset", "growth", "--at", "9:00").status == EX_USAGE)
    #expect(try await home.ctl("add", "Kiss").status == EX_USAGE)
    #expect(try await home.ctl("add").status == EX_USAGE)
  }
}
