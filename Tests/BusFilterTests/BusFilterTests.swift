import Descriptors
import DesktopRig
import Glibc
import Testing

@testable import BusFilter
@testable import Desktop

/// The daemon's adapters on a real bus, behind the filter.
@Suite("BusFilter: a real bus behind it")
struct BusFilterTests {
  @Test("Notifications go out, and a pressed button comes back")
  func notifications() async throws {
    let filtered = try FilteredBus(.session)
    let connection = try Bus.at(filtered.address)
    let server = try NotificationServer(
      on: connection, applicationName: "Ritual", desktopEntry: "io.ritual.Ritual")
    let appeared = Mailbox<ServerInformation>("a server")
    server.onAppear = { appeared.put($0) }
    let fake = try FakeNotificationServer(on: filtered.bus)
    _ = try await appeared.next()
    // The message is longer than what a relay reads at once.
    let body = String(repeating: "Six seconds. ", count: 10_000)
    let answer = Mailbox<Result<UInt32, BusError>>("the answer to Notify")
    server.notify(Notification(summary: "Kiss", body: body)) { answer.put($0) }
    #expect(try await fake.calls.next().arguments[4] == .text(body))
    #expect(try await answer.next() == .success(1))
    let pressed = Mailbox<String>("a button")
    server.onAction = { _, key in pressed.put(key) }
    fake.emitAction(1, "default")
    #expect(try await pressed.next() == "default")
    #expect(filtered.notices.unread.isEmpty)
  }

  @Test("The end of the last connection is told, and not that of another one")
  func idle() async throws {
    let filtered = try FilteredBus(.session)
    let fake = try FakeNotificationServer(on: filtered.bus)
    let answer = Mailbox<Result<UInt32, BusError>>("the answer to Notify")
    func connect() async throws -> NotificationServer {
      let server = try NotificationServer(
        on: Bus.at(filtered.address), applicationName: "Ritual", desktopEntry: "io.ritual.Ritual")
      let appeared = Mailbox<ServerInformation>("a server")
      server.onAppear = { appeared.put($0) }
      _ = try await appeared.next()
      return server
    }
    var first: NotificationServer? = try await connect()
    var second: NotificationServer? = try await connect()
    #expect(first != nil)
    first = nil
    // The filter hears of that end before it passes this call.
    second?.notify(Notification(summary: "Kiss", body: "")) { answer.put($0) }
    #expect(try await answer.next() == .success(1))
    #expect(filtered.idle.unread.isEmpty && !fake.calls.unread.isEmpty)
    second = nil
    try await filtered.idle.next()
    #expect(filtered.idle.unread.isEmpty)
  }

  @Test("logind is asked for the session, and its changes come through")
  func session() async throws {
    let filtered = try FilteredBus(.system)
    let login = try LoginSession(on: Bus.at(filtered.address))
    let changes = Mailbox<Bool?>("a change")
    login.onChange = { [unowned login] in changes.put(login.isLocked) }
    let logind = try FakeLogind(on: filtered.bus, isLocked: false)
    while try await changes.next() != false {}
    logind.set("LockedHint", true)
    #expect(try await changes.next() == true)
    #expect(filtered.notices.unread.isEmpty)
  }

  @Test("The state of do not disturb comes through, and its changes too")
  func quiet() async throws {
    let filtered = try FilteredBus(.session)
    let name = "org.freedesktop.Notifications"
    let service = try FakeService(name, on: filtered.bus) { service in
      service.set(
        "Inhibited", of: name, at: "/org/freedesktop/Notifications", to: .flag(false), tells: false)
    }
    let quiet = try DoNotDisturb(on: Bus.at(filtered.address))
    let states = Mailbox<DoNotDisturbState>("do not disturb")
    quiet.onChange = { [unowned quiet] in states.put(quiet.state) }
    quiet.follow(
      ServerInformation(
        identity: "x", name: "Plasma", vendor: "KDE", version: "1", specificationVersion: "1.2",
        capabilities: []))
    #expect(try await states.next() == .off)
    service.set("Inhibited", of: name, at: "/org/freedesktop/Notifications", to: .flag(true))
    #expect(try await states.next() == .on(by: "Plasma"))
    #expect(filtered.notices.unread.isEmpty)
  }

  @Test("A call that is not on the list reaches no service, and the answer is an error")
  func refused() async throws {
    let filtered = try FilteredBus(.session)
    let manager = try FakeService("org.freedesktop.systemd1", on: filtered.bus) { service in
      service.methods["StartTransientUnit"] = { _ in [] }
    }
    let connection = try Bus.at(filtered.address)
    let answer = Mailbox<Result<Bool, BusError>>("an answer")
    try connection.ask(
      "StartTransientUnit", of: "org.freedesktop.systemd1.Manager", at: "/org/freedesktop/systemd1",
      to: "org.freedesktop.systemd1", read: { _ in true }, completion: { answer.put($0) })
    guard case .failure(.refused) = try await answer.next() else { throw RigError.waitedInVain("a refusal") }
    _ = try await filtered.notices.next()
    manager.synchronize()
    #expect(manager.calls.unread.isEmpty)
    // The connection goes on.
    try connection.ask(
      "GetId", of: "org.freedesktop.DBus", at: "/org/freedesktop/DBus", to: "org.freedesktop.DBus",
      read: { _ in true }, completion: { answer.put($0) })
    #expect(try await answer.next() == .success(true))
  }

  @Test("Where no bus is, and where it dies, the connection ends")
  func death() async throws {
    let filtered = try FilteredBus(.session)
    let lost = Mailbox<BusError>("the end of the connection")
    let connection = try Bus.at(filtered.address)
    connection.onDisconnect = { lost.put($0) }
    let server = try NotificationServer(
      on: connection, applicationName: "Ritual", desktopEntry: "io.ritual.Ritual")
    let appeared = Mailbox<ServerInformation>("a server")
    server.onAppear = { appeared.put($0) }
    let fake = try FakeNotificationServer(on: filtered.bus)
    _ = try await appeared.next()
    filtered.bus.kill()
    #expect(try await lost.next() == .disconnected)
    let second = try Bus.at(filtered.address)
    second.onDisconnect = { lost.put($0) }
    #expect(try await lost.next() == .disconnected)
    fake.die()
  }

  @Test("A socket that gives no connections is worth a notice, and is left alone for a while")
  func accepting() async throws {
    // The socket does not listen: accept(2) fails, and fails again at once.
    let broken = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(broken) }
    let filter = BusFilter()
    let notices = Mailbox<String>("a notice of the filter")
    filter.onNotice = { notices.put($0) }
    try filter.serve(broken, to: { [] }, .session)
    #expect(try await notices.next().hasPrefix("A connection cannot be taken ("))
    #expect(filter.isResting(broken))
  }

  @Test(
    "A bus is found by its address",
    arguments: [
      ("unix:path=/run/user/1000/bus", [Array("/run/user/1000/bus".utf8)]),
      ("unix:path=/tmp/a%20b,guid=0123", [Array("/tmp/a b".utf8)]),
      ("unix:abstract=/tmp/dbus-x;unix:path=/b", [[0] + Array("/tmp/dbus-x".utf8), Array("/b".utf8)]),
      ("tcp:host=localhost", []), ("unix:path=", []), ("unix:path=/a%2", []), ("", []),
    ] as [(String, [[UInt8]])])
  func addresses(_ address: String, _ names: [[UInt8]]) {
    #expect(SocketAddress.all(inBusAddresses: address).map(\.name) == names)
  }
}
