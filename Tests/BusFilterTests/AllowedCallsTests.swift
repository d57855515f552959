import Testing

@testable import BusFilter

/// Calls and match rules, each allowed or refused.
@Suite("Calls that the daemon may make on the buses")
struct AllowedCallsTests {
  nonisolated struct Row: CustomTestStringConvertible, Sendable {
    let bus: AllowedCalls
    let call: TestCall
    let isAllowed: Bool

    init(_ bus: AllowedCalls, _ call: TestCall, _ isAllowed: Bool) {
      self.bus = bus
      self.call = call
      self.isAllowed = isAllowed
    }

    var testDescription: String {
      "\(call.interface ?? "-").\(call.member ?? "-") to \(call.destination ?? "-")"
    }
  }

  nonisolated private static let notifications = "org.freedesktop.Notifications"
  nonisolated private static let properties = "org.freedesktop.DBus.Properties"
  nonisolated private static let manager = "org.freedesktop.systemd1.Manager"
  nonisolated private static let login = "org.freedesktop.login1.Manager"

  nonisolated static let rows: [Row] = [
    // The daemon makes these calls.
    Row(.session, TestCall(":1.5", notifications, "Notify", at: "/org/freedesktop/Notifications"), true),
    Row(
      .session,
      TestCall(notifications, notifications, "GetCapabilities", at: "/org/freedesktop/Notifications"), true),
    Row(.session, TestCall(":1.5", properties, "Get", [notifications, "Inhibited"]), true),
    Row(.session, TestCall(":1.5", "org.gnome.ScreenSaver", "GetActive"), true),
    Row(
      .session,
      TestCall(
        "org.xfce.Xfconf", "org.xfce.Xfconf", "GetProperty", ["xfce4-notifyd", "/do-not-disturb"], flags: 2),
      true),
    Row(.session, TestCall(AllowedCalls.bus, AllowedCalls.bus, "Hello"), true),
    Row(.session, TestCall(AllowedCalls.bus, AllowedCalls.bus, "StartServiceByName", [notifications]), true),
    Row(.system, TestCall(":1.2", login, "GetUser", at: "/org/freedesktop/login1"), true),
    Row(
      .system, TestCall(":1.2", properties, "Get", ["org.freedesktop.login1.Session", "LockedHint"]), true),
    // A call by name has the bus start the service, unless the call says not to.
    Row(
      .session,
      TestCall("org.xfce.Xfconf", "org.xfce.Xfconf", "GetProperty", ["xfce4-notifyd", "/do-not-disturb"]),
      false),
    Row(.session, TestCall("org.gnome.ScreenSaver", "org.gnome.ScreenSaver", "GetActive", flags: 1), false),
    Row(.session, TestCall("org.gnome.ScreenSaver", "org.gnome.ScreenSaver", "GetActive", flags: 3), true),
    Row(
      .session,
      TestCall(":1.9", "org.buddiesofbudgie.budgie.Dispatcher", "GetDoNotDisturb"), true),
    Row(
      .session,
      TestCall(":1.9", "org.buddiesofbudgie.budgie.Dispatcher", "ToggleDoNotDisturb"), false),
    // These are ways out of the sandbox.
    Row(
      .session, TestCall("org.freedesktop.systemd1", manager, "StartTransientUnit", ["x.service", "fail"]),
      false),
    Row(.session, TestCall("org.freedesktop.systemd1", manager, "SetEnvironment"), false),
    // The manager's unique name is no way either.
    Row(.session, TestCall(":1.1", manager, "StartTransientUnit", ["x.service", "fail"]), false),
    Row(.session, TestCall(":1.1", properties, "Get", [manager, "Environment"]), false),
    Row(.session, TestCall(":1.1", properties, "Set", [notifications, "Inhibited"]), false),
    Row(.session, TestCall(":1.1", properties, "GetAll", [notifications]), false),
    Row(.session, TestCall("org.freedesktop.systemd1", properties, "Get", [notifications, "x"]), false),
    Row(
      .session, TestCall("org.freedesktop.secrets", "org.freedesktop.Secret.Service", "SearchItems"), false),
    Row(
      .session, TestCall("org.xfce.Xfconf", "org.xfce.Xfconf", "SetProperty", ["xfce4-session", "/startup"]),
      false),
    Row(
      .session, TestCall("org.xfce.Xfconf", "org.xfce.Xfconf", "GetProperty", ["xfce4-session", "/startup"]),
      false),
    // These take the name of another service, hear all messages of the bus, or change the environment of
    // services.
    Row(.session, TestCall(AllowedCalls.bus, AllowedCalls.bus, "RequestName", [notifications]), false),
    Row(.session, TestCall(AllowedCalls.bus, "org.freedesktop.DBus.Monitoring", "BecomeMonitor"), false),
    Row(.session, TestCall(AllowedCalls.bus, AllowedCalls.bus, "UpdateActivationEnvironment"), false),
    Row(
      .session, TestCall(AllowedCalls.bus, AllowedCalls.bus, "StartServiceByName", ["org.gnome.Terminal"]),
      false),
    // A service may take a method without an interface by its name alone, and any peer a call without a
    // destination.
    Row(.session, TestCall(":1.1", nil, "Notify", at: "/org/freedesktop/Notifications"), false),
    Row(.session, TestCall(nil, notifications, "Notify", at: "/org/freedesktop/Notifications"), false),
    Row(.session, TestCall(":1.5", notifications, "Notify", at: "/org/freedesktop/systemd1"), false),
    Row(.session, TestCall(":1.5", notifications, nil, at: "/org/freedesktop/Notifications"), false),
    // These calls are for the other bus.
    Row(.system, TestCall(":1.5", notifications, "Notify", at: "/org/freedesktop/Notifications"), false),
    Row(.system, TestCall("org.freedesktop.login1", login, "PowerOff", at: "/org/freedesktop/login1"), false),
    Row(
      .system,
      TestCall(":1.2", login, "Inhibit", ["sleep", "a", "b", "delay"], at: "/org/freedesktop/login1"), false),
    Row(.system, TestCall(":1.2", "org.freedesktop.NetworkManager", "GetDevices"), false),
  ]

