import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing

/// The real programs, on a real bus, with a real notification server.
@Suite("A reminder, end to end")
struct ReminderTests {
  @Test("Shown within a second of its time and not before; Done by its button; the log has all of it")
  func shownAndDone() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    let due = try home.configure(dueIn: 6)
    let watch = try await Watch(home)
    let shown = try await watch.entry("shown")
    #expect(shown.ritual == "goodbye-kiss" && shown.scheduled.unix == Double(due))
    #expect(shown.at.unix >= Double(due))
    #expect(shown.at.unix < Double(due) + 1)

    try await stage.dunst.press("Done")
    #expect(try await watch.entry("done").by == "notification")
    #expect(try await stage.dunst.control("count", "displayed") == "0")
    let log = try await home.ask([Control.Entry].self, "log")
    #expect(log.map(\.what) == ["due", "shown", "done"])
    #expect(log.allSatisfy { $0.title == "Goodbye kiss" })
    _ = stage.display
  }

  @Test("Snoozed by its button it goes, and comes back at its time, not before")
  func snoozedAndBack() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    try home.configure(dueIn: 6, more: "snooze = [\"10s\", \"1h\"]")
    let watch = try await Watch(home)
    try await watch.entry("shown")
    try await stage.dunst.press("Snooze 10s")
    let snoozed = try await watch.entry("snoozed")
    let until = try #require(snoozed.until)
    #expect(abs(until.unix - snoozed.at.unix - 10) < 0.001)
    #expect(try await stage.dunst.control("count", "displayed") == "0")
    let again = try await watch.entry("due")
    #expect(again.at.unix >= until.unix && again.at.unix < until.unix + 1)
    try await watch.entry("shown")
    #expect(try await stage.dunst.control("count", "displayed") == "1")
    #expect(try await home.ctl("done").status == 0)
    try await watch.entry("done")
  }

  @Test("A ritual is named by its id, also one that begins with a digit, or by its title")
  func named() async throws {
    let home = try Home()
    try home.configure(
      """
      [ritual.6-second-kiss]
      title = "Goodbye Kiss"
      schedule = "2090-11-24 08:05"
      [ritual.a]
      title = "Hug"
      schedule = "2090-11-24 08:05"
      [ritual.b]
      title = "hug"
      schedule = "2090-11-24 08:05"
      """)
    try await home.start()
    for name in ["6-second-kiss", "Goodbye Kiss", "goodbye kiss"] {
      #expect(try await home.ctl("test", name).errors.contains("no notification server"))
      // No reminder waits, but the ritual is known.
      #expect(try await home.ctl("snooze", name, "10m").errors.contains("is not waiting"))
    }
    #expect(try await home.ctl("snooze", "6-second-kiss").errors.contains("6-second-kiss is not waiting"))
    #expect(
      try await home.ctl("done", "HUG").errors
        == "ritualctl: ritual: HUG: not understood; accepted: an id, since several have this title: a, b\n")
    #expect(try await home.ctl("remove", "Goodbye Kiss").status == 0)
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id) == ["a", "b"])
    let bare = try await home.ctl()
    #expect(bare.status == 0 && bare.output.hasPrefix("Nothing today.\n\nritualctl done | snooze | skip "))
    #expect(bare.output.contains("\nritualctl --help "))
  }

  @Test("A reminder that waits is answered by its title, and its past is found by it")
  func answeredByTitle() async throws {
    let home = try Home()
    try home.configure(dueIn: 6)
    try await home.start()
    let watch = try await Watch(home)
    try await watch.entry("due")
    #expect(try await home.ctl("snooze", "goodbye kiss", "1h").output.hasPrefix("Goodbye kiss: snoozed"))
    try await watch.entry("snoozed")
    let output = try await home.ctl("done", "Goodbye kiss")
    #expect(output.status == 0, "\(output.errors)")
    try await watch.entry("done")
    #expect(try await home.ask([Control.Entry].self, "log", "Goodbye Kiss").last?.what == "done")
    // The meaning of words is told, so that the same time is asked about and erased.
    let none = try await home.ask(ForgetReply.self, "forget", "--before", "yesterday", "--yes")
    #expect(none.occurrences == 0 && none.since == nil)
    #expect(try #require(none.before).unix < Double(time(nil)) - 86_400)
    #expect(try await home.ctl("forget", "--ritual", "GOODBYE KISS", "--yes").status == 0)
    #expect(try await home.ask([Control.Entry].self, "log").isEmpty)
  }

  @Test("Snoozed until a day it comes at its own time of day, and the answer says where it comes before that")
  func snoozedUntilADay() async throws {
    let home = try Home()
    try await home.start()
    let due = try home.configure(dueIn: 6)
    try await Watch(home).entry("due")
    let snoozed = try await home.ask(SnoozeReply.self, "snooze", "goodbye-kiss", "tomorrow")
    #expect(snoozed.next == nil && snoozed.until.unix > Double(due))
    #expect((snoozed.until.unix - Double(due)).truncatingRemainder(dividingBy: 86_400) == 0)
    let unclear = try await home.ctl("snooze", "10")
    #expect(unclear.errors.contains("accepted: \"10m\" for minutes, \"10h\" for hours"), "\(unclear)")
    let vague = try await home.ctl("snooze", "tonight")
    #expect(vague.errors.contains("the time is missing"), "\(vague)")
    // A word that is no ritual is a day: one reminder waits.
    let word = try await home.ctl("snooze", "sunday")
    #expect(word.status == 0, "\(word.errors)")
    #expect(word.output.hasPrefix("Goodbye kiss: snoozed, comes back in "), "\(word.output)")

    try home.configure(
      "[ritual.goodbye-kiss]\ntitle = \"Goodbye kiss\"\nschedule = [\"@\(due)\", \"@\(due + 3600)\"]\n")
    try await home.ctl("reload")
    let late = try await home.ask(SnoozeReply.self, "snooze", "goodbye-kiss", "2 days")
    #expect(late.next?.unix == Double(due + 3600))
  }

  @Test("Killed while it is showing and started again: one notification, whose buttons work")
  func killedWhileShowing() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    try home.configure(dueIn: 6)
    try await Watch(home).entry("shown")
    home.daemon?.kill()
    try await home.start()
    let watch = try await Watch(home)
    #expect(try await home.ask(State.self, "status").reminders.map(\.phase) == ["shown"])
    // A press before it was sent again goes to the dead daemon, and leaves the notification on the screen.
    #expect(try await stage.dunst.control("count", "displayed") == "1")
    while try await !home.ask(State.self, "status").reminders.isEmpty {
      try await stage.dunst.pressIfShown("Done")
    }
    try await watch.entry("done")
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what) == ["due", "shown", "done"])
    #expect(try await stage.dunst.control("count", "displayed") == "0")
  }

  @Test("Without a notification server it waits, and the log shows it; when one appears it is shown")
  func waitsForServer() async throws {
    let home = try Home()
    try await home.start()
    try home.configure(dueIn: 6)
    let watch = try await Watch(home)
    try await watch.entry("undelivered")
    #expect(try await home.ask(State.self, "status").server == nil)
    #expect(try await home.ask(TodayReply.self, "today").reminders.map(\.phase) == ["due"])
    let stage = try home.makeDunst()
    try await watch.entry("shown")
    #expect(try await stage.dunst.control("count", "displayed") == "1")
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what) == ["due", "undelivered", "shown"])
  }

  @Test("Started while the user does not want to be disturbed, it asks before it shows anything")
  func startsQuietly() async throws {
    let home = try Home()
    try await home.start()
    try home.configure(dueIn: 6)
    try await Watch(home).entry("undelivered")
    home.daemon?.kill()
    let stage = try home.makeDunst()
    try await stage.dunst.pause()
    try await home.start()
    let watch = try await Watch(home)
    while try await home.ask([Control.Entry].self, "log").count < 3 {}
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what) == ["due", "undelivered", "held"])
    try await stage.dunst.control("set-paused", "false")
    try await watch.entry("shown")
    #expect(try await stage.dunst.control("count", "displayed") == "1")
  }

  @Test("Notifications lost with their server are shown by the next one, once")
  func serverRestarts() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    try home.configure(dueIn: 6)
    let watch = try await Watch(home)
    try await watch.entry("shown")
    stage.dunst.kill()
    try stage.dunst.start()
    try await watch.entry("shown")
    #expect(try await stage.dunst.control("count", "displayed") == "1")
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what) == ["due", "shown", "shown"])
  }

  @Test("The bus goes and another one comes: what was on the screen is shown there, once")
  func busRestarts() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    try home.configure(dueIn: 6)
    let watch = try await Watch(home)
    try await watch.entry("shown")
    home.bus.kill()
    stage.dunst.kill()
    try home.bus.restart()
    try stage.dunst.start()
    try await watch.entry("shown")
    #expect(try await stage.dunst.control("count", "displayed") == "1")
    try await stage.dunst.press("Done")
    try await watch.entry("done")
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what) == ["due", "shown", "shown", "done"])
  }

  @Test(
    "A server that is stopped for a while has it once when it goes on, and the log says what was waited for")
  func slowServer() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    try home.configure(
      """
      [ritual.each]
      title = "Again"
      schedule = "*:*:0/20"
      """)
    try await home.start()
    while try await home.ask(State.self, "status").server == nil {}
    server.isMute = true
    let watch = try await Watch(home)
    #expect(try await watch.entry("undelivered").reason == "the notification server does not answer")
    server.speak()
    try await watch.entry("shown")
    try server.synchronize()
    // One notification was new; each later one replaces it.
    #expect(server.calls.unread.count { $0.arguments[1] == .number(0) } == 1)
  }

  @Test("Put away with the mouse it is not answered, and does not come back by itself")
  func putAway() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    try home.configure(dueIn: 6)
    let watch = try await Watch(home)
    try await watch.entry("shown")
    try await stage.dunst.control("close-all")
    #expect(try await watch.entry("closed").reason == "dismissed")
    #expect(try await home.ctl("skip", "goodbye-kiss").status == 0)
    #expect(try await watch.entry("skipped").by == "command")
  }

  @Test("Closed by another program it is not on the screen any more, and still open")
  func closedByOthers() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    try await home.start()
    try home.configure(dueIn: 5)
    let watch = try await Watch(home)
    try await watch.entry("shown")
    server.emitClosed(1, reason: 3)
    #expect(try await watch.entry("closed").reason == "unknown")
    #expect(try await home.ask(TodayReply.self, "today").reminders.map(\.phase) == ["closed"])
  }

  @Test("Several at once are a list, which can be read on one line too: GNOME Shell makes one line of all")
  func several() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    let second = time(nil) + 6
    try home.configure(
      (1...4).map { "[ritual.r\($0)]\ntitle = \"Title \($0)\"\nschedule = \"@\(second)\"\n" }.joined())
    try await home.start()
    while true {
      let call = try await server.calls.next()
      guard call.method == "Notify", call.arguments[3] == .text("4 rituals") else { continue }
      #expect(call.arguments[4] == .text("• Title 1\n• Title 2\n• Title 3\n• Title 4"))
      break
    }
  }

  @Test("A test is as discreet as a reminder would be")
  func discreetTest() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    try home.configure(dueIn: 3600)
    try await home.start(until: "Notifications are shown by")
    #expect(try await home.ctl("discreet", "on").status == 0)
    #expect(try await home.ctl("test", "goodbye-kiss").status == 0)
    #expect(try await server.calls.next().arguments[3] == .text("Reminder"))
  }

  @Test("A test shows it as it will look and records nothing")
  func preview() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try home.configure(dueIn: 3600)
    try await home.start()
    while try await home.ask(State.self, "status").server == nil {}
    let output = try await home.ctl("test", "goodbye-kiss")
    #expect(output.status == 0, "\(output.errors)")
    #expect(try await stage.dunst.control("count", "displayed") == "1")
    #expect(try await home.ask([Control.Entry].self, "log").isEmpty)
  }
}
