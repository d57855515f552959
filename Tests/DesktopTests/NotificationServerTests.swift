import Desktop
import DesktopRig
import Testing

@Suite("NotificationServer: coming and going")
struct NotificationPresenceTests {
  @Test("A running server appears, with its name and capabilities")
  func present() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let fake = try FakeNotificationServer(on: bus, capabilities: ["body", "x-own"])
    let stage = try Stage(on: bus, in: folder)
    let server = try await stage.appears()
    #expect(server.identity == "\(try #require(stage.connection.id))/\(fake.uniqueName)")
    #expect(server.name == "fake")
    #expect(server.vendor == "nobody")
    #expect(server.version == "1.0")
    #expect(server.specificationVersion == "1.2")
    #expect(server.capabilities == [.body, Capability(rawValue: "x-own")])
    #expect(stage.server.current == server)
  }

  @Test("Without a server a notification fails as an unknown service, and a later server appears")
  func late() async throws {
    let stage = try Stage()
    guard case .failure(.serviceUnknown) = try await stage.notify(Notification(summary: "Kiss")) else {
      throw Unexpected(what: "an answer without a server")
    }
    let fake = try FakeNotificationServer(on: stage.bus)
    #expect(try await stage.appears().identity.hasSuffix(fake.uniqueName))
    #expect(try await stage.notify(Notification(summary: "Kiss")) == .success(1))
  }

  @Test("A server that dies vanishes, and its pending calls fail")
  func death() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    fake.isSilent = true
    async let answer = stage.notify(Notification(summary: "Kiss"))
    _ = try await fake.calls.next()
    fake.die()
    guard case .failure(.noReply) = try await answer else { throw Unexpected(what: "an answer of the dead") }
    #expect(try await stage.told.next() == .vanished)
    #expect(stage.server.current == nil)
  }

  @Test("A server that returns is another one")
  func back() async throws {
    let stage = try Stage()
    let first = try FakeNotificationServer(on: stage.bus)
    let before = try await stage.appears()
    first.die()
    #expect(try await stage.told.next() == .vanished)
    let second = try FakeNotificationServer(on: stage.bus)
    let after = try await stage.appears()
    #expect(after.identity.hasSuffix(second.uniqueName))
    #expect(after.identity != before.identity)
  }

  @Test("When a server takes the name from another, the first vanishes, then the second appears")
  func replaced() async throws {
    let stage = try Stage()
    let first = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    let second = try FakeNotificationServer(on: stage.bus)
    #expect(try await stage.told.next() == .vanished)
    #expect(try await stage.appears().identity.hasSuffix(second.uniqueName))
    // The first server still lives, but does not own the name any more.
    first.emitAction(1, "done")
    second.emitAction(2, "done")
    #expect(try await stage.told.next() == .action(2, "done"))
  }

  @Test("A server that dies before it reports its capabilities never appears")
  func shortLived() async throws {
    let stage = try Stage()
    let mute = try FakeNotificationServer(on: stage.bus, isMute: true)
    _ = try await mute.calls.next()
    mute.die()
    let fake = try FakeNotificationServer(on: stage.bus)
    #expect(try await stage.appears().identity.hasSuffix(fake.uniqueName))
  }

  @Test("A server that has its name before it knows its own calls is asked again")
  func notReady() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus, takesName: false)
    // Some of these meet the first question, and some the second.
    fake.unknownCalls = 3
    try fake.takeName()
    let server = try await stage.appears()
    #expect(server.name == "fake")
    #expect(server.capabilities.contains(.actions))
  }

  @Test("A server that answers only after another took the name never appears")
  func tooSlow() async throws {
    let stage = try Stage()
    let slow = try FakeNotificationServer(on: stage.bus, isMute: true)
    _ = try await slow.calls.next()
    let fake = try FakeNotificationServer(on: stage.bus)
    #expect(try await stage.appears().identity.hasSuffix(fake.uniqueName))
    slow.speak()
    // Round trips over the bus, enough for all questions to the slow server.
    for _ in 0..<3 { _ = try await stage.notify(Notification(summary: "Kiss")).get() }
    #expect(stage.told.unread.isEmpty)
    #expect(stage.server.current?.identity.hasSuffix(fake.uniqueName) == true)
  }

  @Test("A server that the bus can start is started at once")
  func activated() async throws {
    let folder = try TemporaryFolder()
    let display = try VirtualDisplay()
    let bus = try PrivateBus(
      in: folder, environment: ["DISPLAY": display.name],
      services: ["org.freedesktop.Notifications": find("dunst", package: "dunst")])
    let stage = try Stage(on: bus, in: folder)
    #expect(try await stage.appears().name == "dunst")
  }
}

@Suite("NotificationServer: signals")
struct NotificationSignalTests {
  @Test("Presses, replies and closings come in their order; other signals are ignored")
  func order() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    fake.emitActivationToken(3, "token")
    fake.emitAction(3, "snooze:0")
    fake.emitReply(3, "You made tea ☕")
    fake.emitClosed(3, reason: 2)
    #expect(try await stage.told.next() == .action(3, "snooze:0"))
    #expect(try await stage.told.next() == .reply(3, "You made tea ☕"))
    #expect(try await stage.told.next() == .closed(3, .dismissed))
  }

  @Test("A reply is cut off at 16 KiB, in whole characters")
  func longReply() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    // Three bytes each, as the ellipsis has: the bound falls into the middle of one.
    fake.emitReply(3, String(repeating: "☕", count: 300_000))
    let expected = String(repeating: "☕", count: ((1 << 14) - 3) / 3) + "…"
    #expect(try await stage.told.next() == .reply(3, expected))
  }

  @Test(
    "Every reason of the specification has its name; others are undefined",
    arguments: [
      (1, ClosedReason.expired), (2, .dismissed), (3, .closedByCall), (4, .undefined), (0, .undefined),
      (99, .undefined),
    ] as [(UInt32, ClosedReason)])
  func reasons(number: UInt32, reason: ClosedReason) async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    fake.emitClosed(1, reason: number)
    #expect(try await stage.told.next() == .closed(1, reason))
  }

  @Test("A stranger who signals as the server does is not heard")
  func stranger() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    let stranger = try FakeNotificationServer(on: stage.bus, takesName: false)
    _ = try await stage.appears()
    stranger.emitAction(1, "done")
    stranger.emitClosed(1, reason: 2)
    // A signal to one receiver passes the bus whatever the receiver has subscribed to.
    stranger.emitAction(1, "done", to: fake.caller)
    try stranger.synchronize()
    fake.emitAction(2, "skip")
    #expect(try await stage.told.next() == .action(2, "skip"))
  }

  @Test("A signal with the wrong arguments is passed over")
  func malformed() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    fake.emitNonsense("ActionInvoked")
    fake.emitNonsense("NotificationClosed")
    fake.emitAction(2, "skip")
    #expect(try await stage.told.next() == .action(2, "skip"))
  }
}
