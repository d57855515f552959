import DesktopRig
import Testing

@MainActor
@Suite("The log")
struct LogTests {
  @Test("A program's name from the bus is one line of the log, whatever it is made of")
  func oneLine() async throws {
    let home = try Home()
    let name = "Evil\u{1b}[31m\nrituald: critical: all is lost\u{202e}\u{e0041}<\u{338}"
    let server = try FakeNotificationServer(on: home.bus, name: name)
    defer { withExtendedLifetime(server) {} }
    try await home.start()
    let log = try #require(home.log)
    let expected = "Evil\\u{1b}[31m\\u{a}rituald: critical: all is lost\\u{202e}\\u{e0041}<\u{338}"
    let line = try await log.next { $0.utf8.firstRange(of: "Evil".utf8) != nil }
    #expect(line.utf8.firstRange(of: expected.utf8) != nil, "\(line)")
    // A terminal uses the same table.
    let status = try await home.ctl("status")
    #expect(status.output.utf8.firstRange(of: "by Evil\u{fffd}[31m rituald: critical".utf8) != nil)
  }
}
