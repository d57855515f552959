import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing

/// A timeout with the real programs. The engine's tests cover its own end, after 20 minutes or more: the
/// shortest one cannot be made shorter.
@Suite("A timeout, end to end")
struct TimeoutTests {
  @Test("It holds what comes, says so, outlives a crash, and offers a repair when it is ended")
  func story() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    try await home.start()
    while try await home.ask(State.self, "status").server == nil {}
    let watch = try await Watch(home)
    let begun = try await home.ctl("timeout", "10m")
    #expect(begun.status == 0, "\(begun.errors)")
    #expect(begun.output.contains("Less than 20 minutes does not calm a body down"), "\(begun.output)")
    let soothing = try await server.calls.next()
    #expect(text(soothing, 3).hasPrefix("A break until ") && !text(soothing, 4).isEmpty)
    #expect(begun.output.contains(text(soothing, 4)), "the line in the terminal is the one on the screen")
    let order = try #require(try await home.ask(State.self, "status").orders.first)
    #expect(order.what == "timeout")
    #expect(abs(try #require(order.until).unix - order.since.unix - 1200) < 0.001)
    #expect(try await home.ctl("status").output.contains("Timeout  until "))
    // It becomes due during the timeout, on the slowest machine too.
    let due = try home.configure(dueIn: 8)
    try await home.ctl("reload")
    #expect(try await home.ctl("why", "goodbye-kiss").output.contains("a timeout, until "))
    let skipped = try await watch.entry("skipped")
    #expect(skipped.by == "timeout" && skipped.scheduled.unix == Double(due))
    #expect(try await home.ctl("log").output.contains("left out, during a timeout"))

    home.daemon?.kill()
    try await home.start()
    #expect(try await home.ask(State.self, "status").orders == [order])
    // If the server is known, the end is shown at once.
    while try await home.ask(State.self, "status").server == nil {}
    let ended = try await home.ctl("timeout", "end")
    #expect(ended.status == 0 && ended.output.contains("begin repair"))
    #expect(try await home.ask(State.self, "status").orders.isEmpty)
    let offer = try await notification(server, titled: "Back together")
    guard case .list(let actions) = offer.arguments[5] else { throw RigError.waitedInVain("\(offer)") }
    #expect(actions.contains(.text("Begin")) && actions.contains(.text("Not now")))
    let again = try await home.ctl("timeout", "end")
    #expect(again.status == 1 && again.errors == "ritualctl: there is no timeout\n")
  }

  @Test("An invalid length is refused with a reason", arguments: ["soon", "2d", "45"])
  func refused(length: String) async throws {
    let home = try Home()
    try await home.start()
    let output = try await home.ctl("timeout", length)
    #expect(output.status == EX_DATAERR && output.errors.contains("up to a day"), "\(output.errors)")
    #expect(try await home.ask(State.self, "status").orders.isEmpty)
  }

  private func text(_ call: FakeNotificationServer.Call, _ index: Int) -> String {
    if call.arguments.count > index, case .text(let text) = call.arguments[index] { text } else { "" }
  }

  private func notification(
    _ server: FakeNotificationServer, titled title: String
  ) async throws -> FakeNotificationServer.Call {
    while true {
      let call = try await server.calls.next()
      if text(call, 3) == title { return call }
    }
  }
}
