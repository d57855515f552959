import CSQLite
import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing
import ZoneRig

/// Private words must not be in the log or in the hints of notifications, and nothing of them must remain
/// after deletion.
@Suite("Private words, end to end")
struct PrivateWordsTests {
  @Test("Names of decks and guides, and what a server says back, are in the log at debug level alone")
  func log() async throws {
    for level in ["info", "trace"] {
      let home = try Home()
      let server = try FakeNotificationServer(on: home.bus)
      _ = try home.folder.makeFolder("data/ritual")
      for name in ["decks", "guides"] { _ = try home.folder.makeFolder("data/ritual/\(name)") }
      try home.folder.write(
        "title = \"Talk\"\nstrategy = \"growth\"\n[[step]]\ntitle = \"T\"\ntext = \"T\"\n",
        to: "data/ritual/guides/my-affair.toml")
      try home.folder.write("title = 7\n", to: "data/ritual/decks/my-affair.toml")
      try home.configure(dueIn: 6, more: "guide = \"my-affair\"\ndeck = \"my-affair\"")
      try await home.start(["PATH": home.folder.path, "RITUALD_LOG": level])
      let watch = try await Watch(home)
      try await watch.entry("shown")
      // No terminal is there, so that this is done at once.
      server.emitAction(1, "default")
      #expect(try await watch.entry("done").by == "notification")
      server.refusal = "org.example.affair"
      server.refusalText = nil
      let ring = #"{"method":"io.ritual.Control.Ring","parameters":{"title":"My affair","sound":"bell"}}"#
      let client = try RawSocket(home.folder.path("run/ritual/control.sock"))
      client.send(Array(ring.utf8) + [0])
      _ = try await home.log?.next { $0.contains("A notification cannot be shown") }
      home.daemon?.signal(SIGTERM)
      _ = try await home.log?.next { $0.contains("Stopped") }
      let lines = home.log?.all ?? []
      #expect(lines.contains { $0.contains("a file in decks:1:") })
      // The other level proves that the words would be seen.
      #expect(lines.contains { $0.contains("affair") } == (level != "info"), "\(lines)")
    }
  }

  @Test("A notification's tag says nothing of its ritual, and stays the same across restarts")
  func tags() async throws {
    let home = try Home()
    let first = try FakeNotificationServer(on: home.bus)
    try home.configure(dueIn: 6)
    try await home.start()
    let watch = try await Watch(home)
    try await watch.entry("shown")
    let tag = try await tag(of: first)
    #expect(tag.utf8.count == 36 && !tag.contains("kiss"))
    home.daemon?.kill()
    first.die()
    let second = try FakeNotificationServer(on: home.bus)
    try await home.start()
    #expect(try await self.tag(of: second) == tag)
  }

  /// The tag of the next notification that a server is sent.
  private func tag(of server: FakeNotificationServer) async throws -> String {
    let call = try await server.calls.next()
    guard case .map(let hints) = call.arguments[6], case .text(let tag)? = hints["x-dunst-stack-tag"] else {
      throw RigError.waitedInVain("a tag in \(call)")
    }
    for argument in [call.arguments[0], call.arguments[2], .map(hints)] {
      #expect(!"\(argument)".contains("goodbye"))
    }
    return tag
  }

