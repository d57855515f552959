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
    // Plasma's portal does not replace.
    #expect(
      try await portal.calls.next()
        == .init(method: "RemoveNotification", arguments: [.text("reminder-\(number)")]))
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
    while try await portal.calls.next().method != "AddNotification" {}
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

  @Test(
    "Switched off in the desktop's settings, a server counts as gone; switched on again, it is there",
    arguments: [
      ("gnome-shell", "dconf/user", DconfDatabase.ritualOff),
      ("Budgie Notification Server", "dconf/user", DconfDatabase.ritualOff),
      ("cinnamon", "dconf/user", DconfDatabase.ritualOffInCinnamon),
      ("Plasma", "config/plasmanotifyrc", plasmaSettings("ShowPopups=false\nShowInHistory=false")),
      ("Plasma", "site/plasmanotifyrc", plasmaSettings("ShowInHistory[$i]=false\nShowPopups = 0")),
    ])
  func switchedOff(name: String, file: String, setting: [UInt8]) async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let fake = try FakeNotificationServer(on: bus, name: name)
    for name in ["dconf", "config", "site"] { _ = try folder.makeFolder(name) }
    let rig = try Rig(on: bus, in: folder)
    let server = try await rig.appears()
    let number = try await rig.notify(Self.kiss).get()
    #expect(try await fake.calls.next().method == "Notify")
    try folder.write(setting, to: "new")
    try folder.rename("new", to: file)
    #expect(try await rig.told.next() == .vanished)
    #expect(rig.notifier.current == nil && rig.notifier.isSwitchedOff)
    // A notification that stays in the server, out of sight, would be there twice after the switch.
    let close = try await fake.calls.next()
    #expect(close.method == "CloseNotification" && close.arguments == [.number(Int64(number))])
    try folder.rename(file, to: "gone")
    #expect(try await rig.appears() == server)
    #expect(rig.notifier.current == server && !rig.notifier.isSwitchedOff)
    // It is off from the start.
    try folder.write(setting, to: file)
    let later = try Rig(on: bus, in: folder)
    #expect(try await later.told.next() == .vanished)
    #expect(later.notifier.isSwitchedOff)
  }

  /// Another program is switched off in it, and for this one all of `lines`.
  nonisolated private static func plasmaSettings(_ lines: String) -> [UInt8] {
    Array(
      """
      [Applications][firefox]
      ShowPopups=false
      ShowInHistory=false

      [Applications][io.ritual.Ritual]
      Seen=true
      \(lines)
      [Applications][io.ritual.Ritual][More]
      ShowPopups=true
      """.utf8)
  }

  @Test(
    "Where banners alone are switched off, the server shows: in its list, which is told",
    arguments: [
      ("gnome-shell", "dconf/user", DconfDatabase.ritualInList),
      ("Plasma", "config/plasmanotifyrc", plasmaSettings("ShowPopups=true\nShowPopups=false")),
    ])
  func listOnly(name: String, file: String, setting: [UInt8]) async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let fake = try FakeNotificationServer(on: bus, name: name)
    for name in ["dconf", "config"] { _ = try folder.makeFolder(name) }
    try folder.write(setting, to: file)
    let rig = try Rig(on: bus, in: folder)
    _ = try await rig.appears()
    #expect(rig.notifier.isListOnly && !rig.notifier.isSwitchedOff)
    _ = fake
  }

  @Test("Plasma's settings for other programs, and what is switched on, change nothing")
  func plasmaOn() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let fake = try FakeNotificationServer(on: bus, name: "Plasma")
    for name in ["config", "site"] { _ = try folder.makeFolder(name) }
    // The user's own setting wins.
    try folder.write(Self.plasmaSettings("ShowPopups=true"), to: "config/plasmanotifyrc")
    try folder.write(Self.plasmaSettings("ShowPopups=false\nShowInHistory=false"), to: "site/plasmanotifyrc")
    let rig = try Rig(on: bus, in: folder)
    #expect(try await rig.appears().name == "Plasma")
    #expect(!rig.notifier.isListOnly && !rig.notifier.isSwitchedOff)
    _ = fake
  }

  @Test("Another desktop's settings are not asked")
  func otherSettings() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let fake = try FakeNotificationServer(on: bus, name: "dunst")
    _ = try folder.makeFolder("dconf")
    try folder.write(DconfDatabase.ritualOff, to: "dconf/user")
    let rig = try Rig(on: bus, in: folder)
    #expect(try await rig.appears().name == "dunst")
    _ = fake
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
      serverTimeout: .milliseconds(1),
      settings: .init(
        dconf: DconfSource(
          folder: folder.path("dconf"), profile: folder.path("profile"), systemFolder: folder.path("db")),
        configuration: [folder.path("config"), folder.path("site")]))
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
