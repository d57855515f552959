/// Where a notification server says whether its user wants to be disturbed: what to ask, and which signals mean that it
/// is to be asked again. Each is how that program is in fact, and says what it was learned from.
struct QuietSource {
  /// The name for people.
  let name: String
  let service: String
  let path: String
  /// Every signal of this interface at the path is a reason to ask again.
  let signals: String
  /// Only those with this first argument, where it is given.
  var argument: String?
  /// What to ask.
  let question: Question
  /// Reads the answer: whether quiet is on; nil where it says nothing about that.
  let read: (borrowing BusMessage) throws(BusError) -> Bool?
  /// Whether an answer that is an error means that quiet is off: the setting was never touched.
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

  /// The one for a server, by the name that it gives itself.
  static func of(_ server: ServerInformation) -> QuietSource {
    switch server.name {
    case "dunst": dunst
    case "mako": mako
    case "SwayNotificationCenter": swaync
    case "Xfce Notify Daemon": xfce
    default: inhibited(server.name)
    }
  }

  /// The property that Plasma added to the interface itself (plasma-workspace, since 5.18; since 6.4 also true in full
  /// screen and while the screen is mirrored or shared). Other servers may have it too, and are asked.
  static func inhibited(_ name: String) -> QuietSource {
    QuietSource(
      name: name, service: notifications, path: notificationsPath, signals: properties,
      question: .property("Inhibited", of: notifications), read: flag)
  }

  /// `dunstctl set-paused`, dunst 1.5 and later.
  static let dunst = QuietSource(
    name: "dunst", service: notifications, path: notificationsPath, signals: properties,
    question: .property("paused", of: "org.dunstproject.cmd0"), read: flag)

  /// `makoctl mode`, of those that have the property `Modes` (mako 1.8 and later): others do not tell of changes, and what
  /// was so once is no knowledge. The mode's name is the one of mako's manual; modes of other names are the user's own and
  /// say nothing.
  static let mako = QuietSource(
    name: "mako", service: notifications, path: "/fr/emersion/Mako", signals: properties,
    question: .property("Modes", of: "fr.emersion.Mako"),
    read: { message throws(BusError) in
      let modes = try message.readStrings()
      if modes.contains("do-not-disturb") { return true }
      return modes.allSatisfy { $0 == "default" } ? false : nil
    })

  /// `swaync-client --dnd-on`. Its signal `Subscribe`, and later `SubscribeV2`, come with every change.
  static let swaync = QuietSource(
    name: "SwayNotificationCenter", service: "org.erikreider.swaync.cc", path: "/org/erikreider/swaync/cc",
    signals: "org.erikreider.swaync.cc", question: .call("GetDnd", of: "org.erikreider.swaync.cc", []),
    read: { message throws(BusError) in try message.readBool() })

  /// The setting that xfce4-notifyd follows, kept by xfconf; never touched, it is not there.
  static let xfce = QuietSource(
    name: "xfce4-notifyd", service: "org.xfce.Xfconf", path: "/org/xfce/Xfconf",
    signals: "org.xfce.Xfconf", argument: "xfce4-notifyd",
    question: .call("GetProperty", of: "org.xfce.Xfconf", ["xfce4-notifyd", "/do-not-disturb"]),
    read: { message throws(BusError) in try message.readVariant(flag) }, isOffWhenRefused: true)

  private static let flag: (borrowing BusMessage) throws(BusError) -> Bool? = { message throws(BusError) in
    try message.readBool()
  }
}
