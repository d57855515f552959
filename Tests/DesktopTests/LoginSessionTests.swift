import Desktop
import DesktopRig
import Testing

/// A private bus in place of the system bus, with a `LoginSession` under test on it.
private final class Machine {
  let folder: TemporaryFolder
  let bus: PrivateBus
  let connection: Bus
  let login: LoginSession

  enum Told: Hashable {
    case sleep
    case wake
    case changed(isPresent: Bool, isLocked: Bool?, isIdle: Bool?)
  }
  let told = Mailbox<Told>("a callback")

  init() throws {
    folder = try TemporaryFolder()
    bus = try PrivateBus(in: folder)
    connection = try Bus.at(bus.address)
    login = try LoginSession(on: connection)
    login.onSleep = { [told] in told.put(.sleep) }
    login.onWake = { [told] in told.put(.wake) }
    login.onChange = { [told, unowned login] in
      told.put(.changed(isPresent: login.isPresent, isLocked: login.isLocked, isIdle: login.isIdle))
    }
  }

  /// Waits for a callback, and expects this one.
  func tells(_ wanted: Told) async throws {
    while true {
      let next = try await told.next()
      if next == wanted { return }
      guard case .changed = next else { throw Unexpected(what: "\(next)") }
    }
  }

  func tells(locked: Bool?, idle: Bool?) async throws {
    try await tells(.changed(isPresent: true, isLocked: locked, isIdle: idle))
  }
}

@Suite("LoginSession: sleep")
struct SleepTests {
  static let taken = FakeLogind.Lock.taken(
    [.text("sleep"), .text("rituald"), .text("Write the journal"), .text("delay")])

  @Test("Sleep is held off until it is let, and again after each wake")
  func sleep() async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus)
    for _ in 1...3 {
      #expect(try await logind.locks.next() == Self.taken)
      logind.prepareForSleep(true)
      try await machine.tells(.sleep)
      #expect(machine.login.delaysSleep)
      #expect(logind.held == 1)
      machine.login.allowSleep()
      #expect(try await logind.locks.next() == .released)
      #expect(!machine.login.delaysSleep)
      machine.login.allowSleep()
      logind.prepareForSleep(false)
      try await machine.tells(.wake)
    }
    #expect(try await logind.locks.next() == Self.taken)
    #expect(logind.held == 1)
  }

  @Test("Allowing sleep when none is ahead keeps the lock for the next")
  func early() async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus)
    #expect(try await logind.locks.next() == Self.taken)
    try await machine.tells(locked: false, idle: false)
    machine.login.allowSleep()
    logind.prepareForSleep(true)
    try await machine.tells(.sleep)
    #expect(logind.held == 1)
    #expect(logind.locks.unread.isEmpty)
  }

  @Test("Never let, and woken all the same, it does not gather locks")
  func neverLet() async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus)
    #expect(try await logind.locks.next() == Self.taken)
    logind.prepareForSleep(true)
    logind.prepareForSleep(false)
    try await machine.tells(.sleep)
    try await machine.tells(.wake)
    #expect(try await logind.locks.next() == Self.taken)
    #expect(try await logind.locks.next() == .released)
    #expect(logind.held == 1)
  }

  @Test("Without a lock, where it is refused, sleep and wake are told of all the same")
  func refused() async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus)
    logind.refuses = true
    try await machine.tells(locked: false, idle: false)
    logind.prepareForSleep(true)
    try await machine.tells(.sleep)
    #expect(!machine.login.delaysSleep)
    logind.prepareForSleep(false)
    try await machine.tells(.wake)
  }

  @Test("A stranger who signals as logind does is not heard")
  func stranger() async throws {
    let machine = try Machine()
    let logind = try FakeLogind(on: machine.bus)
    try await machine.tells(locked: false, idle: false)
    let stranger = try FakeService("org.example.Stranger", on: machine.bus)
    for begins in [true, false] {
      stranger.emit(
        "PrepareForSleep", of: "org.freedesktop.login1.Manager", at: "/org/freedesktop/login1",
        [.flag(begins)],
        to: logind.caller)
    }
    logind.set("LockedHint", true, tells: false)
    stranger.emit(
      "PropertiesChanged", of: "org.freedesktop.DBus.Properties", at: FakeLogind.session,
      [.text("org.freedesktop.login1.Session"), .properties([:]), .texts([])], to: logind.caller)
    stranger.synchronize()
    // Round trips, enough for all questions that a stranger could cause.
    #expect(try await logind.locks.next() == Self.taken)
    for _ in 1...3 {
      logind.prepareForSleep(true)
      logind.prepareForSleep(false)
      #expect(try await machine.told.next() == .sleep)
      #expect(try await machine.told.next() == .wake)
      #expect(try await logind.locks.next() == Self.taken)
      #expect(try await logind.locks.next() == .released)
    }
    #expect(machine.told.unread.isEmpty)
    #expect(machine.login.isLocked == false)
  }

  @Test("Let go of, it lets the machine sleep")
  func freed() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let logind = try FakeLogind(on: bus)
    let connection = try Bus.at(bus.address)
    var login: LoginSession? = try LoginSession(on: connection)
    // The session is known once its signals count, which may be before the lock is reported.
    let changes = Mailbox<Bool>("a change")
    login?.onChange = { [weak login] in changes.put(login?.isLocked != nil) }
    #expect(try await logind.locks.next() == Self.taken)
    while try await !changes.next() {}
    login = nil
    #expect(try await logind.locks.next() == .released)
  }
}

@Suite("LoginSession: lock and idleness")
struct HintTests {
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
    #expect(!machine.login.delaysSleep)
    machine.login.allowSleep()
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

  @Test("logind that goes takes what is known with it; when it is back, all is known and held again")
  func restart() async throws {
    let machine = try Machine()
    for isLocked in [true, false, true] {
      let logind = try FakeLogind(on: machine.bus, isLocked: isLocked)
      #expect(try await logind.locks.next() == SleepTests.taken)
      try await machine.tells(locked: isLocked, idle: false)
      logind.prepareForSleep(true)
      try await machine.tells(.sleep)
      // It will not report the waking any more.
      logind.die()
      try await machine.tells(.wake)
      #expect(
        try await machine.told.next() == .changed(isPresent: false, isLocked: nil, isIdle: nil))
    }
  }
}
