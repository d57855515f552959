import Dispatch

/// The notification server of a session, whoever that is at the time (`org.freedesktop.Notifications`,
/// Desktop Notifications Specification 1.2). It may come, go, and be another one each time.
package final class NotificationServer {
  static let name = "org.freedesktop.Notifications"
  static let interface = "org.freedesktop.Notifications"
  static let path = "/org/freedesktop/Notifications"

  let bus: Bus
  let applicationName: String
  let desktopEntry: String
  /// How long a notification may take to be accepted. A server that was stopped for a while answers all that
  /// waits for it; who asks again before has it twice on the screen.
  let timeout: Duration

  /// A server is there and has said what it can do; also told of the one that is there at the start. When it
  /// is replaced, `onVanish` comes first.
  package var onAppear: ((ServerInformation) -> Void)?
  /// The server that `onAppear` told of is gone, and with it the meaning of its numbers.
  package var onVanish: (() -> Void)?
  /// Something was pressed: the notification's number and the action's key.
  package var onAction: ((UInt32, String) -> Void)?
  /// An answer was typed into a notification: its number and the text.
  package var onReply: ((UInt32, String) -> Void)?
  /// A notification left the screen.
  package var onClosed: ((UInt32, ClosedReason) -> Void)?
  /// A token with which a window may come to the front because of the press that `onAction` tells of next
  /// (xdg-activation).
  package var onActivationToken: ((UInt32, String) -> Void)?

  /// The server, from `onAppear` to `onVanish`.
  package internal(set) var current: ServerInformation?

  /// The unique name that has the service's name now, also while it is asked what it can do.
  var owner: String?
  var isSummoning = false
  private var ownerMatch: BusSlot?
  private var signalMatch: BusSlot?

  /// Starts to look for a server. The callbacks come later, from the main queue, and stop with the bus.
  package init(
    on bus: Bus, applicationName: String, desktopEntry: String, timeout: Duration = .seconds(300)
  ) throws(BusError) {
    self.bus = bus
    self.applicationName = applicationName
    self.desktopEntry = desktopEntry
    self.timeout = timeout
    ownerMatch = try bus.ownerChanges(of: Self.name) { [weak self] owner in self?.ownerChanged(to: owner) }
    signalMatch = try bus.match(
      "type='signal',sender='\(Self.name)',path='\(Self.path)',interface='\(Self.interface)'"
    ) { [weak self] message in self?.signal(message) }
    findOwner()
  }

  /// Shows a notification, in place of another one of the current server where a number is given.
  /// `completion` gets its number, later; with `serviceUnknown` where there is no server, `noReply` where it
  /// is too slow.
  package func notify(
    _ notification: Notification, replacing number: UInt32? = nil, timeout: Duration? = nil,
    completion: @escaping (Result<UInt32, BusError>) -> Void
  ) {
    guard let owner, let current else {
      summon()
      return later(completion, .serviceUnknown("there is no notification server"))
    }
    do {
      let call = try bus.methodCall("Notify", of: Self.interface, at: Self.path, to: owner)
      try NotifyArguments(
        notification, replacing: number, applicationName: applicationName, desktopEntry: desktopEntry,
        server: current
      ).append(to: call)
      try bus.call(call, timeout: timeout ?? self.timeout, read: Self.readNumber, completion: completion)
    } catch {
      later(completion, error)
    }
  }

  /// Takes a notification of the current server off the screen; one that is not there is no error.
  package func close(_ number: UInt32) {
    guard let owner else { return }
    do {
      let call = try bus.methodCall("CloseNotification", of: Self.interface, at: Self.path, to: owner)
      try call.append(number)
      try bus.send(call)
    } catch {
      // The connection is gone, and the bus says so itself.
    }
  }

  private func later(_ completion: @escaping (Result<UInt32, BusError>) -> Void, _ error: BusError) {
    DispatchQueue.main.async { completion(.failure(error)) }
  }

  private static func readNumber(_ reply: borrowing BusMessage) throws(BusError) -> UInt32 {
    let number = try reply.readUInt32()
    guard number != 0 else { throw .malformed("Notify returned 0, which is no notification's number") }
    return number
  }

  /// A signal of the server. Others may send one too, so only the current owner is heard.
  private func signal(_ message: borrowing BusMessage) {
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
      case "ActivationToken":
        onActivationToken?(try message.readUInt32(), try message.readString())
      default:
        break
      }
    } catch {
      // A signal with other arguments than the specification's says nothing that we understand.
    }
  }
}
