import Desktop
import DesktopRig
import Testing

/// A session bus with a `DoNotDisturb` under test on it, and its changes.
private final class Session {
  let folder: TemporaryFolder
  let bus: PrivateBus
  let connection: Bus
  let quiet: DoNotDisturb
  let told = Mailbox<DoNotDisturbState>("a change of the wish not to be disturbed")

  init() throws {
    folder = try TemporaryFolder()
    bus = try PrivateBus(in: folder)
    connection = try Bus.at(bus.address)
    _ = try folder.makeFolder("dconf")
    _ = try folder.makeFolder("db")
    quiet = DoNotDisturb(
      on: connection,
      dconf: DconfSource(
        folder: folder.path("dconf"), profile: folder.path("profile"), systemFolder: folder.path("db")))
    quiet.onChange = { [told, unowned quiet] in told.put(quiet.state) }
  }

  func follow(_ name: String) {
    quiet.follow(
      ServerInformation(
        identity: "\(name)/:1.1", name: name, vendor: "", version: "", specificationVersion: "1.2",
        capabilities: []))
  }
}

private let notifications = "org.freedesktop.Notifications"
private let notificationsPath = "/org/freedesktop/Notifications"

@Suite("DoNotDisturb")
struct DoNotDisturbTests {
  @Test("dunst says when it is paused, at the start and at each change, also by another one than us")
  func dunst() async throws {
    let stage = try Stage()
    let display = try VirtualDisplay()
    let dunst = try Dunst(in: stage.folder, on: stage.bus, display: display)
    let server = try await stage.appears()
    let told = Mailbox<DoNotDisturbState>("a change of the wish not to be disturbed")
    let quiet = DoNotDisturb(on: stage.connection)
    quiet.onChange = { [unowned quiet] in told.put(quiet.state) }
    quiet.follow(server)
    #expect(try await told.next() == .off)
    for _ in 1...3 {
      try await dunst.control("set-paused", "true")
      #expect(try await told.next() == .on(by: "dunst"))
      try await dunst.control("set-paused", "false")
      #expect(try await told.next() == .off)
    }
    try await dunst.control("set-paused", "true")
    #expect(try await told.next() == .on(by: "dunst"))
    // A dunst that starts again is not paused.
    quiet.follow(nil)
    #expect(try await told.next() == .unknown("there is no notification server"))
    dunst.kill()
    #expect(try await stage.told.next() == .vanished)
    try dunst.start()
    quiet.follow(try await stage.appears())
    #expect(try await told.next() == .off)
  }

  @Test("Plasma says so by a property of the interface itself", arguments: [false, true])
  func plasma(isInhibited: Bool) async throws {
    let session = try Session()
    let plasma = try FakeService(notifications, on: session.bus) {
      $0.set("Inhibited", of: notifications, at: notificationsPath, to: .flag(isInhibited), tells: false)
    }
    session.follow("Plasma")
    #expect(try await session.told.next() == (isInhibited ? .on(by: "Plasma") : .off))
    plasma.set("Inhibited", of: notifications, at: notificationsPath, to: .flag(!isInhibited))
    #expect(try await session.told.next() == (isInhibited ? .off : .on(by: "Plasma")))
  }

  @Test("Changed in silence, it is seen when it is asked for")
  func silent() async throws {
    let session = try Session()
    let server = try FakeService(notifications, on: session.bus) {
      $0.set("Inhibited", of: notifications, at: notificationsPath, to: .flag(false), tells: false)
    }
    session.follow("Plasma")
    #expect(try await session.told.next() == .off)
    server.set("Inhibited", of: notifications, at: notificationsPath, to: .flag(true), tells: false)
    session.quiet.refresh()
    #expect(try await session.told.next() == .on(by: "Plasma"))
  }

  @Test("A server that has nothing of the kind is not guessed at")
  func plain() async throws {
    let session = try Session()
    let server = try FakeService(notifications, on: session.bus)
    session.follow("notify-osd")
    #expect(try await session.told.next() == .unknown("notify-osd does not say"))
    _ = server
  }

  @Test("Without a server, or with one that just went, nothing is known")
  func none() async throws {
    let session = try Session()
    #expect(session.quiet.state == .unknown("there is no notification server"))
    session.follow("Plasma")
    guard case .unknown(let reason) = try await session.told.next() else {
      throw Unexpected(what: "an answer")
    }
    #expect(reason.hasPrefix("no program offers the service"))
  }

