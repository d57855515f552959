import Control
import DesktopRig
import FoundationEssentials
import Glibc
import InterfaceRig
import Testing

/// Guides in a real terminal and without one.
@Suite("A guide, end to end")
struct GuideTests {
  private func begin(_ arguments: String, _ home: Home) throws -> Tmux {
    try Tmux(
      "\"\(built("ritualctl"))\" begin \(arguments)", in: home.folder, environment: home.environment)
  }

  /// The time that a step's timer shows, of which every line begins with spaces: `  9:58`. How soon a busy
  /// machine looks at it is not known, so no test expects one exact time.
  private func remaining(on screen: String) -> Duration? {
    screen.split(separator: "\n").lazy.compactMap { line in
      let numbers = line.prefix { $0.isNumber || $0 == ":" || $0 == " " }.split(separator: ":")
        .map { Int($0.filter(\.isNumber)) }
      guard numbers.count == 2, let minutes = numbers[0], let seconds = numbers[1] else { return nil }
      return Duration.seconds(minutes * 60 + seconds)
    }.first
  }

  private func waitForTimer(below limit: Duration, on terminal: Tmux) async throws {
    try await terminal.screen("a timer below \(limit)") { remaining(on: $0).map { $0 < limit } ?? false }
  }

  /// The progress files; a missing folder has none.
  private func progress(_ home: Home) -> [String] { home.folder.names(in: "state/ritual/guides") }

  @Test(
    "A weekly state of us is walked through to its end: prompts, the clock, a note, and the reminder is done")
  func stateOfUs() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    try home.configure(dueIn: 6, more: "guide = \"state-of-us\"")
    try await home.start()
    let watch = try await Watch(home)
    try await watch.entry("shown")
    let terminal = try begin("goodbye-kiss", home)
    var screen = try await terminal.screen(with: "1 of 9")
    #expect(screen.contains("Settle in") && screen.contains("both of you"))
    #expect(try #require(remaining(on: screen)) <= .seconds(180))
    #expect(screen.contains("enter next · space pause · q leave"))

