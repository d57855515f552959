import Control
import DesktopRig
import Glibc
import Journal
import Testing
import Varlink

/// A daemon that cannot work says why, and works as soon as it can.
@Suite("A daemon that cannot work")
struct StandbyTests {
  @Test("tells ritualctl of a journal of a later version, leaves that, and comes back when it is put right")
  func later() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    let path = try makeJournal(home)
    let bytes = home.folder.read("state/ritual/journal.sqlite")
    let format = try setFormat(of: path, to: future)
    try await home.start(until: "format 77")
    let pid = home.daemon?.pid

    for _ in 1...3 {
      let status = try await home.ctl("status")
      #expect(status.status == EX_UNAVAILABLE && status.output.isEmpty)
      #expect(status.errors.contains("cannot work: \(path): the journal has format 77"), "\(status.errors)")
      #expect(status.errors.contains("install the newer version again"), "\(status.errors)")
    }
    #expect(try await home.ctl("pause", "--until", "1h").status == EX_UNAVAILABLE)
    #expect(try await home.ctl("watch").errors.contains("format 77"))
    #expect(home.log?.all.count == 1, "\(home.log?.all ?? [])")
    #expect(home.folder.names(in: "state/ritual").allSatisfy { !$0.contains("damaged") })

    try setFormat(of: path, to: format)
    #expect(home.folder.read("state/ritual/journal.sqlite") == bytes)
    _ = try await home.log?.next { $0.contains("Ready") }
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id) == ["goodbye-kiss"])
    #expect(try await home.ctl("pause", "--until", "1h").status == 0)
    #expect(home.daemon?.pid == pid && home.daemon?.isRunning == true)
  }

  @Test("waits for a folder that can be made, and for the process that has the journal")
  func folderAndProcess() async throws {
    let home = try Home()
    let path = try home.folder.write("a file, not a folder", to: "occupied")
    try await home.start(["XDG_STATE_HOME": path], until: "cannot be made")
    #expect(try await home.ctl("status").errors.contains(path))
    unlink(path)
    var journal: Journal? = try Journal(at: path + "/ritual/journal.sqlite")
    home.daemon?.signal(SIGHUP)
    _ = try await home.log?.next { $0.contains("in use by process \(getpid())") }
    #expect(try await home.ctl("status").errors.contains("in use by process \(getpid())"))
    #expect(journal?.isInPlace == true)
    journal = nil
    home.daemon?.signal(SIGHUP)
    _ = try await home.log?.next { $0.contains("Ready") }
    #expect(try await home.ctl("status").status == 0)
  }

  @Test("is found by those who follow, once it works; what describes it answers before that")
  func followed() async throws {
    let home = try Home()
    let path = try makeJournal(home)
    let format = try setFormat(of: path, to: future)
    try await home.start(until: "format 77")
    let lines = try LineReader("a line of ritualctl bar")
    let bar = try ChildProcess(
      built("ritualctl"), ["bar", "--follow", "--json"], environment: home.environment, output: lines.writing)
    lines.closeWritingEnd()
    _ = try await lines.next { $0.contains("\"off\"") && $0.contains("format 77") }
    let client = try VarlinkClient(path: home.folder.path("run/ritual/control.sock"))
    let description = try client.call(
      "org.varlink.service.GetInterfaceDescription", ["interface": Control.Method.interface],
      as: [String: String].self)
    #expect(description["description"] == controlInterface)
    try setFormat(of: path, to: format)
    _ = try await lines.next { !$0.contains("\"off\"") }
    #expect(bar.isRunning)
    // A daemon that works again reports no old reason.
    #expect(try await home.ctl("reload").status == 0)
  }

  @Test("is alive to the service manager, which hears why, and ends when it is asked to")
  func managed() async throws {
    let home = try Home()
    let path = try makeJournal(home)
    let format = try setFormat(of: path, to: future)
    let manager = try FakeServiceManager(in: home.folder)
    try await home.start(
      ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "200000"], until: "format 77")
    let ready = try await manager.message { $0.contains("READY=1") }
    #expect(ready.contains("STATUS=\(path): the journal has format 77"), "\(ready)")
    for _ in 1...3 { _ = try await manager.message { $0 == "WATCHDOG=1" } }
    try setFormat(of: path, to: format)
    // Waiting for the log has a time limit; messages to the service manager come all the time.
    _ = try await home.log?.next { $0.contains("Ready") }
    let works = try await manager.message { $0.contains("READY=1") }
    #expect(works.contains("STATUS=Next: none"))
    _ = try await manager.message { $0 == "WATCHDOG=1" }
    home.daemon?.signal(SIGTERM)
    _ = try await manager.message { $0 == "STOPPING=1" }
    #expect(home.daemon?.end() == 0)

    try setFormat(of: path, to: future)
    try await home.start(["NOTIFY_SOCKET": manager.path], until: "format 77")
    home.daemon?.signal(SIGTERM)
    _ = try await home.log?.next { $0.contains("Stopped") }
    #expect(home.daemon?.end() == 0)
  }

  /// Creates an empty journal and returns its path.
  private func makeJournal(_ home: Home) throws -> String {
    let path = home.folder.path("state/ritual/journal.sqlite")
    _ = try Journal(at: path)
    return path
  }

  /// A format that no present version knows.
  private let future: [UInt8] = [0, 0, 0, 77]

  /// Writes `user_version`, a big-endian number at byte 60 of the header; returns the former value.
  @discardableResult
  private func setFormat(of path: String, to format: [UInt8]) throws -> [UInt8] {
    let descriptor = open(path, O_RDWR)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var before: [UInt8] = [0, 0, 0, 0]
    try #require(pread(descriptor, &before, 4, 60) == 4 && pwrite(descriptor, format, 4, 60) == 4)
    return before
  }
}
