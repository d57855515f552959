import Desktop
import DesktopRig
import Testing

@Suite("Bus")
struct BusTests {
  @Test("An address without a listener is refused at once, with the address in the message")
  func unreachable() throws {
    let folder = try TemporaryFolder()
    let address = "unix:path=\(folder.path("nobody"))"
    let error = #expect(throws: BusError.self) { try Bus.at(address) }
    #expect("\(try #require(error))".contains(address))
  }

  @Test("An invalid address is refused")
  func invalid() {
    #expect(throws: BusError.self) { try Bus.at("carrier pigeon") }
  }

  @Test("The id is the bus's own: the same for all on it, another one on another bus")
  func identity() async throws {
    let one = try Stage()
    let other = try Stage()
    let servers = try [one, one, other].map { try FakeNotificationServer(on: $0.bus) }
    _ = servers
    _ = try await one.appears()
    _ = try await other.appears()
    let id = try #require(one.connection.id)
    #expect(id.count == 32 && id.allSatisfy(\.isHexDigit))
    #expect(id != other.connection.id)
  }

  @Test("The death of a bus is reported once, and pending calls get an error")
  func death() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    fake.isSilent = true
    let answer = Mailbox<Result<UInt32, BusError>>("the answer to Notify")
    stage.server.notify(Notification(summary: "Kiss")) { answer.put($0) }
    _ = try await fake.calls.next()
    stage.bus.kill()
    guard case .failure(.noReply) = try await answer.next() else { throw Unexpected(what: "an answer") }
    #expect(try await stage.told.next() == .disconnected(.disconnected))
    #expect(!stage.connection.isOpen)
    #expect(try await stage.notify(Notification(summary: "Kiss")) == .failure(.disconnected))
    #expect(stage.told.unread.isEmpty)
  }

  @Test("Closed within a callback of its own, it calls back no more and is freed safely")
  func closedInCallback() async throws {
    let stage = try Stage()
    let told = stage.told
    stage.server.onAppear = { [weak connection = stage.connection] server in
      connection?.close()
      connection?.close()
      told.put(.appeared(server))
    }
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    fake.emitAction(1, "default")
    // The witness receives it after the signal, so the signal would have come by then.
    let witness = try Stage(on: stage.bus, in: stage.folder)
    _ = try await witness.appears()
    #expect(stage.told.unread.isEmpty)
    #expect(!stage.connection.isOpen)
  }

  @Test("Closed by one who is called back, it does not call back the next one either")
  func closedByNeighbour() async throws {
    let stage = try Stage()
    let neighbour = try NotificationServer(on: stage.connection, applicationName: "x", desktopEntry: "x")
    let fake = try FakeNotificationServer(on: stage.bus)
    let appearances = Mailbox<ServerInformation>("the neighbour's server")
    neighbour.onAppear = { appearances.put($0) }
    _ = try await stage.appears()
    _ = try await appearances.next()
    let told = stage.told
    for server in [stage.server, neighbour] {
      server.onAction = { [weak connection = stage.connection] number, key in
        connection?.close()
        told.put(.action(number, key))
      }
    }
    fake.emitAction(1, "done")
    #expect(try await told.next() == .action(1, "done"))
    #expect(told.unread.isEmpty)
  }

  @Test("A message larger than the socket's buffer is sent in pieces, without blocking")
  func large() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    // libsystemd asks for eight megabytes of buffer.
    let key = String(repeating: "k", count: 24 << 20)
    async let answer = stage.notify(
      Notification(summary: "Kiss", actions: [Notification.Action(key: key, label: "Done")]))
    let call = try await fake.calls.next()
    #expect(call.arguments[5] == .list([.text(key), .text("Done")]))
    #expect(try await answer == .success(1))
  }

  @Test("Closing sends what was written before")
  func closing() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    stage.server.close(7)
    stage.connection.close()
    let call = try await fake.calls.next()
    #expect(call.method == "CloseNotification")
    #expect(call.arguments == [.number(7)])
  }
}
