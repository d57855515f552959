import Desktop
import DesktopRig

/// A private bus with a `NotificationServer` under test on it, and its callbacks.
final class Stage {
  let folder: TemporaryFolder
  let bus: PrivateBus
  let connection: Bus
  let server: NotificationServer

  /// A callback.
  enum Told: Hashable {
    case appeared(ServerInformation)
    case vanished
    case action(UInt32, String)
    case reply(UInt32, String)
    case closed(UInt32, ClosedReason)
    case disconnected(BusError)
  }
  let told = Mailbox<Told>("a callback")

  /// Creates a bus of its own.
  convenience init(timeout: Duration = .seconds(120)) throws {
    let folder = try TemporaryFolder()
    try self.init(on: PrivateBus(in: folder), in: folder, timeout: timeout)
  }

  init(on bus: PrivateBus, in folder: TemporaryFolder, timeout: Duration = .seconds(120)) throws {
    self.folder = folder
    self.bus = bus
    connection = try Bus.at(bus.address)
    server = try NotificationServer(
      on: connection, applicationName: "Ritual", desktopEntry: "io.ritual.Ritual", timeout: timeout)
    server.onAppear = { [told] in told.put(.appeared($0)) }
    server.onVanish = { [told] in told.put(.vanished) }
    server.onAction = { [told] in told.put(.action($0, $1)) }
    server.onReply = { [told] in told.put(.reply($0, $1)) }
    server.onClosed = { [told] in told.put(.closed($0, $1)) }
    connection.onDisconnect = { [told] in told.put(.disconnected($0)) }
  }

  /// Waits for the next server.
  func appears() async throws -> ServerInformation {
    switch try await told.next() {
    case .appeared(let server): return server
    case let other: throw Unexpected(what: "\(other)")
    }
  }

  /// Shows a notification, and waits for the result.
  func notify(
    _ notification: Notification, replacing number: UInt32? = nil
  ) async throws -> Result<UInt32, BusError> {
    let answer = Mailbox<Result<UInt32, BusError>>("the answer to Notify")
    server.notify(notification, replacing: number) { answer.put($0) }
    return try await answer.next()
  }
}

/// Another callback came than the test waited for.
struct Unexpected: Error {
  let what: String
}