  @Test(
    "mako says so by the mode of its manual; of another mode nobody knows what it means",
    arguments: [
      (["default"], .off), ([], .off),
      (["default", "do-not-disturb"], .on(by: "mako")), (["do-not-disturb"], .on(by: "mako")),
      (["default", "away"], .unknown("mako is in a mode of the user's own")),
    ] as [([String], DoNotDisturbState)])
  func mako(modes: [String], state: DoNotDisturbState) async throws {
    let session = try Session()
    let (interface, path) = ("fr.emersion.Mako", "/fr/emersion/Mako")
    let mako = try FakeService(notifications, on: session.bus) {
      $0.set("Modes", of: interface, at: path, to: .texts(modes), tells: false)
    }
    session.follow("mako")
    #expect(try await session.told.next() == state)
    mako.set(
      "Modes", of: interface, at: path, to: .texts(state == .off ? ["do-not-disturb"] : ["default"]))
    #expect(try await session.told.next() == (state == .off ? .on(by: "mako") : .off))
  }

  @Test("mako before 1.8 does not tell of changes, so that what it says once is not relied on")
  func oldMako() async throws {
    let session = try Session()
    let mako = try FakeService(notifications, on: session.bus)
    mako.methods["ListModes"] = { _ in [.texts(["do-not-disturb"])] }
    session.follow("mako")
    #expect(try await session.told.next() == .unknown("mako does not say"))
  }

  @Test("SwayNotificationCenter says so by its own service")
  func swaync() async throws {
    let session = try Session()
    let service = "org.erikreider.swaync.cc"
    let swaync = try FakeService(service, on: session.bus)
    swaync.methods["GetDnd"] = { _ in [.flag(false)] }
    session.follow("SwayNotificationCenter")
    #expect(try await session.told.next() == .off)
    swaync.methods["GetDnd"] = { _ in [.flag(true)] }
    swaync.emit("SubscribeV2", of: service, at: "/org/erikreider/swaync/cc", [.flag(true)])
    #expect(try await session.told.next() == .on(by: "SwayNotificationCenter"))
  }

  @Test("xfce4-notifyd says so by its setting, which is not there until it is touched")
  func xfce() async throws {
    let session = try Session()
    let xfconf = try FakeService("org.xfce.Xfconf", on: session.bus)
    session.follow("Xfce Notify Daemon")
    #expect(try await session.told.next() == .off)
    let asked = FakeService.Call(
      method: "GetProperty", arguments: [.text("xfce4-notifyd"), .text("/do-not-disturb")])
    #expect(try await xfconf.calls.next() == asked)
    for isQuiet in [true, false] {
      xfconf.methods["GetProperty"] = { _ in [.variant(.flag(isQuiet))] }
      // Another program's setting is no reason to ask.
      for channel in ["xfwm4", "xfce4-notifyd"] {
        xfconf.emit(
          "PropertyChanged", of: "org.xfce.Xfconf", at: "/org/xfce/Xfconf",
          [.text(channel), .text("/do-not-disturb"), .variant(.flag(isQuiet))])
      }
      #expect(
        try await session.told.next() == (isQuiet ? .on(by: "xfce4-notifyd") : .off))
      #expect(try await xfconf.calls.next() == asked)
    }
    #expect(xfconf.calls.unread.isEmpty)
  }

  @Test("Budgie says so by its own service")
  func budgie() async throws {
    let session = try Session()
    let (name, path) = ("org.budgie_desktop.Notifications", "/org/budgie_desktop/Notifications")
    let interface = "org.buddiesofbudgie.budgie.Dispatcher"
    let budgie = try FakeService(name, on: session.bus)
    budgie.methods["GetDoNotDisturb"] = { _ in [.flag(false)] }
    session.follow("Budgie Notification Server")
    #expect(try await session.told.next() == .off)
    budgie.methods["GetDoNotDisturb"] = { _ in [.flag(true)] }
    budgie.emit("DoNotDisturbChanged", of: interface, at: path, [.flag(true)])
    #expect(try await session.told.next() == .on(by: "Budgie"))
  }

  @Test("Cinnamon's switch is a setting, too, with a name of its own")
  func cinnamon() async throws {
    let session = try Session()
    try session.folder.write(DconfDatabase.quiet, to: "dconf/user")
    session.follow("cinnamon")
    #expect(session.quiet.state == .off)
    try session.folder.write(DconfDatabase.cinnamonQuiet, to: "dconf/user.new")
    try session.folder.rename("dconf/user.new", to: "dconf/user")
    while try await session.told.next() != .on(by: "cinnamon") {}
  }

  @Test("GNOME Shell's switch is a setting: never touched, it is off; then it is what dconf's file says")
  func gnome() async throws {
    let session = try Session()
    session.follow("gnome-shell")
    #expect(session.quiet.state == .off)
    for (bytes, state) in [
      (DconfDatabase.quiet, .on(by: "gnome-shell")), (DconfDatabase.loud, .off),
      (DconfDatabase.quiet, .on(by: "gnome-shell")),
    ] as [([UInt8], DoNotDisturbState)] {
      try session.folder.write(bytes, to: "dconf/user.new")
      try session.folder.rename("dconf/user.new", to: "dconf/user")
      while try await session.told.next() != state {}
    }
  }

  @Test(
    "Of several databases the first one that has the setting is heard",
    arguments: [
      ("user-db:user\nsystem-db:local\n", DoNotDisturbState.off),
      ("# of this site\nsystem-db:local # first\nuser-db:user\n", .on(by: "gnome-shell")),
      ("user-db:other\nservice-db:x\nsystem-db:local", .on(by: "gnome-shell")),
      ("", .off),
    ])
  func profile(text: String, state: DoNotDisturbState) throws {
    let session = try Session()
    try session.folder.write(text, to: "profile")
    try session.folder.write(DconfDatabase.loud, to: "dconf/user")
    try session.folder.write(DconfDatabase.quiet, to: "db/local")
    session.follow("gnome-shell")
    #expect(session.quiet.state == state)
  }

  @Test("A database that is damaged, however it is, has no say and does no harm")
  func damaged() throws {
    let session = try Session()
    session.follow("gnome-shell")
    var generator = SystemRandomNumberGenerator()
    // The last bytes are a folder's list of its entries, which no look-up needs.
    for length in 0..<DconfDatabase.quiet.count - 8 {
      try session.folder.write(Array(DconfDatabase.quiet.prefix(length)), to: "dconf/user")
      session.quiet.refresh()
      #expect(session.quiet.state == .off)
    }
    for _ in 0..<2000 {
      var bytes = DconfDatabase.quiet
      let damages = (0..<4).map { _ in
        (Int.random(in: 8..<bytes.count, using: &generator), UInt8.random(in: 0...255, using: &generator))
      }
      for (place, byte) in damages { bytes[place] = byte }
      try session.folder.write(bytes, to: "dconf/user")
      session.quiet.refresh()
      guard case .unknown = session.quiet.state else { continue }
      Issue.record("\(damages)")
    }
  }

  @Test("A late answer of an earlier server is ignored")
  func late() async throws {
    let session = try Session()
    let server = try FakeService(notifications, on: session.bus) {
      $0.set("Inhibited", of: notifications, at: notificationsPath, to: .flag(true), tells: false)
    }
    session.follow("Plasma")
    session.follow("dunst")
    #expect(try await session.told.next() == .unknown("dunst does not say"))
    #expect(session.told.unread.isEmpty)
    _ = server
  }
}

