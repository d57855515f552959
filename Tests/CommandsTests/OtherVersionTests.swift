import Control
import DesktopRig
import Glibc
import Testing
import Varlink

/// A daemon that runs on after an update, or one that is ahead of this command line.
@MainActor
@Suite("A daemon of another version")
struct OtherVersionTests {
  nonisolated static let advice =
    "the daemon is 0.0.9 and ritualctl \(ritualVersion), restart it: systemctl --user restart rituald"

  private let daemon: FakeDaemon

  init() throws { daemon = try FakeDaemon(version: "0.0.9") }

  nonisolated static let refusals: [(any VarlinkError, String)] = [
    (ServiceError.MethodNotFound(method: "io.ritual.Control.Reload"), "has no method"),
    (ServiceError.InvalidParameter(parameter: "weeks"), "does not take weeks"),
    (ServiceError.InterfaceNotFound(interface: "io.ritual.Control"), "InterfaceNotFound"),
  ]

  @Test("What it does not know is said with what to do, once", arguments: refusals)
  func refused(error: any VarlinkError, words: String) async throws {
    daemon.service.handle(Control.Method.name("Reload"), as: JSONValue.self) { _, _ in throw error }
    let output = try await daemon.ctl("reload")
    #expect(output.status == EX_UNAVAILABLE && output.output.isEmpty)
    #expect(output.errors.contains(words), "\(output.errors)")
    #expect(output.errors.count(of: Self.advice) == 1, "\(output.errors)")
  }

  @Test("A reply without what has to be in it is said in the same way; JSON is printed as it came")
  func unexpected() async throws {
    try daemon.answer("List", #"{"rituals": [{"id": "kiss"}]}"#)
    let output = try await daemon.ctl("list")
    #expect(output.status == EX_UNAVAILABLE)
    #expect(output.errors.hasPrefix("ritualctl: cannot talk to rituald"), "\(output.errors)")
    #expect(output.errors.count(of: Self.advice) == 1, "\(output.errors)")
    let json = try await daemon.ctl("list", "--json")
    #expect(json.status == 0 && json.output == "[{\"id\":\"kiss\"}]\n", "\(json.output) \(json.errors)")
    #expect(json.errors.isEmpty)
  }

  @Test(
    "status says it after its answer, which has what it knows", arguments: [[], ["--json"]] as [[String]])
  func status(option: [String]) async throws {
    // A later daemon's member, and none of those that may be missing.
    try daemon.answer(
      "Status",
      #"""
      {"state": {"version": "0.0.9", "pid": 1,
      "since": {"at": "2090-11-24T08:05:00+01:00", "unix": 3815190300}, "timezone": "UTC",
      "configuration": "c", "rituals": 3, "problems": [], "journal": "j", "waiting": 0,
      "reminders": [], "orders": [], "session": [], "away": [], "weather": {"sun": true}}}
      """#)
    let output = try await daemon.ctl(["status"] + option)
    #expect(output.status == 0 && output.output.contains("0.0.9"), "\(output.output)")
    #expect(output.errors == "ritualctl: \(Self.advice)\n")
  }

  @Test("Other commands say nothing of it while they are answered")
  func answered() async throws {
    try daemon.answer("Reload", #"{"rituals": 3, "problems": [], "weather": "sunny"}"#)
    let output = try await daemon.ctl("reload")
    #expect(output.status == 0 && output.errors.isEmpty, "\(output.errors)")
  }

  @Test("Of the same version it is a refusal, without advice")
  func same() async throws {
    let daemon = try FakeDaemon()
    daemon.service.handle(Control.Method.name("Reload"), as: JSONValue.self) { _, _ in
      throw ServiceError.MethodNotFound(method: "io.ritual.Control.Reload")
    }
    let output = try await daemon.ctl("reload")
    #expect(output.status == 1)
    #expect(output.errors == "ritualctl: rituald has no method io.ritual.Control.Reload\n")
  }
}

extension String {
  /// The number of places at which a text is in this one.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