  @Test("Forgetting everything erases what was kept beside the journal; nothing less does, and nothing more")
  func forgotten() async throws {
    let home = try Home()
    try await home.start()
    let secret = "a word that nobody is to find"
    let files = [
      "conflicts/20261127T080500-0a1b2c3d.ics", "conflicts/.20261127.ics.swp", "drafts/kiss-1x2y3z.toml",
      "drafts/kiss-1x2y3z.toml~", "guides/state-of-us.json",
    ]
    for folder in ["conflicts", "drafts", "guides"] {
      _ = try? home.folder.makeFolder("state/ritual/\(folder)")
    }
    for file in files { try home.folder.write(secret, to: "state/ritual/\(file)") }
    // A name need not be UTF-8.
    let drafts = home.folder.path("state/ritual/drafts/")
    let odd = (Array(drafts.utf8) + [0xff, 0]).map { CChar(truncatingIfNeeded: $0) }
    close(creat(odd, 0o600))
    // A link is removed, its target stays.
    let elsewhere = try home.folder.write("theirs", to: "elsewhere.ics")
    symlink(elsewhere, home.folder.path("state/ritual/conflicts/link.ics"))
    let paths = (files + ["conflicts/link.ics"]).map { home.folder.path("state/ritual/\($0)") }
    let since = try await home.ask(ForgetReply.self, "forget", "--since", "2020-01-01", "--yes")
    #expect(since.files == [])
    #expect(home.folder.read("state/ritual/\(files[0])") == secret)
    let reply = try await home.ask(ForgetReply.self, "forget", "--everything", "--yes")
    #expect(reply.files.sorted() == (paths + [home.folder.path("state/ritual/drafts/\u{FFFD}")]).sorted())
    for file in files { #expect(home.folder.read("state/ritual/\(file)") == nil, "\(file)") }
    #expect(home.folder.read("elsewhere.ics") == "theirs")
    #expect(access(odd, F_OK) != 0)
    // A folder is not ours; it stays, and the reply does not claim that all is gone. Later entries are
    // removed.
    let own = try home.folder.makeFolder("state/ritual/conflicts/folder")
    try home.folder.write(secret, to: "state/ritual/\(files[2])")
    let left = try await home.ctl("forget", "--everything", "--yes")
    #expect(left.status == 1 && left.errors.contains("this is not: \(own): Is a directory"))
    #expect(home.folder.names(in: "state/ritual/conflicts") == ["folder"])
    #expect(home.folder.names(in: "state/ritual/drafts") == [])
    rmdir(own)
    #expect(try await home.ctl("forget", "--everything", "--yes").output == "There is nothing to erase\n")
    // A link to a folder elsewhere is not ours.
    rmdir(home.folder.path("state/ritual/conflicts"))
    _ = try home.folder.makeFolder("calendars")
    try home.folder.write("theirs", to: "calendars/a.ics")
    symlink(home.folder.path("calendars"), home.folder.path("state/ritual/conflicts"))
    #expect(try await home.ask(ForgetReply.self, "forget", "--everything", "--yes").files == [])
    #expect(home.folder.read("calendars/a.ics") == "theirs")
    try home.folder.write(secret, to: "state/ritual/\(files[2])")
    let said = try await home.ctl("forget", "--everything", "--yes")
    #expect(said.output == "Erased: 0 notes, the past of 0 reminders and 1 kept file\n  \(paths[2])\n")
  }

  @Test("No argument of the helper process names the calendar file that it reads")
  func trial() async throws {
    let home = try Home()
    let path = try home.folder.write(try home.folder.write("", to: "my-affair.ics"), to: "path")
    let output = try await ChildProcess.run(
      "sh", ["-c", "exec '\(built("rituald"))' --try-calendar < '\(path)'"], environment: home.environment)
    #expect(output.status == 0, "\(output.errors)")
    let argument = try await ChildProcess.run(
      built("rituald"), ["--try-calendar", path], environment: home.environment)
    #expect(argument.status == EX_USAGE)
  }

  @Test("A note of 30 MiB that an earlier version took is listed, exported and counted, in little memory")
  func giant() async throws {
    let home = try Home()
    try await home.start()
    #expect(try await home.ctl("appreciate", "before").status == 0)
    home.daemon?.signal(SIGTERM)
    _ = try await home.log?.next { $0.contains("Stopped") }
    let words = String(
      repeating: "Zwölf Wörter, die jemand in eine Meldung tippte, ohne ein Ende. ", count: 480_000)
    var database: OpaquePointer?
    #expect(sqlite3_open(home.folder.path("state/ritual/journal.sqlite"), &database) == SQLITE_OK)
    let now = Int64(time(nil)) * 1_000_000
    let sql = "INSERT INTO note (at, kind, text) VALUES (\(now), 'appreciation', '\(words)')"
    #expect(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close_v2(database)
    try await home.start()
    #expect(try await home.ctl("appreciate", "after").status == 0)
    let list = try await home.ctl("notes")
    #expect(list.status == 0 && list.output.contains("before") && list.output.contains("after"))
    #expect(list.output.contains("… (\(words.utf8.count) bytes in all; --export has them)"))
    #expect(list.output.utf8.count < 20_000)
    let notes = try await home.ask([Control.Note].self, "notes")
    #expect(notes.map(\.length) == [nil, nil, nil])
    #expect(notes.map(\.text) == ["before", words, "after"])
    let file = home.folder.path("notes.md")
    #expect(try await home.ctl("notes", "--export", file).status == 0)
    let text = home.folder.read("notes.md") ?? ""
    #expect(text.utf8.count > words.utf8.count && text.contains("after"))
    #expect(try await home.ctl("report").output.contains("before"))
    if !isSanitized {
      let most = try mostMemory(home)
      print("A note of \(words.utf8.count >> 20) MiB: at most \(most) KiB were resident")
      #expect(most < 65_536, "KiB")
    }
    #expect(try await home.ctl("forget", "--note", "2", "--yes").status == 0)
    #expect(try await home.ask([Control.Note].self, "notes").map(\.text) == ["before", "after"])
  }

  @Test("Many long notes come over several replies, in their order")
  func pages() async throws {
    let home = try Home()
    try await home.start()
    let texts = (0..<60).map { "\($0) " + String(repeating: "ä", count: 3900) }
    for text in texts { #expect(try await home.say(text, "appreciate").status == 0) }
    #expect(try await home.ask([Control.Note].self, "notes").map(\.text) == texts)
    #expect(
      try await home.ask([Control.Note].self, "notes", "-n", "45").map(\.text) == Array(texts.suffix(45)))
  }

  @Test("Signals about notifications that are not ours, or answered, reach no reminder and no journal")
  func foreign() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(
      on: home.bus, capabilities: ["actions", "body", "inline-reply"])
    try home.configure(dueIn: 6, more: "reply = \"note\"")
    try await home.start()
    let watch = try await Watch(home)
    try await watch.entry("shown")
    let before = try processorTime(home)
    for number in 2...5000 as ClosedRange<UInt32> {
      server.emitAction(number, "done")
      server.emitReply(number, "to somebody else")
      server.emitClosed(number, reason: 2)
      if number % 100 == 0 { try server.synchronize() }
    }
    server.emitReply(1, "to us")
    #expect(try await watch.entry("done").by == "notification")
    print("15,000 foreign signals took \(try processorTime(home) - before) ms of the daemon's time")
    for number in 1...500 {
      server.emitReply(1, "again, for the time number \(number)")
      server.emitAction(1, "done")
    }
    server.die()
    // The bus keeps order: the daemon has received all of it by then.
    _ = try await home.log?.next { $0.contains("The notification server is gone") }
    let log = try await home.ask([Control.Entry].self, "log")
    #expect(log.map(\.what) == ["due", "shown", "done"])
    #expect(try await home.ask([Control.Note].self, "notes").map(\.text) == ["to us"])
  }

  /// The daemon's largest resident memory in KiB.
  private func mostMemory(_ home: Home) throws -> Int {
    let line = try process(home, "status").split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? .max
  }

  /// The daemon's processor time in milliseconds.
  private func processorTime(_ home: Home) throws -> Int {
    let fields = try process(home, "stat").split(separator: ")").last?.split(separator: " ") ?? []
    let ticks = fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
    return ticks * 1000 / sysconf(Int32(_SC_CLK_TCK))
  }

  /// A file of the daemon's process in /proc (proc(5)).
  private func process(_ home: Home, _ name: String) throws -> String {
    let file = try #require(fopen("/proc/\(home.daemon?.pid ?? 0)/\(name)", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
