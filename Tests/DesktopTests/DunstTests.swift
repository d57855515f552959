import Desktop
import DesktopRig
import Testing

/// The same behaviour with a real notification server, which has habits of its own.
@Suite("NotificationServer with dunst")
struct DunstTests {
  /// A stage with dunst on it that has appeared.
  struct RealStage {
    let stage: Stage
    let display: VirtualDisplay
    let dunst: Dunst
    let server: ServerInformation

    init() async throws {
      stage = try Stage()
      display = try VirtualDisplay()
      dunst = try Dunst(in: stage.folder, on: stage.bus, display: display)
      server = try await stage.appears()
    }
  }

  static let kiss = Notification(
    summary: "Goodbye kiss", body: "Six seconds & more, <before> the door.",
    actions: [
      Notification.Action(key: Notification.Action.defaultKey, label: "Done"),
      Notification.Action(key: "done", label: "Done"),
      Notification.Action(key: "snooze:0", label: "Snooze 10 min"),
      Notification.Action(key: "skip", label: "Skip"),
    ], expiration: .never, tag: "goodbye-kiss")

  @Test("It says who it is and what it can do")
  func information() async throws {
    let real = try await RealStage()
    #expect(real.server.name == "dunst")
    #expect(real.server.capabilities.isSuperset(of: [.actions, .body, .bodyMarkup]))
  }

  @Test("It shows a notification and replaces it, by number and by tag")
  func replacing() async throws {
    let real = try await RealStage()
    let number = try await real.stage.notify(Self.kiss).get()
    #expect(try await real.stage.notify(Self.kiss, replacing: number).get() == number)
    #expect(try await real.dunst.control("count", "displayed") == "1")
    // As after a crash: the number is lost, the tag is not. dunst calls the old one expired.
    let again = try await real.stage.notify(Self.kiss).get()
    #expect(try await real.stage.told.next() == .closed(number, .expired))
    #expect(try await real.dunst.control("count", "displayed") == "1")
    real.stage.server.close(again)
    #expect(try await real.stage.told.next() == .closed(again, .closedByCall))
  }

  @Test("It reads the body as it was written")
  func text() async throws {
    let real = try await RealStage()
    let number = try await real.stage.notify(Self.kiss).get()
    real.stage.server.close(number)
    _ = try await real.stage.told.next()
    let history = try await real.dunst.control("history")
    #expect(history.contains("Six seconds &amp; more, &lt;before&gt; the door."))
    #expect(!history.contains("&amp;amp;"))
  }

  @Test(
    "Every button comes back as its key; taking the notification away is then ours to do",
    arguments: [("Snooze 10 min", "snooze:0"), ("Skip", "skip")])
  func buttons(label: String, key: String) async throws {
    let real = try await RealStage()
    let number = try await real.stage.notify(Self.kiss).get()
    try await real.dunst.press(label)
    #expect(try await real.stage.told.next() == .action(number, key))
    real.stage.server.close(number)
    #expect(try await real.stage.told.next() == .closed(number, .closedByCall))
  }

  @Test("A click on the notification is the default action, and dismisses it")
  func click() async throws {
    let real = try await RealStage()
    let number = try await real.stage.notify(Self.kiss).get()
    try await real.dunst.click()
    #expect(try await real.stage.told.next() == .action(number, "default"))
    #expect(try await real.stage.told.next() == .closed(number, .dismissed))
  }

  @Test("Put away by its user, it is dismissed without an action")
  func dismissed() async throws {
    let real = try await RealStage()
    let number = try await real.stage.notify(Self.kiss).get()
    try await real.dunst.click(.right)
    #expect(try await real.stage.told.next() == .closed(number, .dismissed))
  }

  @Test("When its time is up, it has expired")
  func expired() async throws {
    let real = try await RealStage()
    var kiss = Self.kiss
    kiss.expiration = .after(.milliseconds(100))
    let number = try await real.stage.notify(kiss).get()
    #expect(try await real.stage.told.next() == .closed(number, .expired))
  }

  @Test("Killed and started again, it vanishes and another one appears that knows nothing")
  func restart() async throws {
    let real = try await RealStage()
    _ = try await real.stage.notify(Self.kiss).get()
    real.dunst.kill()
    #expect(try await real.stage.told.next() == .vanished)
    try real.dunst.start()
    #expect(try await real.stage.appears().identity != real.server.identity)
    #expect(try await real.dunst.control("count", "displayed") == "0")
    _ = try await real.stage.notify(Self.kiss).get()
    #expect(try await real.dunst.control("count", "displayed") == "1")
  }

  @Test("A notification is on the screen")
  func screen() async throws {
    let real = try await RealStage()
    let empty = real.stage.folder.path("empty.png")
    let shown = real.stage.folder.path("shown.png")
    try await real.display.capture(to: empty)
    _ = try await real.stage.notify(Self.kiss).get()
    #expect(try await real.dunst.control("count", "displayed") == "1")
    try await real.display.capture(to: shown)
    #expect(real.stage.folder.read("empty.png") != real.stage.folder.read("shown.png"))
  }
}
