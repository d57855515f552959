import Desktop
import DesktopRig
import Testing

@Suite("NotificationServer: notify")
struct NotifyTests {
  static let kiss = Notification(
    summary: "Goodbye kiss", body: "Six seconds, before the door.",
    actions: [
      Notification.Action(key: Notification.Action.defaultKey, label: "Done"),
      Notification.Action(key: "snooze", label: "Snooze 10 min"),
    ], urgency: .critical, category: "x-ritual.reminder", expiration: .never, tag: "goodbye-kiss",
    isTransient: true, soundName: "message", iconName: "io.ritual.Ritual")

  @Test("A server that can do everything gets everything")
  func everything() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    #expect(try await stage.notify(Self.kiss) == .success(1))
    let call = try await fake.calls.next()
    #expect(
      call.arguments == [
        .text("Ritual"), .number(0), .text("io.ritual.Ritual"), .text("Goodbye kiss"),
        .text("Six seconds, before the door."),
        .list([.text("default"), .text("Done"), .text("snooze"), .text("Snooze 10 min")]),
        .map([
          "urgency": .number(2), "desktop-entry": .text("io.ritual.Ritual"),
          "category": .text("x-ritual.reminder"), "x-dunst-stack-tag": .text("goodbye-kiss"),
          "transient": .flag(true), "sound-name": .text("message"),
        ]), .number(0),
      ])
  }

  @Test("A notification in another one's place has no tag: mako 1.7 dies where it has both")
  func taglessInPlace() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    for number in [nil, 7] as [UInt32?] {
      _ = try await stage.notify(Self.kiss, replacing: number)
      guard case .map(let hints) = try await fake.calls.next().arguments[6] else {
        throw Unexpected(what: "no hints")
      }
      #expect((hints["x-dunst-stack-tag"] == nil) == (number != nil))
    }
  }

  @Test("A server that can do nothing gets the summary, the urgency and who asks")
  func nothing() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus, capabilities: [])
    _ = try await stage.appears()
    #expect(try await stage.notify(Self.kiss) == .success(1))
    let call = try await fake.calls.next()
    #expect(call.arguments[3] == .text("Goodbye kiss"))
    #expect(call.arguments[4] == .text(""))
    #expect(call.arguments[5] == .list([]))
    guard case .map(let hints) = call.arguments[6] else { throw Unexpected(what: "\(call.arguments)") }
    #expect(hints["sound-name"] == nil)
    #expect(hints["urgency"] == .number(2))
  }

  @Test(
    "Servers that give the notification's own action a button are not sent it, nor more than they have buttons for",
    arguments: [
      ("dunst", "knopwob", ["default", "done", "snooze-0", "skip", "snooze-1"]),
      ("Xfce Notify Daemon", "Xfce", ["done", "snooze-0", "skip", "snooze-1"]),
      ("lxqt-notificationd", "lxqt.org", ["done", "snooze-0", "skip"]),
      ("Notification Daemon", "GNOME", ["default", "done", "snooze-0", "skip"]),
      ("gnome-shell", "GNOME", ["default", "done", "snooze-0", "skip"]),
      ("Budgie Notification Server", "Budgie Desktop Developers", ["done", "snooze-0", "skip"]),
      ("Plasma", "KDE", ["default", "done", "snooze-0", "skip"]),
      ("Notification Daemon", "MATE", ["default", "done", "snooze-0", "skip", "snooze-1"]),
    ])
  func habits(name: String, vendor: String, keys: [String]) async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus, name: name, vendor: vendor)
    _ = try await stage.appears()
    var kiss = Self.kiss
    for only in [false, true] {
      kiss.actions = (only ? ["default"] : ["default", "done", "snooze-0", "skip", "snooze-1"])
        .map { Notification.Action(key: $0, label: $0) }
      _ = try await stage.notify(kiss)
      let sent = try await fake.calls.next().arguments[5]
      let expected = only ? ["default"] : keys
      #expect(sent == .list(expected.flatMap { [.text($0), .text($0)] }))
    }
  }

  @Test(
    "Where the room is short, the button that a click on the body replaces is left out",
    arguments: [
      ("dunst", ["default", "begin", "done", "snooze", "skip"]),
      ("gnome-shell", ["default", "done", "snooze", "skip"]),
      // The body does nothing there.
      ("lxqt-notificationd", ["begin", "done", "snooze"]),
    ])
  func spare(name: String, keys: [String]) async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus, name: name)
    _ = try await stage.appears()
    var kiss = Self.kiss
    kiss.actions = ["default", "begin", "done", "snooze", "skip"].map {
      Notification.Action(key: $0, label: $0, isSpare: $0 == "begin")
    }
    _ = try await stage.notify(kiss)
    #expect(try await fake.calls.next().arguments[5] == .list(keys.flatMap { [.text($0), .text($0)] }))
  }

  @Test(
    "What is low is sent as normal to a server that keeps it off the screen",
    arguments: [("gnome-shell", 1), ("dunst", 0)])
  func low(name: String, sent: Int64) async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus, name: name)
    _ = try await stage.appears()
    var kiss = Self.kiss
    kiss.urgency = .low
    _ = try await stage.notify(kiss)
    guard case .map(let hints) = try await fake.calls.next().arguments[6] else {
      throw Unexpected(what: "other hints")
    }
    #expect(hints["urgency"] == .number(sent))
  }

  @Test(
    "A nudge is critical where nothing else keeps its buttons",
    arguments: [
      ("gnome-shell", "43.9", 2), ("gnome-shell", "45.beta", 2), ("gnome-shell", "46.0", 1),
      ("gnome-shell", "", 1), ("dunst", "1.9.0", 1),
    ])
  func nudge(name: String, version: String, sent: Int64) async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus, name: name, version: version)
    _ = try await stage.appears()
    for isNudge in [false, true] {
      var kiss = Self.kiss
      (kiss.urgency, kiss.isNudge) = (.normal, isNudge)
      _ = try await stage.notify(kiss)
      guard case .map(let hints) = try await fake.calls.next().arguments[6] else {
        throw Unexpected(what: "other hints")
      }
      #expect(hints["urgency"] == .number(isNudge ? sent : 1))
    }
  }

  @Test(
    "An answer can be typed where the server has that, and nothing is said of it elsewhere",
    arguments: [
      (["actions", "inline-reply"], ["default", "inline-reply", "snooze"], "Noticed?"),
      (["actions"], ["default", "snooze"], nil), (["inline-reply"], [], "Noticed?"),
    ] as [([String], [String], String?)])
  func reply(capabilities: [String], keys: [String], placeholder: String?) async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus, capabilities: capabilities)
    _ = try await stage.appears()
    var kiss = Self.kiss
    kiss.reply = Notification.Reply(label: "Appreciate", placeholder: "Noticed?")
    _ = try await stage.notify(kiss)
    let arguments = try await fake.calls.next().arguments
    guard case .list(let actions) = arguments[5], case .map(let hints) = arguments[6] else {
      throw Unexpected(what: "\(arguments)")
    }
    let sent = stride(from: 0, to: actions.count, by: 2).map { actions[$0] }
    #expect(sent == keys.map { .text($0) })
    #expect(hints["x-kde-reply-placeholder-text"] == placeholder.map { .text($0) })
  }

  @Test(
    "Texts say what they say, whatever the server makes of markup",
    arguments: [
      // Markup, for servers that read it and for others.
      (["body", "body-markup"], "<b>us</b> & them", "&lt;b&gt;us&lt;/b&gt; &amp; them"),
      (["body"], "<b>us</b> & them", "<b>us</b> & them"),
      // An entity is text too.
      (["body", "body-markup"], "&amp;", "&amp;amp;"),
      // All kinds of line ends become one.
      (["body"], "a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}g\u{0B}h", "a\nb\nc\nd\ne\nf\ng\nh"),
      (["body"], "a\r\n\r\nb", "a\n\nb"),
      // Control characters, including NUL, cut nothing off and have no effect.
      (["body"], "a\u{0}b\u{1B}[31mc\u{7F}\u{9B}d\te", "a b [31mc d e"),
      // Noncharacters, which D-Bus does not carry.
      (["body"], "a\u{FFFE}b\u{FFFF}c", "a\u{FFFD}b\u{FFFD}c"),
      (["body"], "a\u{1FFFF}", "a\u{FFFD}"),
      // A sign is one Character with a following mark, or with a preceding sign of Arabic.
      (
        ["body", "body-markup"], "<\u{338}b>\u{600}<i>&\u{20e3}",
        "&lt;\u{338}b&gt;\u{600}&lt;i&gt;&amp;\u{20e3}"
      ),
      // Scalars that are invisible, or that turn or hide words.
      (["body"], "a\u{202e}b\u{2066}c\u{200f}d\u{200b}e\u{feff}f\u{e0041}g\u{fff9}h", "abcdefgh"),
      // Other scalars stay: emoji with joiners, right-to-left text, combining marks, Persian.
      (["body"], "👩‍❤️‍👨 שלום e\u{301} می‌خواهم", "👩‍❤️‍👨 שלום e\u{301} می‌خواهم"),
    ] as [([String], String, String)])
  func bodies(capabilities: [String], text: String, expected: String) async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus, capabilities: capabilities)
    _ = try await stage.appears()
    _ = try await stage.notify(Notification(summary: "x", body: text))
    #expect(try await fake.calls.next().arguments[4] == .text(expected))
  }

  @Test("A summary and a label are one line and never markup")
  func lines() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    _ = try await stage.notify(
      Notification(
        summary: "one\r\n\u{0}two & <i>three</i>", actions: [Notification.Action(key: "k", label: "a\nb")]))
    let arguments = try await fake.calls.next().arguments
    #expect(arguments[3] == .text("one two & <i>three</i>"))
    #expect(arguments[5] == .list([.text("k"), .text("a b")]))
  }

  @Test(
    "How long it stays, in milliseconds",
    arguments: [
      (.serverDefault, -1), (.never, 0), (.after(.seconds(5)), 5000),
      // Never and the default have reserved numbers; no length may become one of them.
      (.after(.zero), 1), (.after(.microseconds(10)), 1), (.after(.seconds(-1)), 1),
      // Longer than the field, which holds 24 days.
      (.after(.seconds(86400 * 365)), Int64(Int32.max)),
    ] as [(Notification.Expiration, Int64)])
  func expiration(expiration: Notification.Expiration, milliseconds: Int64) async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    _ = try await stage.notify(Notification(summary: "x", expiration: expiration))
    #expect(try await fake.calls.next().arguments[7] == .number(milliseconds))
  }

  @Test("A replacement names the replaced one, and keeps its number")
  func replacing() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    #expect(try await stage.notify(Notification(summary: "a")) == .success(1))
    #expect(try await stage.notify(Notification(summary: "b"), replacing: 1) == .success(1))
    _ = try await fake.calls.next()
    #expect(try await fake.calls.next().arguments[1] == .number(1))
  }

  @Test("A server that does not answer in time is an error, and it stays the server")
  func silence() async throws {
    let stage = try Stage(timeout: .milliseconds(50))
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    fake.isSilent = true
    guard case .failure(.noReply) = try await stage.notify(Notification(summary: "a")) else {
      throw Unexpected(what: "an answer")
    }
    #expect(stage.server.current != nil)
  }

  @Test("A server that refuses says why")
  func refusal() async throws {
    let stage = try Stage()
    let fake = try FakeNotificationServer(on: stage.bus)
    _ = try await stage.appears()
    fake.refusal = "org.example.Full"
    #expect(
      try await stage.notify(Notification(summary: "a"))
        == .failure(.refused(name: "org.example.Full", message: "as the test wants it")))
  }

  @Test("An answer comes later, also where the call fails at once")
  func later() async throws {
    let stage = try Stage()
    let answer = Mailbox<Result<UInt32, BusError>>("the answer to Notify")
    stage.connection.close()
    stage.server.notify(Notification(summary: "a")) { answer.put($0) }
    #expect(answer.unread.isEmpty)
    guard case .failure = try await answer.next() else { throw Unexpected(what: "an answer") }
  }
}
