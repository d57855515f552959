import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing

@Suite("The daemon as a process")
struct DaemonTests {
  @Test("A second daemon is refused and names the first")
  func second() async throws {
    let home = try Home()
    try await home.start()
    let first = try #require(home.daemon?.pid)
    let output = try await home.runDaemon()
    #expect(output.status == EX_UNAVAILABLE)
    #expect(output.errors.contains("process \(first)"), "\(output.errors)")
    #expect(output.errors.split(separator: "\n").count == 1)
    #expect(try await home.ctl("status").status == 0)
  }

  @Test("A socket's path that is too long is refused with its limit")
  func longSocketPath() async throws {
    let home = try Home()
    let long = home.folder.path("run/" + String(repeating: "x", count: 100))
    let output = try await home.runDaemon(["XDG_RUNTIME_DIR": long])
    #expect(output.status == EX_CANTCREAT)
    #expect(output.errors.contains("at most 107"), "\(output.errors)")
  }

  @Test("A place where no socket can be made is said in one line, by the status of the manual")
  func noSocketFolder() async throws {
    let home = try Home()
    // Even root cannot create a folder in a file, or in /proc.
    for place in [try home.folder.write("a file, not a folder", to: "occupied"), "/proc"] {
      let output = try await home.runDaemon(["XDG_RUNTIME_DIR": place])
      #expect(output.status == EX_OSERR, "\(output.errors)")
      #expect(output.errors.contains(place) && output.errors.split(separator: "\n").count == 1)
    }
    _ = try home.folder.makeFolder("run/ritual")
    chmod(home.folder.path("run/ritual"), 0o777)
    let shared = try await home.runDaemon()
    #expect(shared.status == EX_CANTCREAT, "\(shared.errors)")
    let page = try Repository.read("docs/man/rituald.8")
    #expect(page.contains(".It \(EX_OSERR)\n") && page.contains(".It \(EX_CANTCREAT)\n"))
  }

  @Test(
    "Words that it does not understand are a usage error; help and version answer",
    arguments: [
      (["--nonsense"], EX_USAGE, "--help"), (["--help"], EXIT_SUCCESS, "Usage"),
      (["--version"], EXIT_SUCCESS, ritualVersion),
    ])
  func commandLine(words: [String], status: Int32, text: String) async throws {
    let output = try await ChildProcess.run(built("rituald"), words, environment: [:])
    #expect(output.status == status)
    #expect((output.output + output.errors).contains(text))
  }

  @Test("SIGTERM ends it cleanly, and the socket is gone", arguments: [SIGTERM, SIGINT])
  func stops(signal: Int32) async throws {
    let home = try Home()
    try await home.start()
    home.daemon?.signal(signal)
    _ = try await home.log?.next { $0.contains("Stopped") }
    #expect(home.daemon?.end() == 0)
    #expect(try await home.ctl("status").status == EX_UNAVAILABLE)
  }

  @Test("SIGTERM ends it also while it starts", arguments: 1...20)
  func stopsEarly(round: Int) async throws {
    let home = try Home()
    try await home.start(until: "Configuration: ")
    home.daemon?.signal(SIGTERM)
    _ = try await home.log?.next { $0.contains("Stopped") }
    #expect(home.daemon?.end() == 0)
  }

  @Test("SIGHUP reloads the configuration; a broken file leaves the good rituals")
  func reloads() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    try await home.start()
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id) == ["goodbye-kiss"])
    try home.configure(
      """
      [ritual.hug]
      title = "Long hug"
      schedule = "18:15"
      [ritual.kiss]
      title = "Kiss"
      schedule = "25:00"
      """)
    home.daemon?.signal(SIGHUP)
    _ = try await home.log?.next { $0.contains("rituals 1, problems 1") }
    let state = try await home.ask(State.self, "status")
    #expect(state.rituals == 1)
    #expect(state.problems.map(\.key) == ["ritual.kiss.schedule"])
    #expect(try await home.ctl("check").status == EX_DATAERR)
  }

  @Test("A later version's file keeps its rituals; unknown keys are reported, and are no error")
  func laterFile() async throws {
    let home = try Home()
    try home.configure(
      "[ritual.hug]\ntitle = \"Long hug\"\nschedule = \"18:15\"\nmood = \"calm\"\n[habit.walk]\nsteps = 5000\n"
    )
    try await home.start()
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id) == ["hug"])
    let state = try await home.ask(State.self, "status")
    #expect(state.problems.map(\.key) == ["ritual.hug.mood", "habit"])
    #expect(state.problems.map(\.severity) == ["warning", "warning"])
    #expect(try await home.ctl("reload").status == 0)
    let typed = try await home.ctl("set", "hug", "mesage=Long")
    #expect(typed.status == EX_DATAERR && typed.errors.contains("did you mean message?"), "\(typed.errors)")
    #expect(try await home.ctl("set", "hug", "message=Long").status == 0)
  }

  @Test("Private words do not reach the log, and its files are closed to others")
  func isPrivate() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    try home.configure(dueIn: 6)
    try await Watch(home).entry("shown")
    home.daemon?.signal(SIGTERM)
    _ = try await home.log?.next { $0.contains("Stopped") }
    let log = try #require(home.log?.all)
    #expect(
      !log.contains { $0.contains("Goodbye") || $0.contains("Six seconds") || $0.contains("goodbye-kiss") })
    for name in ["state/ritual", "state/ritual/journal.sqlite", "run/ritual"] {
      var status = stat()
      #expect(stat(home.folder.path(name), &status) == 0)
      #expect(status.st_mode & 0o077 == 0, "\(name)")
    }
    _ = stage
  }

  @Test("The service manager hears of the start, of what is next, and of the end")
  func notifies() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    let manager = try FakeServiceManager(in: home.folder)
    try await home.start(["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "200000"])
    let ready = try await manager.message { $0.contains("READY=1") }
    #expect(ready.contains("STATUS=Next: 20"))
    #expect(!ready.contains("kiss"))
    _ = try await manager.message { $0 == "WATCHDOG=1" }
    _ = try await manager.message { $0 == "WATCHDOG=1" }
    home.daemon?.signal(SIGHUP)
    _ = try await manager.message { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") }
    _ = try await manager.message { $0.contains("READY=1") }
    home.daemon?.signal(SIGTERM)
    _ = try await manager.message { $0 == "STOPPING=1" }
  }

  @Test("Garbage on the socket does not affect other clients")
  func garbage() async throws {
    let home = try Home()
    try await home.start()
    let path = home.folder.path("run/ritual/control.sock")
    for bytes in [
      Array("nonsense\0".utf8), [0xff, 0xfe, 0], Array(repeating: UInt8(ascii: "["), count: 100_000) + [0],
    ] {
      #expect(try await RawSocket.send(bytes, to: path).isEmpty)
    }
    // No NUL for 64 MiB: the daemon closes the connection long before.
    #expect(try await RawSocket.send(Array(repeating: UInt8(ascii: "x"), count: 64 << 20), to: path).isEmpty)
    let half = try RawSocket(path)
    half.send(Array("{\"method\": \"io.ritual".utf8))
    #expect(try await home.ctl("status").status == 0)
  }
}