  @Test("A call is let through only where it is on the list", arguments: rows)
  func calls(_ row: Row) throws {
    let bytes = row.call.bytes
    let head = try #require(MessageHead(bytes[...]))
    #expect(row.bus.allows(head, bytes[...]) == row.isAllowed)
  }

  nonisolated static let matches: [(rule: String, isAllowed: Bool)] = [
    ("type='signal',sender='org.freedesktop.Notifications',path='/org/freedesktop/Notifications'", true),
    (
      "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.freedesktop.Notifications'",
      true
    ),
    ("type='signal',sender='org.gnome.ScreenSaver',interface='org.gnome.ScreenSaver'", true),
    ("type='signal'", false),
    ("sender='org.freedesktop.Notifications'", false),
    ("type='method_call',sender='org.freedesktop.Notifications'", false),
    ("type='signal',sender='org.freedesktop.secrets'", false),
    ("type='signal',sender='org.freedesktop.Notifications',eavesdrop='true'", false),
    ("type='signal',sender='org.freedesktop.Notifications',sender='org.freedesktop.secrets'", false),
    ("type='signal',sender='org.freedesktop.Notifications',arg0='a',b'", false),
    ("type='signal',sender=org.freedesktop.Notifications", false),
    ("type='signal', sender='org.freedesktop.Notifications'", false),
    ("type='signal',sender='org.freedesktop.Notifications',arg0='\\''", false),
    ("", false),
  ]

  @Test(
    "The daemon hears signals of the services on the list, and no messages to other clients",
    arguments: matches)
  func matches(_ row: (rule: String, isAllowed: Bool)) {
    #expect(AllowedCalls.session.allowsMatch(row.rule) == row.isAllowed)
  }
}
