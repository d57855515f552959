import Desktop
import DesktopRig
import Testing

@Suite("BusGreeting")
struct BusGreetingTests {
  /// Shows a notification, hears of its button, and of the end of the bus.
  private func use(_ connection: Bus, of bus: PrivateBus) async throws {
    let lost = Mailbox<BusError>("the end of the bus")
    connection.onDisconnect = { lost.put($0) }
    let ready = Mailbox<Void>("the bus")
    connection.onReady = { ready.put(()) }
    #expect(connection.isOpen && connection.id == nil)
    try await ready.next()
    #expect(connection.id?.count == 32)
    let server = try NotificationServer(
      on: connection, applicationName: "Ritual", desktopEntry: "io.ritual.Ritual")
    let appeared = Mailbox<ServerInformation>("a server")
    server.onAppear = { appeared.put($0) }
    let fake = try FakeNotificationServer(on: bus)
    #expect(try await appeared.next().name == "fake")
    // Longer than what a socket takes at once.
    let body = String(repeating: "Six seconds. ", count: 100_000)
    let answer = Mailbox<Result<UInt32, BusError>>("the answer to Notify")
    server.notify(Notification(summary: "Kiss", body: body)) { answer.put($0) }
    #expect(try await fake.calls.next().arguments[4] == .text(body))
    #expect(try await answer.next() == .success(1))
    let pressed = Mailbox<String>("a button")
    server.onAction = { _, key in pressed.put(key) }
    fake.emitAction(1, "done")
    #expect(try await pressed.next() == "done")
    bus.kill()
    #expect(try await lost.next() == .disconnected)
    #expect(!connection.isOpen)
  }

  @Test("A bus that was greeted word by word is used like any other")
  func direct() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    try await use(Bus.at(socket: folder.path("bus")), of: bus)
  }

  @Test("Flatpak's proxy passes calls and signals", .enabled(if: BusProxy.isThere, "\(BusProxy.absence)"))
  func proxied() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    // As in a Flatpak, a name with a star: the proxy itself asks the bus for a list then.
    let proxy = try BusProxy(before: bus, in: folder, names: ["org.freedesktop.*"])
    try await use(Bus.at(socket: proxy.path), of: bus)
  }

  @Test("A bus that is silent is given up in time")
  func silent() async throws {
    let folder = try TemporaryFolder()
    let socket = try AnsweringSocket(at: folder.path("bus"), reply: "", end: UInt8.max)
    let connection = try Bus.at(socket: socket.path, timeout: .milliseconds(50))
    let lost = Mailbox<BusError>("the end of the bus")
    connection.onDisconnect = { lost.put($0) }
    guard case .noReply = try await lost.next() else { throw Unexpected(what: "another error") }
    #expect(!connection.isOpen)
  }

  @Test(
    "A bus that refuses, or ends, is told of once", arguments: ["REJECTED EXTERNAL\r\n", "DATA\r\n", "x"])
  func refused(reply: String) async throws {
    let folder = try TemporaryFolder()
    // It hangs up after its answer.
    let socket = try AnsweringSocket(at: folder.path("bus"), reply: reply, end: UInt8(ascii: "\n"))
    let connection = try Bus.at(socket: socket.path)
    let lost = Mailbox<BusError>("the end of the bus")
    connection.onDisconnect = { lost.put($0) }
    _ = try await lost.next()
    #expect(!connection.isOpen && lost.unread.isEmpty)
  }

  @Test("Closed while it is greeted, a bus tells nothing")
  func closed() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let connection = try Bus.at(socket: folder.path("bus"))
    connection.onDisconnect = { Issue.record("\($0)") }
    connection.close()
    #expect(!connection.isOpen)
    // Another one is greeted after it.
    try await use(Bus.at(socket: folder.path("bus")), of: bus)
  }

  @Test("Where nothing listens, the error is there at once, with the path in the message")
  func unreachable() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("nobody")
    let error = #expect(throws: BusError.self) { try Bus.at(socket: path) }
    #expect("\(try #require(error))".contains(path))
  }
}
