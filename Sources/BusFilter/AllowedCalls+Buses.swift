/// The calls that the daemon makes, from `Sources/Desktop`. A call that is added there is added here.
nonisolated extension AllowedCalls {
  private static let properties = "org.freedesktop.DBus.Properties"

  /// Calls on the session's bus: notifications, whether the user wants them, and whether the screen is
  /// locked.
  package static let session = AllowedCalls(
    services: Set(
      screenSavers + [
        notifications, "org.erikreider.swaync.cc", "org.xfce.Xfconf", "org.budgie_desktop.Notifications",
      ]),
    startable: [notifications],
    rules: screenSavers.map { Rule(interface: $0, members: ["GetActive"]) } + [
      Rule(
        interface: notifications,
        members: ["Notify", "CloseNotification", "GetServerInformation", "GetCapabilities"],
        path: "/org/freedesktop/Notifications"),
      Rule(
        interface: properties, members: ["Get"],
        arguments: [[notifications, "org.dunstproject.cmd0", "fr.emersion.Mako"]]),
      Rule(interface: "org.erikreider.swaync.cc", members: ["GetDnd"]),
      Rule(interface: "org.buddiesofbudgie.budgie.Dispatcher", members: ["GetDoNotDisturb"]),
      Rule(
        interface: "org.xfce.Xfconf", members: ["GetProperty"],
        arguments: [["xfce4-notifyd"], ["/do-not-disturb"]]),
    ])

  /// Calls on the system's bus: locks and idleness, from logind.
  package static let system = AllowedCalls(
    services: [login], startable: [],
    rules: [
      Rule(interface: "\(login).Manager", members: ["GetUser"], path: "/org/freedesktop/login1"),
      Rule(interface: properties, members: ["Get"], arguments: [["\(login).User", "\(login).Session"]]),
    ])

  private static let notifications = "org.freedesktop.Notifications"
  private static let login = "org.freedesktop.login1"
  private static let screenSavers = ["freedesktop", "gnome", "cinnamon", "mate", "xfce"].map {
    "org.\($0).ScreenSaver"
  }
}
