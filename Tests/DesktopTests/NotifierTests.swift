import Desktop
import DesktopRig
import Dispatch
import Testing

/// The portal is a fake on a private bus; the server, if there is one, is the one of the server's own tests.
@Suite("Notifier: server and portal")
struct NotifierTests {
  static let kiss = Notification(
    summary: "Goodbye kiss", body: "Six seconds & more",
    actions: [
      .init(key: Notification.Action.defaultKey, label: "Done"), .init(key: "done", label: "Done"),
      .init(key: "skip", label: "Skip"),
    ], urgency: .critical, tag: "kiss-1", iconName: "io.ritual.Ritual")

  @Test("Without a server the portal shows it, with its buttons, and takes it back")
  func portalAlone() async throws {
    let rig = try Rig()
    let portal = try rig.makePortal()
    let server = try await rig.appears()
    #expect(server.name == "the notification portal" && server.capabilities == [.actions, .body])
    let number = try await rig.notify(Self.kiss).get()
    let call = try await portal.calls.next()
    #expect(call.method == "AddNotification")
    let button = { (label: String, key: String) in
      BusValue.map(["label": .text(label), "action": .text(key)])
    }
    #expect(
      call.arguments == [
        .text("reminder-\(number)"),
        .map([
          "title": .text("Goodbye kiss"), "body": .text("Six seconds & more"), "priority": .text("urgent"),
          "default-action": .text("default"),
          "buttons": .list([button("Done", "done"), button("Skip", "skip")]),
          "icon": .list([.text("themed"), .list([.text("io.ritual.Ritual")])]),
        ]),
      ])
    portal.press("reminder-\(number)", "skip")
    #expect(try await rig.told.next() == .action(number, "skip"))
    rig.notifier.close(number)
    #expect(
      try await portal.calls.next()
        == .init(method: "RemoveNotification", arguments: [.text("reminder-\(number)")]))
  }

  @Test("A notification of an earlier process is replaced, by its number and by its tag")
  func replaces() async throws {
    let rig = try Rig()
    let portal = try rig.makePortal()
    _ = try await rig.appears()
    let number = try await rig.notify(Self.kiss).get()
    #expect(try await rig.notify(Self.kiss, replacing: number).get() == number)
    let again = try Rig(on: rig.bus, in: rig.folder)
    _ = try await again.appears()
    #expect(try await again.notify(Self.kiss).get() == number)
    var other = Self.kiss
    other.tag = "kiss-2"
    #expect(try await again.notify(other).get() != number)
    _ = portal
  }

  @Test("A server that comes later takes over: what the portal shows is taken back first")
  func serverComes() async throws {
    let rig = try Rig()
    let portal = try rig.makePortal()
    _ = try await rig.appears()
    let number = try await rig.notify(Self.kiss).get()
    _ = try await portal.calls.next()
    let fake = try FakeNotificationServer(on: rig.bus)
    #expect(try await rig.told.next() == .vanished)
    #expect(try await rig.appears().name == "fake")
    #expect(try await portal.calls.next().arguments == [.text("reminder-\(number)")])
    // A late press on a removed notification is ignored.
    portal.press("reminder-\(number)", "done")
    _ = try await rig.notify(Self.kiss)
    #expect(try await fake.calls.next().method == "Notify")
    // A server that ended comes back; the portal is only for sessions that never saw one.
    fake.die()
    #expect(try await rig.told.next() == .vanished)
    #expect(rig.notifier.current == nil)
    portal.synchronize()
    #expect(portal.calls.unread.isEmpty)
  }

  @Test("Beside a server the portal is not asked for anything")
  func serverFirst() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let fake = try FakeNotificationServer(on: bus)
    let rig = try Rig(on: bus, in: folder)
    let portal = try rig.makePortal()
    #expect(try await rig.appears().name == "fake")
    _ = try await rig.notify(Self.kiss)
    #expect(try await fake.calls.next().method == "Notify")
    #expect(portal.calls.unread.isEmpty)
  }

  @Test("Outside of a sandbox the portal is not asked, also where no server is there")
  func noSandbox() async throws {
    let rig = try Rig(isSandboxed: false)
    let portal = try rig.makePortal()
    // Its time limit passes before that of a later one.
    let later = try Rig(on: rig.bus, in: rig.folder)
    _ = try await later.appears()
    #expect(rig.notifier.current == nil)
    #expect(try await rig.notify(Self.kiss).isServiceUnknown)
    #expect(portal.calls.unread.isEmpty)
  }

  @Test("A portal that shows no notifications is none")
  func useless() async throws {
    let rig = try Rig()
    let portal = try rig.makePortal(version: nil)
    while portal.caller == nil { await Task.yield() }
    // The portal's refusal is on its way; a server that appears after it is still reported.
    let fake = try FakeNotificationServer(on: rig.bus)
    #expect(try await rig.appears().name == "fake")
    _ = (fake, portal)
  }

  @Test("The end of a portal is reported")
  func goes() async throws {
    let rig = try Rig()
    let portal = try rig.makePortal()
    _ = try await rig.appears()
    portal.die()
    #expect(try await rig.told.next() == .vanished)
    #expect(try await rig.notify(Self.kiss).isServiceUnknown)
  }
}

