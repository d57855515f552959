/// A notification server's way to report "do not disturb": the question, and the signals after which to ask
/// again. Each source follows the program's real behaviour and names where it is documented.
struct DoNotDisturbSource {
  /// The name for people.
  let name: String
  let service: String
  let path: String
  /// The interface whose every signal at the path is a reason to ask again.
  let signals: String
  /// If given, only signals with this first argument count.
  var argument: String?
  let question: Question
  /// Reads the answer: true means "do not disturb"; nil means that the answer says nothing about it.
  let read: (borrowing BusMessage) throws(BusError) -> Bool?
  /// True if an error as the answer means off: the setting was never changed.
  var isOffWhenRefused = false

  /// The match rule of the signals.
  var rule: String {
    "type='signal',sender='\(service)',path='\(path)',interface='\(signals)'"
      + (argument.map { ",arg0='\($0)'" } ?? "")
  }

  enum Question {
    case property(String, of: String)
    case call(String, of: String, [String])
  }

  private static let notifications = "org.freedesktop.Notifications"
  private static let notificationsPath = "/org/freedesktop/Notifications"
  private static let properties = "org.freedesktop.DBus.Properties"

  /// The source of a server, by the name that it gives itself.
  static func of(_ server: ServerInformation) -> DoNotDisturbSource {
    switch server.name {
    case "dunst": dunst
    case "mako": mako
    case "SwayNotificationCenter": swaync
    case "Xfce Notify Daemon": xfce
    case ServerInformation.budgie: budgie
    default: inhibited(server.name)
    }
  }

  /// The property that Plasma added to the notification interface (plasma-workspace 5.18; since 6.4 also true
  /// in full screen and while the screen is mirrored or shared). Other servers may have it too, so it is the
  /// fallback.
  static func inhibited(_ name: String) -> DoNotDisturbSource {
    DoNotDisturbSource(
      name: name, service: notifications, path: notificationsPath, signals: properties,
      question: .property("Inhibited", of: notifications), read: flag)
  }

  /// `dunstctl set-paused`, dunst 1.5 and later.
  static let dunst = DoNotDisturbSource(
    name: "dunst", service: notifications, path: notificationsPath, signals: properties,
    question: .property("paused", of: "org.dunstproject.cmd0"), read: flag)

  /// `makoctl mode`, for versions with the property `Modes` (mako 1.8 and later): earlier ones report no
  /// changes, so their state would grow old. The mode's name is the one in mako's manual; other modes are the
  /// user's own and say nothing.
  static let mako = DoNotDisturbSource(
    name: "mako", service: notifications, path: "/fr/emersion/Mako", signals: properties,
    question: .property("Modes", of: "fr.emersion.Mako"),
    read: { message throws(BusError) in
      let modes = try message.readStrings()
      if modes.contains("do-not-disturb") { return true }
      return modes.allSatisfy { $0 == "default" } ? false : nil
    })

  /// `swaync-client --dnd-on`. Its signal `Subscribe`, and later `SubscribeV2`, come with every change.
  static let swaync = DoNotDisturbSource(
    name: "SwayNotificationCenter", service: "org.erikreider.swaync.cc", path: "/org/erikreider/swaync/cc",
    signals: "org.erikreider.swaync.cc", question: .call("GetDnd", of: "org.erikreider.swaync.cc", []),
    read: { message throws(BusError) in try message.readBool() })

  /// The setting of xfce4-notifyd, stored by xfconf; absent if it was never changed.
  static let xfce = DoNotDisturbSource(
    name: "xfce4-notifyd", service: "org.xfce.Xfconf", path: "/org/xfce/Xfconf",
    signals: "org.xfce.Xfconf", argument: "xfce4-notifyd",
    question: .call("GetProperty", of: "org.xfce.Xfconf", ["xfce4-notifyd", "/do-not-disturb"]),
    read: { message throws(BusError) in try message.readVariant(flag) }, isOffWhenRefused: true)

  /// Budgie 10.7 and later: the switch of its side bar Raven.
  static let budgie = DoNotDisturbSource(
    name: "Budgie", service: "org.budgie_desktop.Notifications", path: "/org/budgie_desktop/Notifications",
    signals: "org.buddiesofbudgie.budgie.Dispatcher",
    question: .call("GetDoNotDisturb", of: "org.buddiesofbudgie.budgie.Dispatcher", []),
    read: { message throws(BusError) in try message.readBool() })

  private static let flag: (borrowing BusMessage) throws(BusError) -> Bool? = { message throws(BusError) in
    try message.readBool()
  }
}
