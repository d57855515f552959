import Dispatch

/// The session's notification server (`org.freedesktop.Notifications`, Desktop Notifications Specification
/// 1.2). It may come, go, and be another program each time.
package final class NotificationServer {
  static let name = "org.freedesktop.Notifications"
  static let interface = "org.freedesktop.Notifications"
  static let path = "/org/freedesktop/Notifications"

  let bus: Bus
  let applicationName: String
  let desktopEntry: String
  /// The time limit of `Notify`. A server that was stopped for a while answers all calls that wait for it; a
  /// caller that repeats one earlier has the notification on the screen twice.
  let timeout: Duration

  /// A server is there and has reported its capabilities; also called for the server that is there at the
  /// start. When another server replaces it, `onVanish` comes first.
  package var onAppear: ((ServerInformation) -> Void)?
  /// The server is gone, and its numbers mean nothing any more.
  package var onVanish: (() -> Void)?
  /// The user pressed something: the notification's number and the action's key.
  package var onAction: ((UInt32, String) -> Void)?
  /// The user typed an answer into a notification: its number and the text.
  package var onReply: ((UInt32, String) -> Void)?
  /// A notification left the screen.
  package var onClosed: ((UInt32, ClosedReason) -> Void)?

  /// The server, from `onAppear` to `onVanish`.
  package internal(set) var current: ServerInformation?

  /// The unique name that owns the service's name now, also before its capabilities are known.
  var owner: String? { presence?.owner }
  var isOwnerKnown = false
  var isStarting = false
  private var presence: ServicePresence?
  private var signalMatch: BusSlot?

  /// Starts to look for a server. The callbacks come later, from the main queue, and stop with the bus.
  package init(
    on bus: Bus, applicationName: String, desktopEntry: String, timeout: Duration = .seconds(300)
  ) throws(BusError) {
    self.bus = bus
    self.applicationName = applicationName
    self.desktopEntry = desktopEntry
    self.timeout = timeout
    signalMatch = try bus.match(
      "type='signal',sender='\(Self.name)',path='\(Self.path)',interface='\(Self.interface)'"
    ) { [weak self] message in self?.handleSignal(message) }
    presence = try ServicePresence(Self.name, on: bus) { [weak self] owner in self?.ownerChanged(to: owner) }
  }

  /// Shows a notification, in place of the current server's notification with a number, if one is given.
  /// `completion` gets its number, later; `serviceUnknown` if there is no server, `noReply` if it is too
  /// slow.
  package func notify(
    _ notification: Notification, replacing number: UInt32? = nil, timeout: Duration? = nil,
    completion: @escaping (Result<UInt32, BusError>) -> Void
  ) {
    guard let owner, let current else {
      startService()
      return fail(completion, .serviceUnknown("there is no notification server"))
    }
    do {
      let call = try bus.methodCall("Notify", of: Self.interface, at: Self.path, to: owner)
      try NotifyArguments(
        notification, replacing: number, applicationName: applicationName, desktopEntry: desktopEntry,
        server: current
      ).append(to: call)
      try bus.call(call, timeout: timeout ?? self.timeout, read: Self.readNumber, completion: completion)
    } catch {
      fail(completion, error)
    }
  }

  /// Removes a notification of the current server from the screen; a missing one is no error.
  package func close(_ number: UInt32) {
    guard let owner else { return }
    do {
      let call = try bus.methodCall("CloseNotification", of: Self.interface, at: Self.path, to: owner)
      try call.append(number)
      try bus.send(call)
    } catch {
      // The connection is gone; the bus reports that itself.
    }
  }

  private func fail(_ completion: @escaping (Result<UInt32, BusError>) -> Void, _ error: BusError) {
    DispatchQueue.main.async { completion(.failure(error)) }
  }

  private static func readNumber(_ reply: borrowing BusMessage) throws(BusError) -> UInt32 {
    let number = try reply.readUInt32()
    guard number != 0 else { throw .malformed("Notify returned 0, which is no notification's number") }
    return number
  }

  /// A signal of the server. Any program may send such a signal, so only the owner's counts.
  private func handleSignal(_ message: borrowing BusMessage) {
    guard current != nil, let owner, message.sender == owner else { return }
    do throws(BusError) {
      switch message.member {
      case "ActionInvoked":
        onAction?(try message.readUInt32(), try message.readString())
      case "NotificationReplied":
        onReply?(try message.readUInt32(), try message.readString())
      case "NotificationClosed":
        let number = try message.readUInt32()
        onClosed?(number, ClosedReason(rawValue: try message.readUInt32()) ?? .undefined)
      default:
        break
      }
    } catch {
      // A signal with other arguments than the specification's has no meaning here.
    }
  }
}
