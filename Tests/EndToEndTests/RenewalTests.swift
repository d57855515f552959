import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing

/// The update of a daemon that runs (docs/decisions/0034-a-new-program-in-the-same-process.md).
@Suite("A program whose file is replaced")
struct RenewalTests {
  private let home: Home
  private let program: String

  init() async throws {
    home = try Home()
    _ = try home.folder.makeFolder("bin")
    program = home.folder.path("bin/rituald")
    try await install(built("rituald"))
  }

  /// Puts another file in the program's place, as package managers do.
  private func install(_ source: String) async throws {
    let new = home.folder.path("bin/new")
    let output = try await ChildProcess.run("cp", [source, new], environment: home.environment)
    try #require(output.status == 0, "\(output.errors)")
    try home.folder.rename("bin/new", to: "bin/rituald")
  }

  @Test("The new one goes on in the same process at a quiet moment; what is on the screen can be answered")
  func renewed() async throws {
    let server = try FakeNotificationServer(on: home.bus)
    try home.configure(dueIn: 8)
    try await home.start(program: program)
    let pid = home.daemon?.pid
    try await Watch(home).entry("shown")
    let shown = try await server.calls.next()
    try await install(built("rituald"))
    _ = try await home.log?.next { $0.contains("the new one goes on at a quiet moment") }
    _ = try await home.log?.next { $0.contains("Going on with the new program") }
    _ = try await home.log?.next { $0.contains("Ready") }
    #expect(home.daemon?.isRunning == true && home.daemon?.pid == pid)
    #expect(try await home.ask(State.self, "status").pid == pid.map { Int($0) })
    // It is sent again in its place, so that its buttons speak to the new program.
    var again = try await server.calls.next()
    while again.method != "Notify" { again = try await server.calls.next() }
    #expect(shown.method == "Notify" && again.arguments[1] == .number(1))
    #expect(!server.calls.unread.contains { $0.method == "Notify" })
    server.emitAction(1, "done")
    while try await home.ask([Control.Entry].self, "log").last?.what != .done {}
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what) == ["due", "shown", "done"])
  }

  @Test("It waits while a reminder is due soon, and shows that in time")
  func waits() async throws {
    try await home.start(program: program)
    try await install(built("rituald"))
    let due = try home.configure(dueIn: 35)
    _ = try await home.log?.next { $0.contains("the new one goes on at a quiet moment") }
    let entry = try await Watch(home).entry("due")
    #expect(entry.at.unix >= Double(due) && entry.at.unix < Double(due) + 1)
    #expect(home.log?.all.contains { $0.contains("Going on") } == false)
    _ = try await home.log?.next { $0.contains("Going on with the new program") }
  }

  @Test(
    "One that is broken, or does not know the question, is left alone", arguments: ["exit 64", "exit 127"])
  func refused(script: String) async throws {
    try await home.start(program: program)
    let pid = home.daemon?.pid
    try await install(try home.folder.write("#!/bin/sh\n\(script)\n", to: "script", mode: 0o700))
    _ = try await home.log?.next { $0.contains("cannot go on from here") }
    #expect(try await home.ask(State.self, "status").pid == pid.map { Int($0) })
    // The one that repairs it is taken.
    try await install(built("rituald"))
    _ = try await home.log?.next { $0.contains("Going on with the new program") }
    _ = try await home.log?.next { $0.contains("Ready") }
  }

  @Test(
    "One that hangs at the question is ended, and reported once, in the log and in the status",
    arguments: ["exec sleep 1000", "kill -STOP $$"])
  func hangs(script: String) async throws {
    try await home.start(program: program)
    let pid = home.daemon?.pid
    try await install(try home.folder.write("#!/bin/sh\n\(script)\n", to: "script", mode: 0o700))
    _ = try await home.log?.next { $0.contains("does not answer") }
    let state = try await home.ask(State.self, "status")
    #expect(state.pid == pid.map { Int($0) })
    #expect(state.renewalFailure?.contains("does not answer") == true)
    #expect(try await home.ctl("status").output.contains("\n         the program was replaced by one"))
    // The alarm ends one that is stopped once it goes on.
    for child in children { kill(child, SIGCONT) }
    while !children.isEmpty { _ = try await home.ctl("status") }
    #expect(home.log?.all.count { $0.contains("does not answer") } == 1)
    // The one that repairs it is taken, and nothing is left to report.
    try await install(built("rituald"))
    _ = try await home.log?.next { $0.contains("Going on with the new program") }
    _ = try await home.log?.next { $0.contains("Ready") }
    #expect(try await home.ask(State.self, "status").renewalFailure == nil)
  }

  /// The daemon's child processes, also those that have ended and are not waited for.
  private var children: [pid_t] {
    let tasks = "../../proc/\(home.daemon?.pid ?? 0)/task"
    return home.folder.names(in: tasks).flatMap { task in
      (home.folder.read("\(tasks)/\(task)/children") ?? "").split(separator: " ").compactMap { pid_t($0) }
    }
  }

  @Test("One that comes in its place before a quiet moment is not run unasked")
  func replacedAgain() async throws {
    let server = try FakeNotificationServer(on: home.bus)
    try await home.start(program: program)
    let pid = home.daemon?.pid
    try await install(built("rituald"))
    try home.configure(dueIn: 30)
    _ = try await home.log?.next { $0.contains("the new one goes on at a quiet moment") }
    try await Watch(home).entry("shown")
    _ = try await server.calls.next()
    // The next quiet moment is in five seconds; a change of the file counts after ten.
    try await install(try home.folder.write("#!/bin/sh\nexit 1\n", to: "script", mode: 0o700))
    _ = try await home.log?.next { $0.contains("cannot go on from here") }
    #expect(home.log?.all.contains { $0.contains("Going on") } == false)
    #expect(try await home.ask(State.self, "status").pid == pid.map { Int($0) })
  }

  @Test("A program says whether it knows the journal of the one before it", arguments: [0, 1])
  func question(more: Int) async throws {
    let format = try await Self.format(home)
    for (number, status) in [(0, EXIT_SUCCESS), (format + more, more == 0 ? EXIT_SUCCESS : EX_CONFIG)] {
      let output = try await ChildProcess.run(
        built("rituald"), ["--takes-over", "\(number)"], environment: home.environment)
      #expect(output.status == status, "\(number)")
    }
    let bad = try await ChildProcess.run(
      built("rituald"), ["--takes-over", "x"], environment: home.environment)
    #expect(bad.status == EX_USAGE)
  }

  /// The format of a new journal: a big-endian number at byte 60 of its file.
  private static func format(_ home: Home) async throws -> Int {
    try await home.start()
    home.daemon?.end()
    let file = open(home.folder.path("state/ritual/journal.sqlite"), O_RDONLY)
    defer { close(file) }
    var bytes: [UInt8] = [0, 0, 0, 0]
    try #require(pread(file, &bytes, 4, 60) == 4)
    return Int(bytes[3])
  }
}
