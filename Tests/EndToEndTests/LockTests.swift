import Control
import DesktopRig
import InterfaceRig
import Testing

/// A locked screen, with a fake logind and a notification server that records its calls.
@Suite("A locked screen, end to end")
struct LockTests {
  /// The socket of the bus in place of the system bus.
  let folder: TemporaryFolder
  let system: PrivateBus
  let home: Home
  let server: FakeNotificationServer

  init() throws {
    folder = try TemporaryFolder()
    system = try PrivateBus(in: folder)
    home = try Home()
    server = try FakeNotificationServer(on: home.bus)
  }

  /// Waits until a circumstance of the session has this state.
  private func wait(for name: String, _ state: Control.Circumstance.State) async throws
    -> Control.Circumstance
  {
    for _ in 0..<500 {
      let session = try await home.ask(State.self, "status").session
      if let found = session.first(where: { $0.name == name && $0.state == state }) { return found }
    }
    throw RigError.waitedInVain("\(name): \(state)")
  }

  /// All texts that the notification server received so far.
  private func texts() -> [String] {
    server.calls.unread.flatMap(\.arguments).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  @Test("logind restarts: private words stay off the screen, and what is held is, until an unlock is seen")
  func restart() async throws {
    let first = try FakeLogind(on: system, isLocked: true)
    try home.configure(
      """
      [ritual.held]
      title = "Held back"
      schedule = "*:*:0/2"
      [ritual.secret]
      title = "Private words"
      schedule = "*:*:0/2"
      quiet = "ignore"
      private = true
      """)
    try await home.start(["DBUS_SYSTEM_BUS_ADDRESS": system.place])
    let watch = try await Watch(home)
    try await watch.entry("held")
    try await watch.entry("shown")
    first.die()
    // The lock is known once the other hint is.
    let second = try FakeLogind(on: system, isLocked: false, isIdle: true)
    _ = try await wait(for: "idle", "yes")
    let locked = try await wait(for: "locked", "yes")
    #expect(locked.reason == "it was locked, and no unlock was seen since")
    #expect(
      try await home.ctl("status").output.contains("the screen is locked: it was locked, and no unlock"))
    try await watch.entry("due")
    try await watch.entry("due")
    #expect(!texts().isEmpty)
    #expect(texts().filter { $0.contains("Held back") || $0.contains("Private words") } == [])
    second.unlock()
    while try await watch.entry("shown").ritual != "held" {}
    #expect(texts().contains { $0.contains("Held back") })
  }
}
