/// The notification portal (`org.freedesktop.portal.Notification`, XDG Desktop Portal, version 1), for sandboxes in
/// which the session's notification server cannot be seen. It has no numbers and says nothing of what left the screen,
/// or whether anything was ever on it.
final class NotificationPortal {
  static let name = "org.freedesktop.portal.Desktop"
  static let path = "/org/freedesktop/portal/desktop"
  static let interface = "org.freedesktop.portal.Notification"

  /// A portal is there that shows notifications.
  var onAppear: (ServerInformation) -> Void = { _ in }
  /// The portal that `onAppear` told of is gone.
  var onVanish: () -> Void = {}
  /// A button was pressed: the notification's number and the action's key.
  var onAction: (UInt32, String) -> Void = { _, _ in }
  /// The portal, from `onAppear` to `onVanish`.
  private(set) var current: ServerInformation?

  private let bus: Bus
  private var presence: ServicePresence?
  private var signals: BusSlot?
  /// What was sent and not taken back.
  private var sent: Set<UInt32> = []
  private var lastNumber: UInt32 = 0

  init(on bus: Bus) { self.bus = bus }

  /// Looks for the portal from now on, and has the bus start it.
  func seek() {
    guard presence == nil else { return }
    do throws(BusError) {
      signals = try bus.match(
        "type='signal',sender='\(Self.name)',path='\(Self.path)',interface='\(Self.interface)'"
      ) { [weak self] message in self?.hear(message) }
      presence = try ServicePresence(Self.name, on: bus) { [weak self] owner in self?.follow(owner) }
      try bus.ask(
        "StartServiceByName", of: "org.freedesktop.DBus", at: "/org/freedesktop/DBus",
        to: "org.freedesktop.DBus",
        { message throws(BusError) in
          try message.append(Self.name)
          try message.append(UInt32(0))
        }, read: { message throws(BusError) in try message.readUInt32() }, completion: { _ in })
    } catch {
      // The connection is gone, and the bus says so itself.
    }
  }

  /// Shows a notification, in place of the one with this number. What has the same tag has the same number, so that it
  /// takes the place of what an earlier process showed.
  func notify(
    _ notification: Notification, replacing number: UInt32?, timeout: Duration,
    completion: @escaping (Result<UInt32, BusError>) -> Void
  ) throws(BusError) {
    guard let owner = presence?.owner, current != nil else {
      throw .serviceUnknown("there is no notification portal")
    }
    lastNumber &+= 1
    let number = number ?? notification.tag.map(Self.number) ?? lastNumber
    let call = try bus.methodCall("AddNotification", of: Self.interface, at: Self.path, to: owner)
    try call.append(Self.id(number))
    try PortalArguments(notification).append(to: call)
    sent.insert(number)
    try bus.call(call, timeout: timeout, read: { _ in number }, completion: completion)
  }

  /// Takes a notification back; one that is not there is no error.
  func close(_ number: UInt32) {
    sent.remove(number)
    guard let owner = presence?.owner else { return }
    do throws(BusError) {
      let call = try bus.methodCall("RemoveNotification", of: Self.interface, at: Self.path, to: owner)
      try call.append(Self.id(number))
      try bus.send(call)
    } catch {
      // The connection is gone, and the bus says so itself.
    }
  }

  /// Takes back all that was sent: they are shown by somebody else.
  func withdraw() {
    for number in sent { close(number) }
  }

  private func follow(_ owner: String?) {
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
        // A portal without this interface is of no use.
        if case .success(let version) = result { self?.greet(owner, version) }
      }
    } catch {
      // The connection is gone, and the bus says so itself.
    }
  }

  private func greet(_ owner: String, _ version: UInt32) {
    guard presence?.owner == owner, let id = bus.id else { return }
    let server = ServerInformation(
      identity: "\(id)/portal/\(owner)", name: "the notification portal", vendor: "XDG Desktop Portal",
      version: "\(version)", specificationVersion: "", capabilities: [.actions, .body])
    current = server
    onAppear(server)
  }

  /// The signal ActionInvoked; a third argument is for actions that were given one.
  private func hear(_ message: borrowing BusMessage) {
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
      // A signal with other arguments says nothing that we understand.
    }
  }

  private static let prefix = "reminder-"

  private static func id(_ number: UInt32) -> String { prefix + "\(number)" }

  /// FNV-1a, never 0.
  private static func number(for tag: String) -> UInt32 {
    max(1, tag.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }
}
