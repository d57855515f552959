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

  /// A private ritual, every two seconds, also in quiet times.
  private static let secret = """
    [ritual.secret]
    title = "Private words"
    message = "Private message"
    schedule = "*:*:0/2"
    quiet = "ignore"
    private = true
    """

  @Test("logind restarts: private words stay off the screen, and what is held is, until an unlock is seen")
  func restart() async throws {
    let first = try FakeLogind(on: system, isLocked: true)
    try home.configure(
      """
      [ritual.held]
      title = "Held back"
      schedule = "*:*:0/2"
      \(Self.secret)
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

  @Test(
    "What is private leaves the screen when it is locked, and stays off it until an unlock",
    arguments: LockingDesktop.allCases)
  func desktops(desktop: LockingDesktop) async throws {
    let locker = try Locker(desktop, session: home.bus, system: system)
    try home.configure(Self.secret)
    try await home.start(["DBUS_SYSTEM_BUS_ADDRESS": system.place])
    _ = try await wait(for: "locked", "no")
    while try await summary() != "Private words" {}
    locker.set(true)
    // The notification on the screen is replaced, and later ones say no more.
    while try await summary() != "Reminder" {}
    for _ in 1...3 { #expect(try await summary() == "Reminder") }
    #expect(try await wait(for: "locked", "yes").reason == nil)
    #expect(texts().filter { $0.contains("Private") } == [])
    locker.set(false)
    while try await summary() != "Private words" {}
  }

  @Test(
    "A screen that is locked when the daemon starts never shows what is private",
    arguments: LockingDesktop.allCases)
  func lockedBefore(desktop: LockingDesktop) async throws {
    let locker = try Locker(desktop, isLocked: true, session: home.bus, system: system)
    try home.configure(Self.secret)
    try await home.start(["DBUS_SYSTEM_BUS_ADDRESS": system.place])
    for _ in 1...2 { #expect(try await summary() == "Reminder") }
    locker.set(false)
    while try await summary() != "Private words" {}
  }

  /// The summary of the next `Notify`.
  private func summary() async throws -> String {
    while true {
      let call = try await server.calls.next()
      if call.method == "Notify", case .text(let summary) = call.arguments[3] { return summary }
    }
  }
}

/// A desktop, by the interface that tells of its lock.
enum LockingDesktop: String, CaseIterable, Sendable {
  /// GNOME Shell and its settings daemon, which has a name that says nothing of a lock.
  case gnome
  /// ksmserver or KWin, which signals from two objects.
  case plasma = "freedesktop"
  case cinnamon
  case mate
  case xfce
  /// The session's `LockedHint` alone.
  case logind
}

/// The service of a desktop that tells of its lock.
private final class Locker {
  private let desktop: LockingDesktop
  private var saver: FakeService?
  private var inhibitor: FakeService?
  private var logind: FakeLogind?

  init(_ desktop: LockingDesktop, isLocked: Bool = false, session: PrivateBus, system: PrivateBus) throws {
    self.desktop = desktop
    if desktop == .logind {
      logind = try FakeLogind(on: system, isLocked: isLocked)
    } else {
      saver = try FakeService(name, on: session) { $0.methods["GetActive"] = { _ in [.flag(isLocked)] } }
    }
    if desktop == .gnome { inhibitor = try FakeService("org.freedesktop.ScreenSaver", on: session) }
  }

  private var name: String { "org.\(desktop.rawValue).ScreenSaver" }

  func set(_ isLocked: Bool) {
    logind?.set("LockedHint", isLocked)
    let places = ["/org/\(desktop.rawValue)/ScreenSaver"] + (desktop == .plasma ? ["/ScreenSaver"] : [])
    for place in places { saver?.emit("ActiveChanged", of: name, at: place, [.flag(isLocked)]) }
  }
}
