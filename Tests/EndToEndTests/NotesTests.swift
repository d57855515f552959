import Control
import DesktopRig
import FoundationEssentials
import Glibc
import InterfaceRig
import Testing

/// The private journal, from writing to deletion.
@Suite("The private journal, end to end")
struct NotesTests {
  private let secret = "You made tea before I was up"

  @Test("Notes from the command line and standard input survive, also a crash")
  func written() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    try await home.start()
    #expect(try await home.ctl("appreciate", secret).output == "Kept\n")
    #expect(try await home.say("  Your patience,\nall week.\n", "appreciate", "-").status == 0)
    #expect(try await home.say("Nobody saw this.", "appreciate").status == 0)
    #expect(try await home.ctl("moment", "+").status == 0)
    #expect(try await home.ctl("moment", "-", "the", "dishes").status == 0)
    #expect(try await home.say("again", "moment", "-", "-").status == 0)
    home.daemon?.kill()
    try await home.start()
    let notes = try await home.ask([Control.Note].self, "notes")
    #expect(notes.map(\.kind) == ["appreciation", "appreciation", "appreciation", "warm", "hard", "hard"])
    #expect(
      notes.map(\.text) == [
        secret, "Your patience,\nall week.", "Nobody saw this.", "", "the dishes", "again",
      ])
    #expect(notes.map(\.id) == [1, 2, 3, 4, 5, 6])
    let listed = try await home.ctl("notes", "--kind", "hard").output
    #expect(listed.contains("hard moment  the dishes") && !listed.contains(secret))
    #expect(try await home.ask([Control.Note].self, "notes", "--since", "2999-01-01").isEmpty)
  }

  @Test("Words that begin with a dash are words, wherever the options stand")
  func dashed() async throws {
    let home = try Home()
    try await home.start()
    for words in [
      ["appreciate", "-the hug"], ["appreciate", "-the", "hug", "--json", "-and", "tea"],
      ["moment", "+", "-:)"], ["moment", "-", "-the dishes"], ["appreciate", "--oh, 1=1"],
      ["appreciate", "--json", "-h h", "--", "--json"],
    ] {
      let output = try await ChildProcess.run(built("ritualctl"), words, environment: home.environment)
      let start = words.contains("--json") ? "{" : "Kept"
      #expect(output.status == 0 && output.output.hasPrefix(start), "\(words)")
    }
    let notes = try await home.ask([Control.Note].self, "notes")
    #expect(
      notes.map(\.text) == [
        "-the hug", "-the hug -and tea", "-:)", "-the dishes", "--oh, 1=1", "-h h --json",
      ])
    #expect(try await home.ctl("appreciate", "-h").output.hasPrefix("OVERVIEW: Keeps one thing"))
  }

  @Test(
    "Nothing is not kept, nor more than a note may have; what is wrong is told without the words",
    arguments: [
      "printf ' '", "printf 'x%.0s' $(seq 4001)", "printf 'x\u{301}%.0s' $(seq 4001)",
      "head -c 5000000 /dev/zero | tr '\\0' x",
      // Characters of 600 kB each, cut within one.
      "printf y; yes \u{301} | tr -d '\\n' | head -c 600001; printf y; yes \u{301} | tr -d '\\n' | head -c 600001",
    ])
  func refused(writer: String) async throws {
    let home = try Home()
    try await home.start()
    let output = try await ChildProcess.run(
      "sh", ["-c", "{ \(writer); } | \(built("ritualctl")) appreciate"], environment: home.environment)
    #expect(output.status == EX_DATAERR)
    #expect(
      output.errors.contains("accepted: 1 to 4000 characters\n") && !output.errors.contains("xx"),
      "\(output.errors)")
    #expect(try await home.ask([Control.Note].self, "notes").isEmpty)
    #expect(home.log?.all.contains { $0.contains("xx") } == false)
  }

  @Test("On a full disk they wait in memory and are told of; with room again they are on it", .limitsFiles)
  func full() async throws {
    let home = try Home()
    try await home.start(fileLimit: 140_000)
    var said = ""
    for number in 1...200 where !said.contains("in memory") {
      let words = "Number \(number): " + String(repeating: "kind ", count: 100)
      let output = try await home.ctl("appreciate", words)
      #expect(output.status == 0)
      said = output.output
    }
    #expect(said.contains("Kept in memory for now"), "the disk was never full")
    #expect(try await home.ask([Control.Note].self, "notes").last?.id == nil)
    // Nothing can be erased permanently meanwhile.
    let forget = try await home.ctl("forget", "--everything", "--yes")
    #expect(forget.status == 1 && forget.errors.contains("not forgotten"))
    let count = try await home.ask([Control.Note].self, "notes").count
    try await home.liftFileLimit()
    #expect(try await home.ctl("moment", "+").output == "Kept\n")
    home.daemon?.kill()
    try await home.start()
    let notes = try await home.ask([Control.Note].self, "notes")
    #expect(notes.count == count + 1 && notes.allSatisfy { $0.id != nil })
  }

  @Test("Changes that wait for the disk are written at the end, if it has room again", .limitsFiles)
  func atTheEnd() async throws {
    let home = try Home()
    try await home.start(fileLimit: 140_000)
    var said = ""
    while !said.contains("in memory") {
      said = try await home.ctl("appreciate", String(repeating: "kind ", count: 700)).output
    }
    let count = try await home.ask([Control.Note].self, "notes").count
    try await home.liftFileLimit()
    #expect(home.daemon?.end() == 0)
    try await home.start()
    #expect(try await home.ask([Control.Note].self, "notes").count == count)
  }

  @Test("They are exported as Markdown, for their owner's eyes alone")
  func exported() async throws {
    let home = try Home()
    try await home.start()
    try await home.ctl("appreciate", "A *starred* line")
    try await home.say("First\nsecond", "moment", "+", "-")
    let file = home.folder.path("notes.md")
    // The existing file keeps its mode, and loses its words.
    try home.folder.write("old", to: "old.md", mode: 0o640)
    #expect(try await home.ctl("notes", "--export", home.folder.path("old.md")).status == 0)
    let output = try await home.ctl("notes", "--export", file)
    #expect(output.status == 0 && output.output == "2 notes, in \(file)\n", "\(output.errors)")
    let text = home.folder.read("notes.md") ?? ""
    #expect(text.hasPrefix("# Notes\n\n## 2"))
    #expect(text.contains(", appreciation: A \\*starred\\* line\n"))
    #expect(text.contains(", warm moment: First\n  second\n"))
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(home.folder.read("old.md") == text)
    #expect(stat(home.folder.path("old.md"), &status) == 0 && status.st_mode & 0o777 == 0o640)
    #expect(try await home.ctl("notes", "--export", "-").output == text)
    // Not /dev/stdout: if the test fails as root, that would become a file.
    #expect(try await home.ctl("notes", "--export", "/dev/fd/1", "--json").output == text)
    let page = try await home.ctl("report", "--html", "-").output
    #expect(page.hasPrefix("<!") && page.hasSuffix("</html>\n"), "\(page)")
    let nowhere = try await home.ctl("notes", "--export", home.folder.path("nowhere/notes.md"))
    #expect(nowhere.status == 1 && nowhere.errors.contains("nowhere/notes.md"))
  }

  @Test("Forgotten notes are in no file any more; without a terminal there is no question")
  func forgotten() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    try await home.start()
    try await home.ctl("appreciate", secret)
    try await home.ctl("moment", "+", "We laughed")
    #expect(files(home, with: secret) != [])
    #expect(try await home.ctl("forget").status == EX_USAGE)
    #expect(try await home.ctl("forget", "--note", "1").status == EX_USAGE)
    #expect(try await home.ctl("forget", "--ritual", "goodbye-kis", "--yes").errors.contains("did you mean"))
    try home.folder.write("", to: "state/ritual/journal.sqlite.damaged-20250101-000000")
    let output = try await home.ctl("forget", "--note", "1", "--yes")
    #expect(output.status == 0, "\(output.errors)")
    #expect(output.output.contains("Erased: 1 note and the past of 0 reminders"))
    #expect(output.output.contains("rm ") && output.output.contains(".damaged-20250101-000000'*"))
    #expect(files(home, with: secret) == [])
    #expect(try await home.ask([Control.Note].self, "notes").map(\.text) == ["We laughed"])
    #expect(try await home.ctl("forget", "--everything", "--yes").status == 0)
    #expect(files(home, with: "We laughed") == [])
    home.daemon?.kill()
    try await home.start()
    #expect(try await home.ask([Control.Note].self, "notes").isEmpty)
  }

  @Test("Missing notes are not erased, and cause no question")
  func nothingToForget() async throws {
    let home = try Home()
    try await home.start()
    try await home.ctl("appreciate", secret)
    let missing = try await home.ctl("forget", "--note", "1", "--note", "99", "--yes")
    #expect(missing.status == 1 && missing.output == "")
    #expect(missing.errors == "ritualctl: there is no note 99; ritualctl notes has the numbers\n")
    #expect(try await home.ask([Control.Note].self, "notes").count == 1)
    let before = try await home.ctl("forget", "--before", "2020-01-01", "--yes")
    #expect(before.status == 0 && before.output == "There is nothing to erase\n")
    let terminal = try Tmux(
      "\(built("ritualctl")) forget --before 2020-01-01", in: home.folder, environment: home.environment)
    #expect(try await terminal.ending() == "There is nothing to erase\n[status 0]")
    for (words, text) in [
      (["--everything", "--note", "3"], "--note and --everything exclude each other"),
      (["--ritual", "x", "--note", "3"], "--note and --ritual exclude each other"),
      (["--since", "2026-11-08", "--before", "2026-11-01"], "--since 2026-11-08 is not before --before"),
      (["--since", "2026-11-08T10:00:00+05:00", "--before", "2026-11-08T05:00:00Z"], "is not before"),
      ([], "Say what: --note"),
    ] {
      let output = try await ChildProcess.run(
        built("ritualctl"), ["forget", "--yes"] + words, environment: home.environment)
      #expect(output.status == EX_USAGE && output.errors.contains(text), "\(words): \(output.errors)")
    }
  }

  @Test("An answer that is typed into the notification is kept and done; a preview keeps nothing")
  func typed() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(
      on: home.bus, capabilities: ["actions", "body", "inline-reply"])
    try await home.start()
    try home.configure(dueIn: 6, more: "reply = \"appreciation\"")
    let watch = try await Watch(home)
    try await watch.entry("shown")
    let shown = try await server.calls.next()
    guard case .list(let actions) = shown.arguments[5] else { throw RigError.waitedInVain("\(shown)") }
    #expect(actions.contains(.text("inline-reply")) && actions.contains(.text("Appreciate")))
    // Servers signal to everyone what was typed into any program's notification.
    server.emitReply(4711, "to somebody else, in a messenger")
    server.emitReply(1, secret)
    #expect(try await watch.entry("done").by == "notification")
    let notes = try await home.ask([Control.Note].self, "notes")
    #expect(notes.map(\.text) == [secret] && notes.map(\.ritual) == ["goodbye-kiss"])
    #expect(notes.map(\.kind) == ["appreciation"])
    #expect(try await home.ctl("test", "goodbye-kiss").status == 0)
    server.emitReply(2, "only a test")
    try server.synchronize()
    #expect(try await home.ask([Control.Note].self, "notes").count == 1)
    #expect(home.log?.all.contains { $0.contains("tea") } == false)
  }

  /// The files below the state folder that contain this text.
  private func files(_ home: Home, with text: String) -> [String] {
    home.folder.names(in: "state/ritual").filter {
      home.folder.read("state/ritual/\($0)")?.contains(text) ?? false
    }
  }
}

extension Home {
  /// Runs `ritualctl` with words on standard input.
  @discardableResult
  func say(_ words: String, _ arguments: String...) async throws -> Output {
    try await ChildProcess.run(built("ritualctl"), arguments, environment: environment, input: words)
  }
}