/// A private bus with a `Notifier` on it, and its callbacks.
private final class Rig {
  let folder: TemporaryFolder
  let bus: PrivateBus
  let notifier: Notifier
  let told = Mailbox<Told>("a callback")
  private let connection: Bus

  enum Told: Hashable {
    case appeared(ServerInformation)
    case vanished
    case action(UInt32, String)
  }

  convenience init(isSandboxed: Bool = true) throws {
    let folder = try TemporaryFolder()
    try self.init(on: PrivateBus(in: folder), in: folder, isSandboxed: isSandboxed)
  }

  init(on bus: PrivateBus, in folder: TemporaryFolder, isSandboxed: Bool = true) throws {
    (self.bus, self.folder) = (bus, folder)
    connection = try Bus.at(bus.address)
    notifier = try Notifier(
      on: connection, applicationName: "Ritual", desktopEntry: "io.ritual.Ritual", isSandboxed: isSandboxed,
      serverTimeout: .milliseconds(1))
    notifier.onAppear = { [told] in told.put(.appeared($0)) }
    notifier.onVanish = { [told] in told.put(.vanished) }
    notifier.onAction = { [told] in told.put(.action($0, $1)) }
  }

  func makePortal(version: UInt32? = 1) throws -> FakeService {
    try FakeService("org.freedesktop.portal.Desktop", on: bus) { portal in
      portal.methods["AddNotification"] = { _ in [] }
      portal.methods["RemoveNotification"] = { _ in [] }
      portal.set(
        "version", of: FakeService.portal, at: FakeService.portalPath, to: version.map { .number($0) },
        tells: false)
    }
  }

  func appears() async throws -> ServerInformation {
    switch try await told.next() {
    case .appeared(let server): return server
    case let other: throw Unexpected(what: "\(other)")
    }
  }

  func notify(
    _ notification: Notification, replacing number: UInt32? = nil
  ) async throws -> Result<UInt32, BusError> {
    let answer = Mailbox<Result<UInt32, BusError>>("the answer to a notification")
    notifier.notify(notification, replacing: number) { answer.put($0) }
    return try await answer.next()
  }
}

extension FakeService {
  fileprivate static let portal = "org.freedesktop.portal.Notification"
  fileprivate static let portalPath = "/org/freedesktop/portal/desktop"

  fileprivate func press(_ id: String, _ key: String) {
    emit("ActionInvoked", of: Self.portal, at: Self.portalPath, [.text(id), .text(key), .variants([])])
  }
}

extension Result where Failure == BusError {
  fileprivate var isServiceUnknown: Bool {
    if case .failure(.serviceUnknown) = self { true } else { false }
  }
}
