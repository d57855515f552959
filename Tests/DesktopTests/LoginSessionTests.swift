import Desktop
import DesktopRig
import Testing

/// A private bus in place of the system bus, with a `LoginSession` under test on it.
private final class Machine {
  let folder: TemporaryFolder
  let bus: PrivateBus
  let connection: Bus
  let login: LoginSession

  struct Told: Hashable {
    let isPresent: Bool
    let isLocked: Bool?
    let isIdle: Bool?
  }
  let told = Mailbox<Told>("a callback")

  init() throws {
    folder = try TemporaryFolder()
    bus = try PrivateBus(in: folder)
    connection = try Bus.at(bus.address)
    login = try LoginSession(on: connection)
    login.onChange = { [told, unowned login] in
      told.put(Told(isPresent: login.isPresent, isLocked: login.isLocked, isIdle: login.isIdle))
    }
  }

  /// Waits for a callback, and expects this one.
  func tells(_ wanted: Told) async throws {
    while try await told.next() != wanted {}
  }

  func tells(locked: Bool?, idle: Bool?) async throws {
    try await tells(Told(isPresent: true, isLocked: locked, isIdle: idle))
  }
}

@Suite("LoginSession: lock and idleness")
struct HintTests {
  @Test("A stranger who signals as logind does is not heard")
  func stranger() async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus)
    try await machine.tells(locked: false, idle: false)
    let stranger = try FakeService("org.example.Stranger", on: machine.bus)
    logind.set("LockedHint", true, tells: false)
    stranger.emit(
      "PropertiesChanged", of: "org.freedesktop.DBus.Properties", at: FakeLogind.session,
      [.text("org.freedesktop.login1.Session"), .properties([:]), .texts([])], to: logind.caller)
    stranger.synchronize()
    // News that the stranger caused would come before this: it needs as many round trips, and began earlier.
    logind.show(nil)
    #expect(try await machine.told.next() == Machine.Told(isPresent: true, isLocked: nil, isIdle: nil))
    #expect(machine.told.unread.isEmpty)
  }

  @Test(
    "What is so at the start is known, and so is every change",
    arguments: [(false, false), (true, false), (false, true), (true, true)])
  func hints(locked: Bool, idle: Bool) async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus, isLocked: locked, isIdle: idle)
    try await machine.tells(locked: locked, idle: idle)
    logind.set("LockedHint", !locked)
    try await machine.tells(locked: !locked, idle: idle)
    logind.set("IdleHint", !idle)
    try await machine.tells(locked: !locked, idle: !idle)
  }

  @Test("Without logind nothing is known, and nothing is reported")
  func absent() async throws {
    let machine = try Machine()
    // The bus has answered a later question.
    let witness = Mailbox<Bool>("the bus")
    let other = BusConnection(to: .at(machine.bus.address))
    other.onConnect = { _ in witness.put(true) }
    other.start()
    _ = try await witness.next()
    #expect(!machine.login.isPresent)
    #expect(machine.login.isLocked == nil && machine.login.isIdle == nil)
    #expect(machine.told.unread.isEmpty)
  }

  @Test("Without logind, that is known as soon as the bus has said so")
  func settlesAbsent() async throws {
    let machine = try Machine()
    let settled = Mailbox<Bool>("what is known without logind")
    machine.login.onSettle = { settled.put(true) }
    _ = try await settled.next(within: 20)
    #expect(machine.told.unread.isEmpty)
    // A logind that starts later is recognised too.
    let logind = try FakeLogind(on: machine.bus, isLocked: true)
    try await machine.tells(locked: true, idle: false)
    _ = logind
  }

  @Test("A hint that this logind does not know stays unknown, without harm to the other")
  func oldLogind() async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus, isLocked: nil, isIdle: true)
    try await machine.tells(locked: nil, idle: true)
    logind.set("IdleHint", false)
    try await machine.tells(locked: nil, idle: false)
  }

  @Test("A session that begins later is found, and one that ends is forgotten")
  func later() async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus, session: nil)
    try await machine.tells(locked: nil, idle: nil)
    logind.set("LockedHint", true)
    logind.show(FakeLogind.session)
    try await machine.tells(locked: true, idle: false)
    logind.show(nil)
    try await machine.tells(locked: nil, idle: nil)
  }

  @Test("Of several sessions it is the one that shows the display that counts")
  func several() async throws {
    let machine = try Machine()
    let other = "/org/freedesktop/login1/session/_32"
    let logind = try FakeLogind(on: machine.bus, session: other)
    try await machine.tells(locked: false, idle: false)
    logind.set("LockedHint", true)
    logind.set("IdleHint", true, of: other)
    try await machine.tells(locked: false, idle: true)
  }

  @Test("logind that goes takes what is known with it; when it is back, all is known again")
  func restart() async throws {
    let machine = try Machine()
    for isLocked in [true, false, true] {
      let logind = try FakeLogind(on: machine.bus, isLocked: isLocked)
      try await machine.tells(locked: isLocked, idle: false)
      logind.die()
      #expect(
        try await machine.told.next() == Machine.Told(isPresent: false, isLocked: nil, isIdle: nil))
    }
  }
}
