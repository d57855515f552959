/// How a server shows a notification's actions, where that is not as the specification has it. By its name, as seen in
/// docs/notification-servers.md.
nonisolated struct ButtonHabits: Hashable {
  /// Whether the action `default` gets a button like the others, so that there would be two of one meaning.
  private let showsDefault: Bool
  /// How many buttons there is room for.
  private let room: Int

  init(of server: ServerInformation) {
    switch (server.name, server.vendor) {
    // A click beside the buttons puts the notification away, whatever it is sent.
    case ("Xfce Notify Daemon", _): (showsDefault, room) = (true, .max)
    // More than three are in a menu.
    case ("lxqt-notificationd", _): (showsDefault, room) = (true, 3)
    // Its window has one width; a fourth pushes the cross that closes it out of sight.
    case ("Notification Daemon", "GNOME"): (showsDefault, room) = (false, 3)
    default: (showsDefault, room) = (false, .max)
    }
  }

  /// The actions that are worth sending, in their order.
  func fit(_ actions: [Notification.Action]) -> [Notification.Action] {
    let isDefault = { (action: Notification.Action) in action.key == Notification.Action.defaultKey }
    let buttons = actions.filter { !isDefault($0) }
    let leavesDefaultOut = showsDefault && !buttons.isEmpty
    return actions.filter { isDefault($0) && !leavesDefaultOut } + buttons.prefix(room)
  }
}
