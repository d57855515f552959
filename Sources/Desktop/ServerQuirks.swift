/// A notification server's deviations from the specification, by the server's name
/// (docs/notification-servers.md).
nonisolated struct ServerQuirks: Hashable {
  /// True if the action `default` is more than a click on the body: two buttons would mean the same, or what
  /// puts the notification away would mean it too.
  private var misusesDefault = false
  /// The number of buttons that fit.
  private var room = Int.max
  /// True if a notification of low urgency never comes to the screen by itself.
  private var hidesLow = false
  /// True if only a critical notification keeps its buttons until it is answered.
  private var losesButtons = false

  init(of server: ServerInformation) {
    switch (server.name, server.vendor) {
    // It has three buttons (`messageTray.js`), and puts what is low into its list without a banner. The list
    // has buttons since 46.
    case ("gnome-shell", _):
      (room, hidesLow) = (3, true)
      losesButtons = server.version.split(separator: ".").first.flatMap { Int($0) }.map { $0 < 46 } ?? false
    // More than three are in two uneven rows.
    case ("Plasma", _): room = 3
    // A click outside of the buttons closes the notification, whatever actions it has.
    case ("Xfce Notify Daemon", _): misusesDefault = true
    // A click on its cross is one on the body too (10.7), and the action after `default` gets no button. Its
    // width is fixed: a fourth button pushes itself and the cross off the screen.
    case (ServerInformation.budgie, _): (misusesDefault, room) = (true, 3)
    // Further buttons are in a menu.
    case ("lxqt-notificationd", _): (misusesDefault, room) = (true, 3)
    // The window has a fixed width; a fourth button pushes the closing cross out of sight.
    case ("Notification Daemon", "GNOME"): room = 3
    default: break
    }
  }

  /// The actions to send to this server, in their order.
  func supported(_ actions: [Notification.Action]) -> [Notification.Action] {
    let isBody = { (action: Notification.Action) in action.key == Notification.Action.defaultKey }
    let buttons = actions.filter { !isBody($0) }
    let body = actions.filter { isBody($0) && (!misusesDefault || buttons.isEmpty) }
    let shown = buttons.count > room && !body.isEmpty ? buttons.filter { !$0.isSpare } : buttons
    return body + shown.prefix(room)
  }

  /// The urgency that means there what the notification's means.
  func urgency(of notification: Notification) -> Notification.Urgency {
    if notification.isNudge, losesButtons { return .critical }
    return notification.urgency == .low && hidesLow ? .normal : notification.urgency
  }
}
