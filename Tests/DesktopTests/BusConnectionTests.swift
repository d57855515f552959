import Desktop
import DesktopRig
import Testing

/// A connection under test, and its callbacks.
private final class Line {
  let folder: TemporaryFolder
  let connection: BusConnection

  enum Told: Hashable {
    case connected(String?)
    case lost(BusError)
  }
  let told = Mailbox<Told>("a callback")

  init(
    in folder: TemporaryFolder, first: Duration = .seconds(1), longest: Duration = .seconds(60),
    answerTimeout: Duration = .seconds(25), isSandboxed: Bool = false
  ) {
    self.folder = folder
    connection = BusConnection(
      to: .at("unix:path=\(folder.path("bus"))"), first: first, longest: longest,
      answerTimeout: answerTimeout,
      isSandboxed: isSandboxed)
    connection.onConnect = { [told] in told.put(.connected($0.id)) }
    connection.onLoss = { [told] in told.put(.lost($0)) }
    connection.start()
  }

  func connects() async throws -> String {
    switch try await told.next() {
    case .connected(let id?): return id
    case let other: throw Unexpected(what: "\(other)")
    }
  }

  func loses() async throws {
    guard case .lost = try await told.next() else { throw Unexpected(what: "a connection") }
  }
}

@Suite("BusConnection")
struct BusConnectionTests {
  @Test("A bus that is there is connected to, and told of when it has answered")
  func present() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let line = Line(in: folder)
    #expect(line.connection.bus == nil)
    _ = try await line.connects()
    #expect(line.connection.bus?.isOpen == true)
    line.connection.stop()
    #expect(line.connection.bus == nil)
    _ = bus
  }

  @Test(
    "A bus that is restarted is connected to once each time, and is another one", arguments: [false, true])
  func restarted(isSandboxed: Bool) async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let line = Line(in: folder, isSandboxed: isSandboxed)
    var ids = [try await line.connects()]
    for _ in 1...4 {
      bus.kill()
      try await line.loses()
      #expect(line.connection.bus == nil)
      try bus.restart()
      ids.append(try await line.connects())
      // The old connections' callbacks would come before the new one's answer.
      let fake = try FakeNotificationServer(on: bus)
      let stage = try Stage(on: bus, in: folder)
      _ = try await stage.appears()
      fake.die()
      #expect(line.told.unread.isEmpty)
    }
    #expect(Set(ids).count == 5)
  }

  @Test(
    "A bus that says who one is and then hangs is let go of, and a good one is connected to afterwards",
    arguments: [false, true])
  func halfDeaf(isSandboxed: Bool) async throws {
    let folder = try TemporaryFolder()
    var deaf: HalfDeafBus? = try HalfDeafBus(at: folder.path("bus"))
    let line = Line(
      in: folder, first: .milliseconds(10), longest: .seconds(600), answerTimeout: .milliseconds(50),
      isSandboxed: isSandboxed)
    try await line.loses()
    #expect(line.connection.bus == nil)
    #expect(try #require(deaf).greeted > 0)
    deaf = nil
    let bus = try PrivateBus(in: folder)
    _ = try await line.connects()
    _ = bus
  }

  @Test("A missing bus is reported once, and connected to as soon as its socket appears")
  func later() async throws {
    let folder = try TemporaryFolder()
    // Longer than the test may take: only the socket's appearance can cause the connection.
    let line = Line(in: folder, first: .seconds(600), longest: .seconds(600))
    try await line.loses()
    let bus = try PrivateBus(in: folder)
    _ = try await line.connects()
    #expect(line.told.unread.isEmpty)
    _ = bus
  }

  @Test(
    "A socket that refuses or hangs up is tried again and again, and reported once", arguments: [false, true])
  func deaf(isSandboxed: Bool) async throws {
    let folder = try TemporaryFolder()
    let socket = try RefusingSocket(at: folder.path("bus"))
    let line = Line(
      in: folder, first: .milliseconds(5), longest: .milliseconds(40), isSandboxed: isSandboxed)
    try await line.loses()
    try await socket.hangUp(on: 5)
    #expect(line.told.unread.isEmpty)
    let bus = try PrivateBus(in: folder)
    _ = try await line.connects()
    _ = bus
  }

  @Test("Stopped, it calls nothing back, and can be started again")
  func stopped() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let line = Line(in: folder)
    line.connection.stop()
    line.connection.start()
    line.connection.start()
    _ = try await line.connects()
    line.connection.stop()
    bus.kill()
    try bus.restart()
    let stage = try Stage(on: bus, in: folder)
    let fake = try FakeNotificationServer(on: bus)
    _ = try await stage.appears()
    _ = fake
    #expect(line.told.unread.isEmpty)
  }

  @Test("A callback about the connection can stop it")
  func stoppedInCallback() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let line = Line(in: folder)
    line.connection.onConnect = { [told = line.told, unowned connection = line.connection] bus in
      connection.stop()
      told.put(.connected(bus.isOpen ? "open" : "closed"))
    }
    #expect(try await line.connects() == "closed")
    #expect(line.connection.bus == nil)
    _ = bus
  }
}
