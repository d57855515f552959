import Control
import DesktopRig
import Glibc
import Testing

/// An editor that writes the next of prepared texts at each call, and a terminal.
@Suite("ritualctl edit")
struct EditTests {
  let home: Home

  init() async throws { home = try await ChangesTests.home() }

  /// Opens the editor on `kiss`; each text replaces the file in one visit.
  private func edit(_ texts: [String], leaving status: Int = 0, meanwhile: String = ":") throws -> Tmux {
    for (number, text) in texts.enumerated() { try home.folder.write(text, to: "text-\(number + 1)") }
    let folder = home.folder.path
    try home.folder.write(
      """
      #!/bin/sh
      visit=$(($(cat \(folder)/visit 2>/dev/null || echo 0) + 1))
      echo $visit > \(folder)/visit
      cat \(folder)/text-$visit > "$1"
      \(meanwhile)
      exit \(status)

      """, to: "editor", mode: 0o700)
    let environment = home.environment.merging(["EDITOR": folder + "/editor"]) { $1 }
    return try Tmux(
      "\(built("ritualctl")) edit kiss", in: home.folder, columns: 120, environment: environment)
  }

  private var file: String? { ChangesTests.file(home) }
  private var drafts: [String] { home.folder.names(in: "state/ritual/drafts") }
  private static let good = ChangesTests.text.replacing("Mon..Fri 08:05", with: "08:30")
  private static let bad = ChangesTests.text.replacing("Mon..Fri 08:05", with: "25:00").replacing(
    "title = \"Long hug\"", with: "titel = \"Long hug\"")

  @Test("Every mistake is shown, it can be edited again, and what is good is saved and in force")
  func again() async throws {
    let terminal = try edit([Self.bad, Self.good])
    let screen = try await terminal.screen(with: "or drop what you wrote (d)?")
    #expect(screen.contains("ritual.toml:4:13: ritual.kiss.schedule: "), "\(screen)")
    #expect(screen.contains("  schedule = \"25:00\"  # before the door\n              ^"), "\(screen)")
    #expect(screen.contains("mean \"title\"?"), "\(screen)")
    #expect(screen.contains("3 mistakes, so nothing was saved"), "\(screen)")
    #expect(file == ChangesTests.text)
    try await terminal.press("e", "Enter")
    let end = try await terminal.ending()
    #expect(end.contains("kiss: saved\n"), "\(end)")
    #expect(end.hasSuffix("[status 0]"))
    #expect(file == Self.good)
    #expect(drafts.isEmpty)
    #expect(try await home.ask([Control.Ritual].self, "list").first?.normalized == ["*-*-* 08:30:00"])
  }

  @Test("A discarded edit leaves nothing behind")
  func drop() async throws {
    let terminal = try edit([Self.bad])
    try await terminal.screen(with: "or drop what you wrote (d)?")
    #expect(drafts.count == 1)
    try await terminal.press("d", "Enter")
    let end = try await terminal.ending()
    #expect(end.contains("ritualctl: dropped; "))
    #expect(end.hasSuffix("[status 1]"))
    #expect(file == ChangesTests.text)
    #expect(drafts.isEmpty)
  }

  @Test("The edited text stays if there is no answer, the editor fails, or the file was changed meanwhile")
  func kept() async throws {
    for way in ["nobody", "failure", "changed"] {
      unlink(home.folder.path("visit"))
      let text = way == "nobody" ? Self.bad : Self.good
      let terminal = try edit(
        [text], leaving: way == "failure" ? 3 : 0,
        meanwhile: way == "changed"
          ? "echo '# meanwhile' >> \(home.folder.path("config/ritual/ritual.toml"))" : ":")
      if way == "nobody" {
        try await terminal.screen(with: "or drop what you wrote (d)?")
        try await terminal.press("C-d")
      }
      let end = try await terminal.ending()
      let folder = home.folder.path("state/ritual/drafts")
      #expect(end.contains("What you wrote is in \(folder)/kiss-"), "\(way): \(end)")
      #expect(way == "changed" || end.contains("nothing was saved"), "\(way): \(end)")
      #expect(end.hasSuffix("[status 1]"), "\(way)")
      #expect(file == ChangesTests.text + (way == "changed" ? "# meanwhile\n" : ""), "\(way)")
      let path = "\(folder)/\(try #require(drafts.first))"
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
      #expect(home.folder.read("state/ritual/drafts/\(drafts[0])") == text, "\(way)")
      unlink(path)
    }
  }

  @Test("The path of the edited text is shown before Ctrl-C")
  func interrupted() async throws {
    let terminal = try edit([Self.bad])
    let screen = try await terminal.screen(with: "or drop what you wrote (d)?")
    let draft = try #require(drafts.first)
    #expect(
      screen.contains("What you wrote is in \(home.folder.path("state/ritual/drafts/\(draft)"))\n"),
      "\(screen)")
  }

  @Test("An editor that was given up changes nothing: an empty file, none, or an editor that failed")
  func givenUp() async throws {
    for (text, meanwhile, reason) in [
      (" \n", ":", "the file is empty; to remove the ritual: ritualctl remove kiss"),
      ("x", "rm \"$1\"", "the editor left no file"),
    ] {
      unlink(home.folder.path("visit"))
      let end = try await edit([text], meanwhile: meanwhile).ending()
      #expect(end == "ritualctl: nothing was changed: \(reason)\n[status 1]")
      #expect(file == ChangesTests.text && drafts.isEmpty)
    }
    let failed = try Tmux(
      "EDITOR=false \(built("ritualctl")) edit kiss", in: home.folder, environment: home.environment)
    #expect(
      try await failed.ending() == "ritualctl: nothing was changed: false ended with status 1\n[status 1]")
    #expect(drafts.isEmpty)
  }

  @Test("Without $EDITOR the first usual editor is started, at the ritual's line")
  func usual() async throws {
    let folder = try home.folder.makeFolder("bin")
    // The editor's name tells whether it accepts a line number, also through a link.
    try home.folder.write("#!/bin/sh\necho \"$0 $1\"\n", to: "bin/vim.basic", mode: 0o700)
    for (name, words) in [("vi", "+6"), ("nano", "+6"), ("editor", "+6")] {
      symlink("vim.basic", "\(folder)/\(name)")
      let terminal = try Tmux(
        "PATH=\(folder) \(built("ritualctl")) edit hug", in: home.folder, columns: 120,
        environment: home.environment)
      #expect(
        try await terminal.ending() == "\(folder)/\(name) \(words)\nhug: nothing changed\n[status 0]")
    }
  }

  @Test("Nothing changed is said, and without an editor what to do")
  func nothing() async throws {
    let end = try await edit([ChangesTests.text]).ending()
    #expect(end == "kiss: nothing changed\n[status 0]")
    #expect(drafts.isEmpty)
    let none = try Tmux(
      "PATH=/none \(built("ritualctl")) edit kiss", in: home.folder, columns: 200,
      environment: home.environment)
    #expect(
      try await none.ending() == """
        ritualctl: neither VISUAL nor EDITOR names an editor, and there is neither editor, nano nor vi; set one of them, as in \
        EDITOR=nano, or use: ritualctl set kiss KEY=VALUE
        [status 1]
        """)
  }
}
