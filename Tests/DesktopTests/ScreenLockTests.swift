import Desktop
import DesktopRig
import Testing

/// A private bus in place of both buses, with all sources of the lock and all that listen to them.
private final class Desk {
  let folder: TemporaryFolder
  let bus: PrivateBus
  let connection: Bus
  let lock = ScreenLock()
  let login: LoginSession
  let saver: ScreenSaver
  let told = Mailbox<Bool?>("a change of the lock")
  let hints = Mailbox<Bool?>("a change of logind's hints")
  let savers = Mailbox<Bool?>("a change of the screen saver")

  init() throws {
    folder = try TemporaryFolder()
    bus = try PrivateBus(in: folder)
    connection = try Bus.at(bus.address)
    login = try LoginSession(on: connection, screenLock: lock)
    saver = try ScreenSaver(on: connection, lock: lock)
    lock.onChange = { [told, unowned lock] in told.put(lock.isLocked) }
    login.onChange = { [hints, unowned login] in if login.isPresent { hints.put(login.isLocked) } }
    saver.onChange = { [savers, unowned saver] in savers.put(saver.isActive) }
  }

  /// Starts a logind, and waits until its answer is known.
  func logind(isLocked: Bool) async throws -> FakeLogind {
    let logind = try FakeLogind(on: bus, isLocked: isLocked)
    try await hear(isLocked)
    return logind
  }

  /// Waits for this report of logind.
  func hear(_ isLocked: Bool) async throws { while try await hints.next() != isLocked {} }

  static let name = "org.cinnamon.ScreenSaver"

  /// Starts a screen saver, and waits until its answer is known.
  func saver(isActive: Bool) async throws -> FakeService {
    let service = try FakeService(Self.name, on: bus) { $0.methods["GetActive"] = { _ in [.flag(isActive)] } }
    while try await savers.next() != isActive {}
    return service
  }

  /// Changes the screen saver's report.
  func turn(_ service: FakeService, _ isActive: Bool) async throws {
    service.emit("ActiveChanged", of: Self.name, at: "/org/cinnamon/ScreenSaver", [.flag(isActive)])
    while try await savers.next() != isActive {}
  }

  /// Makes a lock that is only remembered: the screen was locked, and logind came back and reports otherwise.
  func remembering() async throws -> FakeLogind {
    try await logind(isLocked: true).die()
    let logind = try await logind(isLocked: false)
    #expect(lock.isLocked == true && lock.isRemembered)
    return logind
  }
}

@Suite("ScreenLock")
struct ScreenLockTests {
  @Test("logind that restarts and comes back with no lock has unlocked nothing")
  func restart() async throws {
    let desk = try Desk()
    let first = try await desk.logind(isLocked: true)
    first.die()
    let second = try await desk.logind(isLocked: false)
    second.die()
    let third = try await desk.logind(isLocked: false)
    #expect(desk.lock.isLocked == true)
    // The screen was locked once; the only later change was that no witness reports the lock at present.
    #expect(desk.told.unread == [true, true])
    // Locked and unlocked within its present life, its report counts again.
    third.set("LockedHint", true)
    try await desk.hear(true)
    #expect(!desk.lock.isRemembered)
    third.set("LockedHint", false)
    try await desk.hear(false)
    #expect(desk.lock.isLocked == false)
  }

  @Test("logind's signal of an unlock counts, for this session alone")
  func unlockSignal() async throws {
    let desk = try Desk()
    let logind = try await desk.remembering()
    logind.unlock("/org/freedesktop/login1/session/_32")
    logind.set("IdleHint", true)
    try await desk.hear(false)
    #expect(desk.lock.isLocked == true)
    logind.unlock()
    while try await desk.told.next() != false {}
    #expect(desk.lock.isLocked == false)
  }

  @Test("A mere request to unlock does not count while logind reports the session as locked")
  func unlockIsAskedFor() async throws {
    let desk = try Desk()
    let logind = try await desk.logind(isLocked: true)
    logind.unlock()
    logind.set("IdleHint", true)
    try await desk.hear(true)
    #expect(desk.lock.isLocked == true)
    logind.set("LockedHint", false)
    try await desk.hear(false)
    #expect(desk.lock.isLocked == false)
  }

  @Test("A screen saver that sees the unlock says so for all; one that was never active does not")
  func saverSeesUnlock() async throws {
    let desk = try Desk()
    let saver = try await desk.saver(isActive: false)
    let logind = try await desk.remembering()
    try await desk.turn(saver, true)
    #expect(desk.lock.isLocked == true && !desk.lock.isRemembered)
    try await desk.turn(saver, false)
    #expect(desk.lock.isLocked == false)
    _ = logind
  }

  @Test("The session's end is the end of its lock, and so is another session", arguments: [true, false])
  func otherSession(isTold: Bool) async throws {
    let desk = try Desk()
    let logind = try await desk.remembering()
    if isTold {
      logind.end("/org/freedesktop/login1/session/_39")
      logind.end()
    } else {
      let other = "/org/freedesktop/login1/session/_32"
      logind.set("LockedHint", false, of: other, tells: false)
      logind.set("IdleHint", false, of: other, tells: false)
      logind.show(other)
    }
    while try await desk.told.next() == true {}
    #expect(desk.lock.isLocked != true)
  }

  @Test("A screen saver that dies while it is active leaves the screen locked until it says otherwise")
  func saverDies() async throws {
    let desk = try Desk()
    let logind = try await desk.logind(isLocked: false)
    let saver = try await desk.saver(isActive: true)
    saver.die()
    while try await desk.savers.next() != nil {}
    #expect(desk.lock.isLocked == true && desk.lock.isRemembered)
    let again = try await desk.saver(isActive: false)
    #expect(desk.lock.isLocked == false)
    _ = (logind, again)
  }

  @Test("A screen saver that restarts while logind reports a lock changes nothing")
  func saverReturnsLocked() async throws {
    let desk = try Desk()
    let logind = try await desk.logind(isLocked: true)
    let saver = try await desk.saver(isActive: true)
    saver.die()
    while try await desk.savers.next() != nil {}
    let again = try await desk.saver(isActive: false)
    #expect(desk.lock.isLocked == true)
    logind.set("LockedHint", false)
    try await desk.hear(false)
    #expect(desk.lock.isLocked == false)
    _ = again
  }

  @Test("Both buses may go: the lock stays, and an unlock is seen by the next ones")
  func buses() async throws {
    let desk = try Desk()
    let logind = try await desk.logind(isLocked: true)
    desk.lock.logindVanished()
    desk.lock.screenSaversVanished()
    #expect(desk.lock.isLocked == true && desk.lock.isRemembered)
    logind.unlock()
    while try await desk.told.next() != nil {}
    #expect(desk.lock.isLocked == nil)
  }

  @Test("A screen that was never known to be locked is unknown")
  func unknown() async throws {
    let desk = try Desk()
    #expect(desk.lock.isLocked == nil)
    try await desk.logind(isLocked: false).die()
    while try await desk.told.next() != nil {}
    #expect(desk.lock.isLocked == nil)
  }
}