@Suite("ScreenSaver")
struct ScreenSaverTests {
  @Test(
    "Each desktop's service is heard, from when it comes to when it goes",
    arguments: [
      ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
      ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
      ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
      ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
      ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    ])
  func service(name: String, path: String) async throws {
    let session = try Session()
    let saver = try ScreenSaver(on: session.connection)
    let told = Mailbox<Bool?>("a change of the screen saver")
    saver.onChange = { [unowned saver] in told.put(saver.isActive) }
    let service = try FakeService(name, on: session.bus) { $0.methods["GetActive"] = { _ in [.flag(true)] } }
    #expect(try await told.next() == true)
    #expect(saver.sources == [name])
    service.emit("ActiveChanged", of: name, at: path, [.flag(false)])
    #expect(try await told.next() == false)
    service.emit("ActiveChanged", of: name, at: path, [.flag(true)])
    #expect(try await told.next() == true)
    service.die()
    #expect(try await told.next() == nil)
    #expect(saver.sources.isEmpty)
  }

  @Test("Without any, that is known as soon as the bus has said so")
  func settlesAbsent() async throws {
    let session = try Session()
    let saver = try ScreenSaver(on: session.connection)
    let settled = Mailbox<Bool>("what is known without a screen saver")
    saver.onSettle = { settled.put(true) }
    _ = try await settled.next(within: 20)
    #expect(saver.isActive == nil)
  }

  @Test("As under GNOME, one that only takes inhibitions says nothing, and the other one counts")
  func two() async throws {
    let session = try Session()
    let proxy = try FakeService("org.freedesktop.ScreenSaver", on: session.bus)
    let shell = try FakeService("org.gnome.ScreenSaver", on: session.bus) {
      $0.methods["GetActive"] = { _ in [.flag(false)] }
    }
    let saver = try ScreenSaver(on: session.connection)
    let told = Mailbox<Bool?>("a change of the screen saver")
    saver.onChange = { [unowned saver] in told.put(saver.isActive) }
    #expect(try await told.next() == false)
    #expect(saver.sources == ["org.gnome.ScreenSaver"])
    // A stranger's signal is ignored.
    proxy.emit(
      "ActiveChanged", of: "org.gnome.ScreenSaver", at: "/org/gnome/ScreenSaver", [.flag(true)],
      to: shell.caller)
    proxy.synchronize()
    // If the stranger's signal counted, this would be no change.
    shell.emit("ActiveChanged", of: "org.gnome.ScreenSaver", at: "/org/gnome/ScreenSaver", [.flag(false)])
    shell.emit("ActiveChanged", of: "org.gnome.ScreenSaver", at: "/org/gnome/ScreenSaver", [.flag(true)])
    #expect(try await told.next() == true)
    #expect(saver.sources == ["org.gnome.ScreenSaver"])
    #expect(told.unread.isEmpty)
  }
}
