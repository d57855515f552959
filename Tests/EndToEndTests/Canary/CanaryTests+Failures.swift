import Control
import DesktopRig
import Glibc
import Testing

/// The failures, and the search of the exits at the end.
extension CanaryTests {
  /// A server that repeats its input, as an error and as its own name.
  mutating func echo() async throws {
    server.refusalText = nil
    try await beginWithoutTerminal(refusal: "org.freedesktop.DBus.Error.Failed")
    try await Watch(home).entry("undelivered")
    _ = try await home.ctl("test", words[.id])
    let name = "Server of \(words[.server])"
    server.die()
    server = try FakeNotificationServer(on: home.bus, capabilities: ["actions", "body"], name: name)
    servers.insert(server.uniqueName)
    while try await home.ask(State.self, "status").server?.name != name {}
    try await showAll()
  }

  /// A configuration, decks and calendars in which everything is wrong.
  func mistake() async throws {
    try home.plantMistakes(words)
    _ = try await home.ctl("reload")
    _ = try await home.ctl("check")
    home.daemon?.signal(SIGHUP)
    while try await home.ask(State.self, "status").problems.count < 4 {}
    unlink(home.folder.path("config/ritual/ritual.d/\(words[.dropInName]).toml"))
    try home.configure(home.canaryConfiguration(words, crowd: 5))
    _ = try await home.ctl("reload")
    try await showAll()
  }

  /// Kills the daemon while it shows reminders and starts it again, with the system's journal if possible.
  /// Another process tries an event first, as after a crash during its reading.
  mutating func restart() async throws {
    exits.look(atProcess: try #require(home.daemon?.pid))
    home.daemon?.kill()
    try lookAtLog()
    try home.folder.write(
      "\(words[.eventFile]).ics\0", to: "state/ritual/calendars/\(words[.calendarName])")
    if try await Home.canMount {
      let journald = try FakeJournald(in: inputs)
      try await home.start(environment, through: traced("2") + (try journald.wrapper), until: nil)
      try await journald.entry(with: "MESSAGE=Ready")
      try await showAll()
      try home.plantMistakes(words)
      _ = try await home.ctl("reload")
      try home.configure(home.canaryConfiguration(words))
      _ = try await home.ctl("reload")
      exits.look(at: journald.entries, .log)
    } else {
      print("No folder can be mounted here: the fields of the system's journal were not looked at")
      try await home.start(environment, through: traced("2"))
    }
    home.daemon?.kill()
    try lookAtLog()
  }

  /// A journal in which bytes were overwritten.
  mutating func damage() async throws {
    let path = home.folder.path("state/ritual/journal.sqlite")
    let file = open(path, O_WRONLY | O_CLOEXEC)
    let noise = Array(repeating: UInt8(0x5a), count: 4096)
    for page in 0..<3 { _ = pwrite(file, noise, noise.count, off_t(page * 4096)) }
    close(file)
    try await home.start(environment, through: traced("3"))
    #expect(home.folder.names(in: "state/ritual").contains { $0.contains("damaged") })
    _ = try await home.ctl("status")
    home.daemon?.end()
    try lookAtLog()
  }

  /// A disk that is full.
  mutating func fill() async throws {
    try await home.start(environment, fileLimit: 140_000)
    for number in 1...200 where try await home.ask(State.self, "status").journalFailure == nil {
      _ = try await home.say(
        "\(number) \(words[.moment]) " + String(repeating: "kind ", count: 600), "moment", "-", "-")
    }
    #expect(try await home.ask(State.self, "status").journalFailure != nil, "the disk was never full")
    try await home.liftFileLimit()
    try await showAll()
  }

  /// Forgotten notes are in no file of the journal any more, except in the one that was set aside.
  mutating func forget() async throws {
    let output = try await home.ctl("forget", "--everything", "--yes")
    #expect(output.status == 0, "\(output.errors)")
    for name in home.folder.names(in: "state/ritual")
    where name.hasPrefix("journal.sqlite") && !name.contains("damaged") {
      let found = words.places(in: home.folder.read("state/ritual/\(name)") ?? "")
      #expect(found.isDisjoint(with: [.reply, .appreciation, .moment, .guideNote]), "\(name): \(found)")
    }
    exits.look(atProcess: try #require(home.daemon?.pid))
    home.daemon?.end()
    try lookAtLog()
  }

  /// Searches the log at the end of a daemon's life.
  private mutating func lookAtLog() throws {
    exits.look(at: try #require(home.log?.all), .log)
  }

  /// Searches everything that is left behind.
  mutating func look() async throws {
    let last = try mark()
    let messages = try await monitor.messages(upTo: "mark-\(last).")
    var sung: Set<CanaryWords.Place> = []
    for message in messages where message.field("member") == "Notify" {
      sung.formUnion(words.places(in: message.text))
    }
    // Otherwise this test would prove nothing.
    #expect(sung.isSuperset(of: [.title, .message, .prompt]))
    exits.look(atBus: messages, servers: servers)
    exits.look(atBus: systemMonitor.messages, servers: [])
    exits.look(at: manager.all, .status)
    #expect(manager.all.contains { $0.contains("STATUS=Next") })
    exits.look(atFilesOf: home.folder)
    for folder in ["/tmp", "/var/tmp", "/dev/shm"] { exits.look(atSharedFolder: folder) }
    try lookAtTraces()
    #expect(home.folder.names(in: "temporary").isEmpty)
  }

  /// Searches the programs that the daemon started, and the sockets that both programs created.
  private mutating func lookAtTraces() throws {
    guard canTrace else {
      return print(
        "Nobody may trace here: what the daemon starts, and the sockets of both, were not looked at")
    }
    for name in ["1", "2", "3", "of-commands"] {
      let lines = try #require(inputs.read("trace-\(name)")).split(separator: "\n").map(String.init)
      #expect(lines.contains { $0.contains("socket(AF_UNIX") }, "trace \(name)")
      let others = lines.filter { $0.contains(" socket(") && !$0.contains("socket(AF_UNIX") }
      #expect(others.isEmpty, "a socket that is not local")
      // Every user can see the user's own command line.
      if name != "of-commands" { exits.look(at: lines, .process) }
    }
  }

  func report() {
    print("The canary's seed: \(words.seed)")
    for sighting in exits.sightings.sorted(by: { $0.description < $1.description })
    where !KnownLeak.all.contains(where: { $0.holds(sighting) }) {
      Issue.record("\(sighting)")
    }
    for known in KnownLeak.all {
      let count = exits.sightings.count(where: known.holds)
      print("Known: \(known.reason) (\(known.exit), \(count) times)")
    }
  }
}