    try await terminal.press("Enter")
    screen = try await terminal.screen(with: "2 of 9")
    #expect(screen.contains("Five appreciations each"))
    let shown = try #require(remaining(on: screen))
    #expect(shown > .seconds(180) && shown <= .seconds(600))
    #expect(screen.split(separator: "\n").count { $0.hasPrefix("  * ") } == 3)
    // The timer runs, stops, and runs again.
    try await waitForTimer(below: shown, on: terminal)
    try await terminal.press("Space")
    let paused = try #require(remaining(on: try await terminal.screen(with: "paused")))
    try await terminal.press("Space")
    try await waitForTimer(below: paused, on: terminal)
    try await terminal.press("Left")
    try await terminal.screen(with: "Settle in")
    try await terminal.press("Right")
    // Prompts stay as they were drawn.
    let again = try await terminal.screen(with: "2 of 9")
    #expect(
      again.split(separator: "\n").filter { $0.hasPrefix("  * ") }
        == screen.split(separator: "\n").filter { $0.hasPrefix("  * ") })

    for place in 3...7 {
      try await terminal.press("Enter")
      screen = try await terminal.screen(with: "\(place) of 9")
      #expect(screen.split(separator: "\n", omittingEmptySubsequences: false).count <= 24)
    }
    #expect(screen.contains("n note"))
    try await terminal.press("n")
    try await terminal.screen(with: "Which step do you want to try this week?")
    try await terminal.press("A walk on Sunday", "BSpace", "y", "Enter")
    try await terminal.screen(with: "Kept.")
    for place in 8...9 {
      try await terminal.press("Enter")
      screen = try await terminal.screen(with: "\(place) of 9")
    }
    #expect(screen.contains("enter done"))
    try await terminal.press("Enter")
    let ending = try await terminal.ending()
    #expect(ending.contains("State of us  An hour well spent.") && ending.contains("[status 0]"))
    #expect(!ending.contains("enter done"), "the screen from before is back")

    #expect(try await watch.entry("done").by == "command")
    let notes = try await home.ask([Control.Note].self, "notes")
    #expect(
      notes.map(\.text) == ["A walk on Sunday".dropLast() + "y"] && notes.map(\.guide) == ["state-of-us"])
    #expect(progress(home).isEmpty)
    _ = server
  }

  @Test("A guide continues where it was left; r begins again")
  func leftAndResumed() async throws {
    let home = try Home()
    var terminal = try begin("appreciations", home)
    try await terminal.screen(with: "1 of 4")
    try await terminal.press("Enter")
    try await terminal.screen(with: "2 of 4")
    try await terminal.press("q")
    #expect(try await terminal.ending().contains("ritualctl begin appreciations picks up from here"))
    #expect(progress(home) == ["appreciations.json"])
    var status = stat()
    #expect(stat(home.folder.path("state/ritual/guides/appreciations.json"), &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    terminal = try begin("appreciations", home)
    let screen = try await terminal.screen(with: "2 of 4")
    #expect(screen.contains("You left off here. Press r to start over."))
    try await terminal.press("r")
    try await terminal.screen(with: "1 of 4")
    try await terminal.press("C-d")
    #expect(try await terminal.ending().contains("[status 0]"))
    terminal = try begin("appreciations --anew", home)
    try await terminal.screen(with: "1 of 4")
  }

  @Test(
    "A signal gives the terminal back, and what was reached is kept",
    arguments: [("INT", SIGINT), ("TERM", SIGTERM), ("HUP", SIGHUP), ("QUIT", SIGQUIT)])
  func ended(_ name: String, _ number: Int32) async throws {
    let home = try Home()
    // The shell prints the id of the process that it becomes.
    let terminal = try Tmux(
      "sh -c 'ulimit -c 0; echo $$ > \(home.folder.path("pid")); exec \"\(built("ritualctl"))\" begin listening'",
      in: home.folder, environment: home.environment)
    try await terminal.screen(with: "1 of 6")
    try await terminal.press("Enter")
    try await terminal.screen(with: "2 of 6")
    let told = try FoundationEssentials.Data(contentsOf: URL(filePath: home.folder.path("pid")))
    let pid = try #require(Int32(String(decoding: told, as: UTF8.self).dropLast()))
    kill(pid, number)
    let ending = try await terminal.ending()
    #expect(ending.contains("[status \(128 + number)]"))
    #expect(!ending.contains("2 of 6"), "the screen from before is back")
    #expect(progress(home) == ["listening.json"])
    // The typed text is echoed.
    try await terminal.press("hello")
    try await terminal.screen(with: "hello")
  }

  @Test("A terminal that becomes small scrolls, one without colour has none")
  func small() async throws {
    let home = try Home()
    let terminal = try begin("--no-color seeking-support", home)
    try await terminal.screen(with: "1 of 6")
    let plain = try await terminal.screen(colored: true)
    #expect(!plain.contains("\u{1b}[1m") && !plain.contains("\u{1b}[2m"))
    try await terminal.resize(columns: 40, rows: 10)
    var screen = try await terminal.screen(with: "q leave")
    while screen.split(separator: "\n", omittingEmptySubsequences: false).count > 10 {
      screen = try await terminal.screen()
    }
    try await terminal.screen(with: "First, about safety")
    for _ in 0..<20 { try await terminal.press("Down") }
    try await terminal.screen(with: "step to take.")
  }

  @Test("Without a terminal, Enter goes on; a line is a note")
  func plain() async throws {
    let home = try Home()
    try await home.start()
    let output = try await home.say("\n\n\nYour laugh in the kitchen\n\n", "begin", "appreciations")
    #expect(output.status == 0, "\(output.errors)")
    #expect(output.output.contains("1 of 4  Think first") && output.output.contains("both of you, 2min"))
    #expect(output.output.contains("Kept") && output.output.contains("Ten good things, said out loud."))
    #expect(!output.output.contains("\u{1b}"))
    // The first three steps ask for none.
    let notes = try await home.ask([Control.Note].self, "notes")
    #expect(notes.map(\.text) == ["Your laugh in the kitchen"])
    let cut = try await home.say("\n", "begin", "appreciations")
    #expect(cut.status == 0 && cut.output.contains("picks up from here within a day"))
  }

  @Test("q leaves at once, in every mode", arguments: ["", "--plain", "--plain --no-color"])
  func left(mode: String) async throws {
    for key in ["q", "Q"] {
      let home = try Home()
      let terminal = try begin("\(mode) seeking-support", home)
      try await terminal.screen(with: "First, about safety")
      try await terminal.screen(with: "q leave")
      try await terminal.press(key)
      let ending = try await terminal.ending()
      #expect(
        ending.contains("ritualctl begin seeking-support picks up from here") && ending.contains("[status 0]")
      )
      #expect(!ending.contains("2 of 6"), "\(ending)")
      // The typed text is echoed.
      try await terminal.press("hello")
      try await terminal.screen(with: "hello")
    }
  }

  @Test("q leaves while a clock runs, and from where a note is asked for line by line")
  func leftLater() async throws {
    let home = try Home()
    var terminal = try begin("--anew appreciations", home)
    // Keys pressed before the terminal is ready are lost.
    try await terminal.screen(with: "1 of 4")
    try await terminal.press("Enter")
    try await terminal.screen(with: "2 of 4")
    try await terminal.press("q")
    #expect(try await terminal.ending().contains("picks up from here"))
    terminal = try begin("--anew --plain appreciations", home)
    for place in 1...3 {
      try await terminal.screen(with: "\(place) of 4")
      try await terminal.press("Enter")
    }
    try await terminal.screen(with: "for your eyes only")
    try await terminal.press("q", "Enter")
    let ending = try await terminal.ending()
    #expect(ending.contains("picks up from here") && !ending.contains("Kept"))
  }

  @Test("A signal ends a walk line by line, also while a note is being written", arguments: [1, 4])
  func plainSignal(step: Int) async throws {
    let home = try Home()
    let terminal = try Tmux(
      "sh -c 'echo $$ > \(home.folder.path("pid")); exec \"\(built("ritualctl"))\" begin --plain appreciations'",
      in: home.folder, environment: home.environment)
    for place in 1..<step {
      try await terminal.screen(with: "\(place) of 4")
      try await terminal.press("Enter")
    }
    try await terminal.screen(with: step == 1 ? "q leaves" : "for your eyes only")
    kill(try #require(home.folder.read("pid").flatMap { Int32($0.dropLast()) }), SIGINT)
    #expect(try await terminal.ending().contains("[status 130]"))
    // The typed text is echoed.
    try await terminal.press("hello")
    try await terminal.screen(with: "hello")
  }

  @Test(
    "A line with q alone leaves, where lines come from a pipe",
    arguments: ["q\n", "\n q \n", "\n\nQ", "\n\n\nq\n\n\n"])
  func leftByLine(words: String) async throws {
    let home = try Home()
    let output = try await home.say(words, "begin", "appreciations")
    #expect(output.status == 0 && output.output.contains("picks up from here within a day"))
    let steps = words.prefix { $0 != "q" && $0 != "Q" }.count { $0 == "\n" } + 1
    #expect(output.output.contains("\(steps) of 4") && !output.output.contains("\(steps + 1) of 4"))
  }

  @Test("Guides are listed; an unknown name is reported with the one that was meant")
  func named() async throws {
    let home = try Home()
    let list = try await home.ctl("begin").output
    for name in ["state-of-us", "timeout", "seeking-support"] { #expect(list.contains(name)) }
    let wrong = try await home.ctl("begin", "state-of-su")
    #expect(wrong.status == 1)
    #expect(wrong.errors == "ritualctl: there is no guide state-of-su; did you mean state-of-us?\n")
    #expect(try await home.ctl("begin", "goodbye-kiss").errors == "ritualctl: goodbye-kiss has no guide\n")
  }

  @Test("The Begin button opens the guide in the user's terminal, and the reminder is done")
  func button() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    _ = try home.folder.makeFolder("bin")
    let told = home.folder.path("told")
    try home.folder.write(
      "#!/bin/sh\necho \"$@\" > \(told).new\nexec mv \(told).new \(told)\n", to: "bin/xdg-terminal-exec",
      mode: 0o755)
    try home.configure(dueIn: 6, more: "guide = \"reunion\"")
    try await home.start(["PATH": home.folder.path("bin") + ":" + searchPath])
    let watch = try await Watch(home)
    try await watch.entry("shown")
    let call = try await server.calls.next()
    guard case .list(let actions) = call.arguments[5] else { throw RigError.waitedInVain("\(call)") }
    #expect(actions.prefix(4) == [.text("default"), .text("Begin"), .text("begin"), .text("Begin")])
    server.emitAction(1, "begin")
    #expect(try await watch.entry("done").by == "notification")
    while !home.folder.names(in: "").contains("told") {}
    let words = try String(
      decoding: FoundationEssentials.Data(contentsOf: URL(filePath: told)), as: UTF8.self)
    #expect(words == "\(try built("ritualctl")) begin reunion\n")
    #expect(try await home.ask(State.self, "status").guideFailure == nil)
  }

  /// The body and the actions of a notification that says what to type.
  private static let typed = BusValue.text(
    "Six seconds, before the door.\n(In a terminal: ritualctl begin goodbye-kiss)")
  private static let answers = ["default", "Done", "done", "Done"].map { BusValue.text($0) }

  private func notification(
    _ server: FakeNotificationServer, where isWanted: (FakeNotificationServer.Call) -> Bool = { _ in true }
  ) async throws -> FakeNotificationServer.Call {
    while true {
      let call = try await server.calls.next()
      if call.method == "Notify", isWanted(call) { return call }
    }
  }

  private func expectTyped(_ call: FakeNotificationServer.Call) {
    #expect(call.arguments[4] == Self.typed)
    let actions = if case .list(let actions) = call.arguments[5] { actions } else { [] as [BusValue] }
    #expect(Array(actions.prefix(4)) == Self.answers)
  }

  @Test("Without a known terminal the notification says what to type, a click is Done, and status says why")
  func noTerminal() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    try home.configure(dueIn: 6, more: "guide = \"reunion\"")
    try await home.start(["PATH": home.folder.path])
    let status = try await home.ctl("status").output
    #expect(status.contains("no terminal is found; install one, or name yours: "))
    let watch = try await Watch(home)
    try await watch.entry("shown")
    expectTyped(try await notification(server))
    server.emitAction(1, "default")
    #expect(try await watch.entry("done").by == "notification")
    // A terminal is found after a reload.
    try home.folder.write("#!/bin/sh\n", to: "xterm", mode: 0o755)
    try await home.ctl("reload")
    #expect(try await home.ask(State.self, "status").guideFailure == nil)
  }

  @Test("Where no ritual has a guide, no terminal is missed")
  func noGuide() async throws {
    let home = try Home()
    try home.configure(dueIn: 600)
    try await home.start(["PATH": home.folder.path])
    #expect(try await home.ask(State.self, "status").guideFailure == nil)
  }

  @Test("In its sandbox, the daemon asks outside of it whether a terminal is there")
  func noTerminalOutside() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    let path = home.folder.path("guide")
    let opener = try AnsweringSocket(at: path, reply: "no terminal", end: UInt8(ascii: "\n"))
    try home.configure(dueIn: 6, more: "guide = \"reunion\"")
    try await home.start(["RITUALD_GUIDE_SOCKET": path])
    // It may be shown before the answer is there, and is sent again then.
    expectTyped(try await notification(server) { $0.arguments[4] == Self.typed })
    #expect(try await home.ask(State.self, "status").guideFailure != nil)
    withExtendedLifetime(opener) {}
  }

  @Test(
    "Where no window opens at a press, the reminder stays open, and comes again with what to type",
    arguments: [nil, "unknown", ""])
  func noWindow(_ answer: String?) async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    let path = home.folder.path("guide")
    let opener = try answer.map { try AnsweringSocket(at: path, reply: $0, end: UInt8(ascii: "\n")) }
    try home.configure(dueIn: 6, more: "guide = \"reunion\"")
    try await home.start(["RITUALD_GUIDE_SOCKET": path])
    let watch = try await Watch(home)
    try await watch.entry("shown")
    _ = try await notification(server)
    server.emitAction(1, "default")
    expectTyped(try await notification(server))
    try await watch.entry("shown")
    #expect(try await home.ask(State.self, "status").reminders.map(\.phase) == ["shown"])
    server.emitAction(2, "default")
    #expect(try await watch.entry("done").by == "notification")
    let log = try await home.ask([Control.Entry].self, "log")
    #expect(log.map(\.what) == ["due", "shown", "shown", "done"])
    withExtendedLifetime(opener) {}
  }

  @Test("A sound is asked of the notification server when a step's time is over, where one was named")
  func sound() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    _ = try home.folder.makeFolder("data/ritual")
    _ = try home.folder.makeFolder("data/ritual/guides")
    try home.folder.write(
      "title = \"Short\"\nstrategy = \"growth\"\n[[step]]\ntitle = \"One\"\ntext = \"Talk.\"\ntimer = \"1s\"\n",
      to: "data/ritual/guides/short.toml")
    try await home.start()
    while try await home.ask(State.self, "status").server == nil {}
    let terminal = try begin("--sound bell short", home)
    try await terminal.screen(with: "Time is up.")
    let call = try await server.calls.next()
    guard case .map(let hints) = call.arguments[6] else { throw RigError.waitedInVain("\(call)") }
    #expect(hints["sound-name"] == .text("bell") && call.arguments[3] == .text("Short"))
  }
}
