/// A notification server's deviations from the specification in showing actions, by the server's name
/// (docs/notification-servers.md).
nonisolated struct ButtonQuirks: Hashable {
  /// True if the action `default` gets a button too, so that two buttons would mean the same.
  private let showsDefault: Bool
  /// The number of buttons that fit.
  private let room: Int

  init(of server: ServerInformation) {
    switch (server.name, server.vendor) {
    // A click outside of the buttons closes the notification, whatever actions it has.
    case ("Xfce Notify Daemon", _): (showsDefault, room) = (true, .max)
    // Further buttons are in a menu.
    case ("lxqt-notificationd", _): (showsDefault, room) = (true, 3)
    // The window has a fixed width; a fourth button pushes the closing cross out of sight.
    case ("Notification Daemon", "GNOME"): (showsDefault, room) = (false, 3)
    default: (showsDefault, room) = (false, .max)
    }
  }

  /// The actions to send to this server, in their order.
  func supported(_ actions: [Notification.Action]) -> [Notification.Action] {
    let isDefault = { (action: Notification.Action) in action.key == Notification.Action.defaultKey }
    let buttons = actions.filter { !isDefault($0) }
    let leavesDefaultOut = showsDefault && !buttons.isEmpty
    return actions.filter { isDefault($0) && !leavesDefaultOut } + buttons.prefix(room)
  }
}
