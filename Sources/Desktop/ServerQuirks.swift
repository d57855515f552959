/// A notification server's deviations from the specification, by the server's name
/// (docs/notification-servers.md).
nonisolated struct ServerQuirks: Hashable {
  /// True if the action `default` gets a button too, so that two buttons would mean the same.
  private var showsDefault = false
  /// The number of buttons that fit.
  private var room = Int.max
  /// True if a notification of low urgency never comes to the screen by itself.
  private var hidesLow = false

  init(of server: ServerInformation) {
    switch (server.name, server.vendor) {
    // It has three buttons (`messageTray.js`), and puts what is low into its tray without a banner.
    case ("gnome-shell", _): (room, hidesLow) = (3, true)
    // More than three are in two uneven rows.
    case ("Plasma", _): room = 3
    // A click outside of the buttons closes the notification, whatever actions it has.
    case ("Xfce Notify Daemon", _): showsDefault = true
    // Further buttons are in a menu.
    case ("lxqt-notificationd", _): (showsDefault, room) = (true, 3)
    // The window has a fixed width; a fourth button pushes the closing cross out of sight.
    case ("Notification Daemon", "GNOME"): room = 3
    default: break
    }
  }

  /// The actions to send to this server, in their order.
  func supported(_ actions: [Notification.Action]) -> [Notification.Action] {
    let isBody = { (action: Notification.Action) in action.key == Notification.Action.defaultKey }
    let buttons = actions.filter { !isBody($0) }
    let body = actions.filter { isBody($0) && (!showsDefault || buttons.isEmpty) }
    let shown = buttons.count > room && !body.isEmpty ? buttons.filter { !$0.isSpare } : buttons
    return body + shown.prefix(room)
  }

  /// The urgency that means `urgency` there.
  func supported(_ urgency: Notification.Urgency) -> Notification.Urgency {
    urgency == .low && hidesLow ? .normal : urgency
  }
}
