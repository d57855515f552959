/// The notification portal (`org.freedesktop.portal.Notification`, XDG Desktop Portal, version 1), for
/// sandboxes without access to the session's notification server. It has no numbers, and reports neither that
/// a notification was shown nor that it was closed.
final class NotificationPortal {
  static let name = "org.freedesktop.portal.Desktop"
  static let path = "/org/freedesktop/portal/desktop"
  static let interface = "org.freedesktop.portal.Notification"

  /// A portal that shows notifications is there.
  var onAppear: (ServerInformation) -> Void = { _ in }
  /// The portal is gone.
  var onVanish: () -> Void = {}
  /// The user pressed a button: the notification's number and the action's key.
  var onAction: (UInt32, String) -> Void = { _, _ in }
  /// The portal, from `onAppear` to `onVanish`.
  private(set) var current: ServerInformation?

  private let bus: Bus
  private var presence: ServicePresence?
  private var signals: BusSlot?
  /// The numbers of notifications that were sent and not removed.
  private var sent: Set<UInt32> = []
  private var lastNumber: UInt32 = 0

  init(on bus: Bus) { self.bus = bus }

  /// Looks for the portal from now on, and asks the bus to start it.
  func start() {
    guard presence == nil else { return }
    do throws(BusError) {
      signals = try bus.match(
        "type='signal',sender='\(Self.name)',path='\(Self.path)',interface='\(Self.interface)'"
      ) { [weak self] message in self?.handleSignal(message) }
      presence = try ServicePresence(Self.name, on: bus) { [weak self] owner in self?.ownerChanged(to: owner)
      }
      try bus.startService(Self.name)
    } catch {
      // The connection is gone; the bus reports that itself.
    }
  }

  /// Shows a notification, in place of the one with this number. Notifications with the same tag have the
  /// same number, so that a new process replaces what an earlier one showed.
  ///
  /// The former one is removed first. Adding would replace it, but Plasma's portal leaves it on the screen,
  /// where its words may have to go.
  func notify(
    _ notification: Notification, replacing number: UInt32?, timeout: Duration,
    completion: @escaping (Result<UInt32, BusError>) -> Void
  ) throws(BusError) {
    guard let owner = presence?.owner, current != nil else {
      throw .serviceUnknown("there is no notification portal")
    }
    lastNumber &+= 1
    let number = number ?? notification.tag.map(Self.number) ?? lastNumber
    close(number)
    let call = try bus.methodCall("AddNotification", of: Self.interface, at: Self.path, to: owner)
    try call.append(Self.id(number))
    try PortalArguments(notification).append(to: call)
    sent.insert(number)
    try bus.call(call, timeout: timeout, read: { _ in number }, completion: completion)
  }

  /// Removes a notification; a missing one is no error.
  func close(_ number: UInt32) {
    sent.remove(number)
    guard let owner = presence?.owner else { return }
    do throws(BusError) {
      let call = try bus.methodCall("RemoveNotification", of: Self.interface, at: Self.path, to: owner)
      try call.append(Self.id(number))
      try bus.send(call)
    } catch {
      // The connection is gone; the bus reports that itself.
    }
  }

  /// Removes all notifications that were sent: a server shows them from now on.
  func closeAll() {
    for number in sent { close(number) }
  }

  private func ownerChanged(to owner: String?) {
    if current != nil {
      current = nil
      sent = []
      onVanish()
    }
    guard let owner else { return }
    do throws(BusError) {
      try bus.property(
        "version", of: Self.interface, at: Self.path, from: owner,
        read: { message throws(BusError) in try message.readUInt32() }
      ) { [weak self] result in
        // A portal without this interface cannot show notifications.
        if case .success(let version) = result { self?.portalAnswered(owner, version) }
      }
    } catch {
      // The connection is gone; the bus reports that itself.
    }
  }

  private func portalAnswered(_ owner: String, _ version: UInt32) {
    guard presence?.owner == owner, let id = bus.id else { return }
    let server = ServerInformation(
      identity: "\(id)/portal/\(owner)", name: "the notification portal", vendor: "XDG Desktop Portal",
      version: "\(version)", specificationVersion: "", capabilities: [.actions, .body])
    current = server
    onAppear(server)
  }

  /// The signal ActionInvoked. Its third argument is for actions with a target, which these have not.
  private func handleSignal(_ message: borrowing BusMessage) {
    guard message.member == "ActionInvoked", let owner = presence?.owner, message.sender == owner else {
      return
    }
    do throws(BusError) {
      let id = try message.readString()
      let key = try message.readString()
      guard id.hasPrefix(Self.prefix), let number = UInt32(id.dropFirst(Self.prefix.count)) else { return }
      sent.remove(number)
      onAction(number, key)
    } catch {
      // A signal with other arguments has no meaning here.
    }
  }

  private static let prefix = "reminder-"

  private static func id(_ number: UInt32) -> String { prefix + "\(number)" }

  /// FNV-1a, never 0.
  private static func number(for tag: String) -> UInt32 {
    max(1, tag.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }
}
