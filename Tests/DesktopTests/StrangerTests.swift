import Desktop
import DesktopRig
import Dispatch
import Testing

/// Peers on the bus that pretend to be others, or that send without end.
@Suite("Strangers on the bus")
struct StrangerTests {
  private static let bus = "org.freedesktop.DBus"
  private static let busPath = "/org/freedesktop/DBus"

  /// Tells one connection that a name has another owner, as only the bus may.
  private func forge(_ name: String, owner: String, by stranger: FakeService, to receiver: String?) {
    stranger.emit(
      "NameOwnerChanged", of: Self.bus, at: Self.busPath, [.text(name), .text(""), .text(owner)],
      to: receiver)
    stranger.synchronize()
  }

  @Test("A stranger's signals do not make it the notification server")
  func server() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    let other = try FakeNotificationServer(on: stage.bus, takesName: false)
    let stranger = try FakeService("org.example.Stranger", on: stage.bus)
    forge("org.freedesktop.Notifications", owner: other.uniqueName, by: stranger, to: fake.caller)
    fake.emitAction(1, "done")
    #expect(try await stage.told.next() == .action(1, "done"))
    #expect(try await stage.notify(Notification(summary: "Kiss")) == .success(1))
    #expect(try await fake.calls.next().method == "Notify")
  }

  @Test("A stranger cannot unlock the screen as a screen saver")
  func screenSaver() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let name = "org.gnome.ScreenSaver"
    let genuine = try FakeService(name, on: bus) { $0.methods["GetActive"] = { _ in [.flag(true)] } }
    let saver = try ScreenSaver(on: Bus.at(bus.address))
    let told = Mailbox<Bool?>("a change of the screen saver")
    saver.onChange = { [unowned saver] in told.put(saver.isActive) }
    #expect(try await told.next() == true)
    let stranger = try FakeService("org.example.Stranger", on: bus) {
      $0.methods["GetActive"] = { _ in [.flag(false)] }
    }
    forge(name, owner: "", by: stranger, to: genuine.caller)
    genuine.emit("ActiveChanged", of: name, at: "/org/gnome/ScreenSaver", [.flag(false)])
    // Not nil: the server has not left.
    #expect(try await told.next() == false)
  }

  @Test("Signals make one question at a time, and those of others none")
  func questions() async throws {
    let folder = try TemporaryFolder()
    let bus = try PrivateBus(in: folder)
    let name = "org.erikreider.swaync.cc"
    let path = "/org/erikreider/swaync/cc"
    var isQuiet = false
    var count = 0
    let genuine = try FakeService(name, on: bus) {
      $0.methods["GetDnd"] = { _ in
        count += 1
        return [.flag(isQuiet)]
      }
    }
    let quiet = DoNotDisturb(on: try Bus.at(bus.address))
    let told = Mailbox<DoNotDisturbState>("a change of the wish not to be disturbed")
    quiet.onChange = { [unowned quiet] in told.put(quiet.state) }
    quiet.follow(
      ServerInformation(
        identity: "x/:1.1", name: "SwayNotificationCenter", vendor: "", version: "",
        specificationVersion: "1.2", capabilities: []))
    #expect(try await told.next() == .off)
    let stranger = try FakeService("org.example.Stranger", on: bus)
    for _ in 1...200 { stranger.emit("Subscribe", of: name, at: path, [], to: genuine.caller) }
    stranger.synchronize()
    isQuiet = true
    genuine.emit("Subscribe", of: name, at: path, [])
    #expect(try await told.next() == .on(by: "SwayNotificationCenter"))
    #expect(count == 2, "one at the start, one for the signal of the service itself")
    for _ in 1...200 { genuine.emit("Subscribe", of: name, at: path, []) }
    genuine.synchronize()
    isQuiet = false
    genuine.emit("Subscribe", of: name, at: path, [])
    #expect(try await told.next() == .off)
    #expect(count < 20, "\(count) questions")
  }

  @Test("A flood of signals leaves the main queue its turns")
  func fair() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    // Fewer than a socket holds, so that all of them arrive at once.
    let most = 150
    var heard = 0
    var heardAtTurn: Int?
    let ended = Mailbox<Int>("the last signal")
    stage.server.onAction = { _, _ in
      heard += 1
      // Other work of the main queue, like a timer that is due or a call at the control socket.
      if heard == 1 { DispatchQueue.main.async { heardAtTurn = heard } }
      if heard == most { ended.put(heardAtTurn ?? most) }
    }
    for number in 1...most { fake.emitAction(UInt32(number), "done") }
    try fake.synchronize()
    let turn = try await ended.next()
    #expect(turn < most, "\(turn) of \(most) signals came first")
  }

  @Test("Texts of megabytes are cut, whatever they are")
  func long() async throws {
    let stage = try Stage()
    let long = String(repeating: "ä", count: 2_000_000)
    let fake = try FakeNotificationServer(on: stage.bus, capabilities: [long], name: long, vendor: long)
    let server = try await stage.appears()
    for text in [server.name, server.vendor] + server.capabilities.map(\.rawValue) {
      #expect(text.utf8.count <= 1 << 14 && text.hasPrefix("ä") && text.hasSuffix("ä…"))
    }
    // Invalid capabilities, many of them.
    let many = try FakeNotificationServer(
      on: stage.bus, capabilities: (100..<800).map { "\($0)" + String(repeating: "x", count: 1000) })
    #expect(try await stage.told.next() == .vanished)
    #expect(try await stage.appears().capabilities == [])
    many.die()
    #expect(try await stage.told.next() == .vanished)
    try fake.takeName()
    _ = try await stage.appears()
    fake.emitReply(1, long)
    guard case .reply(1, let reply) = try await stage.told.next() else { throw Unexpected(what: "no reply") }
    #expect(reply == server.name)
    fake.refusal = "org.example.Long"
    fake.refusalText = long
    guard case .failure(.refused(_, let message)) = try await stage.notify(Notification(summary: "Kiss"))
    else { throw Unexpected(what: "no error") }
    #expect(message == server.name)
  }
}
