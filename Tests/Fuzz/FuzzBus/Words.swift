/// The words of the services that the daemon talks to.
enum Words {
  static let owner = ":1.7"

  static let senders = [owner, owner, owner, "org.freedesktop.DBus", ":1.66"]

  static let servers = [
    "fake", "dunst", "mako", "SwayNotificationCenter", "Xfce Notify Daemon", "gnome-shell",
  ]

  static let texts = [
    "", owner, ":1.8", "default", "done", "snooze-0", "begin", "inline-reply", "reminder-1", "reminder-7",
    "dunst", "mako", "SwayNotificationCenter", "Xfce Notify Daemon", "gnome-shell", "lxqt-notificationd",
    "Notification Daemon", "GNOME", "do-not-disturb", "actions", "body", "body-markup", "persistence",
    "org.freedesktop.Notifications", "org.freedesktop.portal.Desktop", "org.freedesktop.login1",
    "org.freedesktop.login1.Session", "org.freedesktop.login1.User", "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver", "org.xfce.Xfconf", "xfce4-notifyd", "LockedHint", "IdleHint", "Display",
  ]

  static let paths = [
    "/org/freedesktop/Notifications", "/org/freedesktop/portal/desktop", "/org/freedesktop/login1",
    "/org/freedesktop/login1/user/_1", "/org/freedesktop/login1/session/_1",
    "/org/freedesktop/login1/session/_2", "/org/freedesktop/DBus", "/ScreenSaver",
    "/org/freedesktop/ScreenSaver", "/org/gnome/ScreenSaver", "/fr/emersion/Mako",
    "/org/erikreider/swaync/cc", "/org/xfce/Xfconf", "/",
  ]

  static let interfaces = [
    "org.freedesktop.Notifications", "org.freedesktop.portal.Notification",
    "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session",
    "org.freedesktop.DBus.Properties", "org.freedesktop.DBus", "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver", "org.erikreider.swaync.cc", "org.xfce.Xfconf",
  ]

  static let members = [
    "ActionInvoked", "NotificationReplied", "NotificationClosed", "ActivationToken", "PrepareForSleep",
    "SessionRemoved", "SessionNew", "Unlock", "PropertiesChanged", "NameOwnerChanged", "ActiveChanged",
    "Subscribe", "PropertyChanged",
  ]

  static let variants = ["b", "s", "u", "(so)", "as", "v", "a{sv}", "ai", "o"]

  static let signatures = [
    "", "s", "u", "b", "o", "h", "us", "uu", "sss", "ssss", "as", "v", "so", "sa{sv}as", "ssav", "ss", "y",
    "a(so)", "aaas", "(u(sb))", "vv",
  ]

  /// Known signals: path, interface, member and signature.
  static let signals = [
    (paths[0], interfaces[0], "ActionInvoked", "us"), (paths[0], interfaces[0], "NotificationReplied", "us"),
    (paths[0], interfaces[0], "NotificationClosed", "uu"), (paths[0], interfaces[0], "ActivationToken", "us"),
    (paths[1], interfaces[1], "ActionInvoked", "ssav"), (paths[2], interfaces[2], "PrepareForSleep", "b"),
    (paths[2], interfaces[2], "SessionRemoved", "so"), (paths[2], interfaces[2], "SessionNew", "so"),
    (paths[4], interfaces[3], "Unlock", ""), (paths[4], interfaces[4], "PropertiesChanged", "sa{sv}as"),
    (paths[3], interfaces[4], "PropertiesChanged", "sa{sv}as"),
    (paths[6], interfaces[5], "NameOwnerChanged", "sss"), (paths[7], interfaces[6], "ActiveChanged", "b"),
    (paths[9], interfaces[7], "ActiveChanged", "b"), (paths[11], interfaces[8], "Subscribe", "ubb"),
    (paths[12], interfaces[9], "PropertyChanged", "ssv"),
  ]

  /// The types of a method's answer.
  static func answer(to member: String) -> String {
    switch member {
    case "Hello", "GetNameOwner", "GetId": "s"
    case "StartServiceByName", "Notify": "u"
    case "GetServerInformation": "ssss"
    case "GetCapabilities": "as"
    case "GetUser": "o"
    case "Get", "GetProperty": "v"
    case "GetActive", "GetDnd": "b"
    default: ""
    }
  }
}
