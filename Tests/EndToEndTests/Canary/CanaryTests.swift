import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing

/// A word in every place that can have one, every function of the program, and a search of every exit.
@Suite("The canary")
struct CanaryTests {
  let words: CanaryWords
  /// The test's own files, which are no exit.
  let inputs: TemporaryFolder
  let home: Home
  let manager: FakeServiceManager
  let system: PrivateBus
  let logind: FakeLogind
  let monitor: BusMonitor
  let systemMonitor: BusMonitor
  var server: FakeNotificationServer
  var exits: CanaryExits
  /// True if a process may trace another one's system calls here.
  let canTrace: Bool
  /// The unique names of notification servers.
  var servers: Set<String> = []
  var lastMark = 0

  init() async throws {
    words = CanaryWords(seed: UInt64(time(nil)))
    inputs = try TemporaryFolder()
    home = try Home()
    try home.plant(words)
    try home.plantInputs(words, in: inputs)
    manager = try FakeServiceManager(in: inputs)
    system = try PrivateBus(in: inputs)
    logind = try FakeLogind(on: system)
    monitor = try await BusMonitor(on: home.bus)
    systemMonitor = try await BusMonitor(on: system)
    server = try FakeNotificationServer(
      on: home.bus, capabilities: ["actions", "body", "body-markup", "inline-reply"])
    servers = [server.uniqueName]
    exits = CanaryExits(words)
    let trial = try await ChildProcess.run(
      find("strace", package: "strace"), ["-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "true"],
      environment: ["PATH": searchPath])
    canTrace = trial.status == 0
  }

  @Test("No word of a user's leaves the places that are for it", .limitsFiles)
  mutating func sings() async throws {
    do {
      try await start()
      try await answer()
      try await runCommands()
      try await editAndFollow()
      try await beDiscreet()
      try await lock()
      try await echo()
      try await mistake()
      try await restart()
      try await damage()
      try await fill()
      try await forget()
      try await look()
    } catch {
      Issue.record("\(error); the daemon said last: \(home.log?.all.suffix(9) ?? [])")
    }
    report()
  }

  /// The daemon's environment beside the home's own.
  var environment: [String: String] {
    [
      "DBUS_SYSTEM_BUS_ADDRESS": system.place, "NOTIFY_SOCKET": manager.path, "RITUALD_LOG": "info",
      "TMPDIR": home.folder.path("temporary"),
      // It has no other terminal than the one of the test.
      "PATH": inputs.path("bin"),
    ]
  }

  /// A command that records the programs that are started from it, with their environments, and every socket.
  func traced(_ name: String) -> [String] {
    guard canTrace else { return [] }
    return [
      "strace", "-D", "-f", "--seccomp-bpf", "-qq", "-v", "-s", "65536", "-e",
      "trace=execve,socket", "-A", "-o",
      inputs.path("trace-\(name)"), "--",
    ]
  }

  private func start() async throws {
    _ = try inputs.makeFolder("bin")
    try inputs.write(
      "#!/bin/sh\n: >\(inputs.path("opened"))\n", to: "bin/xdg-terminal-exec", mode: 0o700)
    try await home.start(environment, through: traced("1"))
  }

  /// Shows reminders, answers one with a text, and opens another one's guide in a terminal.
  private func answer() async throws {
    let watch = try await Watch(home)
    while try await watch.entry("shown").ritual != words[.id] {}
    while try await !home.ask([Control.Note].self, "notes").contains(where: {
      $0.text.contains(words[.reply])
    }) {
      for number in 1...50 { server.emitReply(UInt32(number), "For \(words[.reply])") }
    }
    while !inputs.names(in: "").contains("opened") {
      for number in 1...50 { server.emitAction(UInt32(number), "begin") }
      _ = try await home.ctl("status")
    }
  }

  private func runCommands() async throws {
    let table = canaryCommands(words, home, inputs)
    let known = try await CommandTree.leaves(inputs).map(\.name)
    #expect(Set(known) == Set(table.map(\.name)), "the canary does not know a command, or one is gone")
    for (name, uses) in table {
      for use in uses { try await call(name, use) }
    }
    // In a home without a configuration.
    let fresh = ["XDG_CONFIG_HOME": home.folder.path("fresh")]
    try await call("init", .init("--preset", words[.presetName], "--yes"), fresh)
  }

  private func call(_ name: String, _ use: CanaryUse, _ more: [String: String] = [:]) async throws {
    let words = traced("of-commands") + [try built("ritualctl")]
    let output = try await ChildProcess.run(
      words[0], words.dropFirst() + name.split(separator: " ").map(String.init) + use.arguments,
      environment: home.environment.merging(more) { $1 }, input: use.input)
    guard let succeeds = use.succeeds else { return }
    #expect((output.status == 0) == succeeds, "\(name) \(use.arguments): \(output.output)\(output.errors)")
  }

  /// The commands that run for long, or need a terminal.
  private mutating func editAndFollow() async throws {
    try await call("add", .init("Edited", "--at", "23:57"))
    let terminal = try Tmux(
      "EDITOR='\(inputs.path("editor"))' '\(built("ritualctl"))' edit edited", in: inputs, columns: 200,
      environment: home.environment)
    #expect(try await terminal.ending().hasSuffix("[status 0]"))
    for name in ["watch", "bar"] {
      let lines = try LineReader(name)
      let process = try ChildProcess(
        built("ritualctl"), [name], environment: home.environment, output: lines.writing)
      lines.closeWritingEnd()
      _ = try await lines.next()
      exits.look(atProcess: process.pid)
      process.end()
    }
  }

  /// A mark between the messages on the buses before and after it.
  mutating func mark() throws -> Int {
    lastMark += 1
    server.emitActivationToken(0, "mark-\(lastMark).")
    try server.synchronize()
    return lastMark
  }

  /// The messages on the session's bus between two marks.
  private func messages(_ first: Int, _ last: Int) async throws -> [BusMonitor.Message] {
    let messages = try await monitor.messages(upTo: "mark-\(last).")
    let place = { (mark: Int) in messages.firstIndex { $0.text.contains("mark-\(mark).") } ?? messages.count }
    return Array(messages[place(first)..<place(last)])
  }

  /// Waits until each ritual has come and was shown again; or only the private one, which a lock does not
  /// hold.
  func showAll(isLocked: Bool = false) async throws {
    let watch = try await Watch(home)
    let now = Double(time(nil)) + 1
    var missing: Set = isLocked ? [words[.privateID]] : [words[.id], words[.privateID], "guided"]
    while !missing.isEmpty {
      let entry = try await watch.entry("shown")
      if entry.scheduled.unix > now { missing.remove(entry.ritual) }
    }
  }

  /// Plays a sound, as a guide's timer does.
  private func ring() async throws {
    let socket = try RawSocket(home.folder.path("run/ritual/control.sock"))
    let parameters = "{\"title\":\"\(words[.guideTitle])\",\"sound\":\"bell\"}"
    socket.send(Array("{\"method\":\"io.ritual.Control.Ring\",\"parameters\":\(parameters)}\0".utf8))
    #expect(await socket.next()?.contains("error") == false)
  }

  /// Presses Begin without a terminal: a notification must give the command to type.
  func beginWithoutTerminal(refusal: String? = nil) async throws {
    try inputs.rename("bin/xdg-terminal-exec", to: "terminal")
    let count = { home.log?.all.count { $0.contains("No terminal is found") } ?? 0 }
    let before = count()
    while count() == before {
      server.refusal = nil
      try await showAll()
      server.refusal = refusal
      for number in 1...200 { server.emitAction(UInt32(number), "begin") }
      _ = try await home.ctl("status")
    }
    try inputs.rename("terminal", to: "bin/xdg-terminal-exec")
    // The daemon looks again, and offers Begin.
    _ = try await home.ctl("reload")
  }

  /// Answers all reminders, so that the next one is a new notification with its own hints.
  private func answerAll() async throws {
    for id in [words[.id], words[.privateID], "guided"] { try await call("done", .answer(id)) }
  }

  private mutating func beDiscreet() async throws {
    try await call("discreet", .init("on"))
    try await showAll()
    let first = try mark()
    try await call("test", .init(words[.id]))
    try await ring()
    try await beginWithoutTerminal()
    try await answerAll()
    try await showAll()
    exits.look(
      atQuiet: try await messages(first, try mark()), servers: servers, .discreetWords, .discreetHint)
    try await call("discreet", .init("off"))
  }

  private mutating func lock() async throws {
    logind.set("LockedHint", true)
    while try await !home.ask(State.self, "status").session.contains(where: {
      $0.name == "locked" && $0.state == "yes"
    }) {}
    try await showAll(isLocked: true)
    let first = try mark()
    try await ring()
    try await answerAll()
    try await showAll(isLocked: true)
    exits.look(
      atQuiet: try await messages(first, try mark()), servers: servers, .lockedWords, .lockedHint)
    logind.unlock()
    logind.set("LockedHint", false)
  }
}
