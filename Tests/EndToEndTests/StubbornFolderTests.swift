import Control
import DesktopRig
import Glibc
import Testing

@Suite("Calendars whose folders do harm", .timeLimit(.minutes(5)))
struct StubbornFolderTests {
  private func makeHome(_ folders: String...) throws -> Home {
    let home = try Home()
    try home.configure(
      folders.map { "[calendar.\($0)]\nvdir = \"~/\($0)\"\n" }.joined()
        + "[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"*:0/5\"\n")
    for folder in folders { _ = try home.folder.makeFolder(folder) }
    return home
  }

  private func write(_ title: String, to path: String, in home: Home) throws {
    try home.folder.write(
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:\(title)\r\nDTSTART:20900101T100000\r\nSUMMARY:\(title)\r\n"
        + "END:VEVENT\r\nEND:VCALENDAR\r\n", to: path)
  }

  @Test("A file that crashes the daemon does so once; it is reported, others are read, and it may come back")
  func deadly() async throws {
    let home = try makeHome("us")
    let deadly = try await StubbornFiles.make(in: home.folder)
    try write("Alpha", to: "us/a.ics", in: home)
    try write("Omega", to: "us/z.ics", in: home)
    try write("Deadly", to: "us/deadly.ics", in: home)
    let death = try await home.runDaemon(deadly)
    #expect(death.status == 128 + SIGABRT, "\(death)")
    for _ in 0..<2 {
      try await home.start(deadly)
      #expect(
        try await home.ask([Control.Ritual].self, "list").map(\.id).sorted() == [
          "kiss", "us/alpha", "us/omega",
        ])
      let problems = try await home.ask(State.self, "status").problems
      #expect(problems.map(\.file) == [home.folder.path("us/deadly.ics")])
      #expect(problems.first?.text.contains("reading it ended the program") == true, "\(problems)")
      home.daemon?.kill()
    }
    // A program that can read it, as a later version may be, reads it.
    try await home.start()
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id).contains("us/deadly"))
    #expect(try await home.ask(State.self, "status").problems == [])
    #expect(home.folder.names(in: "state/ritual/calendars") == [])
  }

  @Test(
    "A trial of a file that takes for ever ends itself, also where the thread that began it blocks signals")
  func endless() async throws {
    let home = try makeHome("us")
    let endless = try await StubbornFiles.make(in: home.folder)
    try write("Endless", to: "us/endless.ics", in: home)
    let trial = try await ChildProcess.run(
      "sh",
      [
        "-c", "printf %s \"$0\" | env --block-signal=ALRM \"$1\" --try-calendar",
        home.folder.path("us/endless.ics"), try built("rituald"),
      ], environment: endless.merging(["PATH": searchPath]) { $1 })
    #expect(trial.status == 128 + SIGALRM, "\(trial)")
  }

  @Test("A daemon that was killed while it read leaves no file out")
  func innocent() async throws {
    let home = try makeHome("us")
    try write("Alpha", to: "us/a.ics", in: home)
    for name in ["state/ritual", "state/ritual/calendars"] { _ = try home.folder.makeFolder(name) }
    chmod(home.folder.path("state/ritual"), 0o700)
    try home.folder.write("a.ics\0", to: "state/ritual/calendars/us")
    try await home.start()
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id).contains("us/alpha"))
    #expect(home.folder.names(in: "state/ritual/calendars") == [])
  }

  @Test("A folder that does not answer delays nothing else, is reported, and is read when it answers")
  func hangs() async throws {
    let home = try makeHome("hangs", "us")
    let stubborn = try await StubbornFiles.make(in: home.folder)
    try write("Alpha", to: "us/a.ics", in: home)
    try write("Late", to: "hangs/l.ics", in: home)
    try await home.start(stubborn)
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id).sorted() == ["kiss", "us/alpha"])
    let watch = try await Watch(home)
    #expect(try await home.ctl("add", "Hug", "--at", "daily 22:00").status == 0)
    _ = try await watch.configured()
    while try await home.ask(State.self, "status").problems.isEmpty {}
    let problems = try await home.ask(State.self, "status").problems
    #expect(problems.map(\.key) == ["calendar.hangs"])
    #expect(problems.first?.text.contains("has not answered for") == true, "\(problems)")
    try home.folder.write("", to: "hangs-no-more")
    while try await watch.configured() < 4 {}
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id).contains("hangs/late"))
    #expect(try await home.ask(State.self, "status").problems == [])
  }

  @Test("The daemon ends at once while a folder does not answer")
  func stops() async throws {
    let home = try makeHome("hangs")
    let stubborn = try await StubbornFiles.make(in: home.folder)
    try await home.start(stubborn)
    // A helper that does not end in five seconds is killed, with a message.
    #expect(home.daemon?.end() == 0)
  }
}
