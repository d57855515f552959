import Control
import DesktopRig
import FoundationEssentials
import Glibc
import InterfaceRig
import Testing
import ZoneRig

@Suite("Rituals that come and go")
struct ConfigurationTests {
  @Test("Added on the command line it is a file of its own, is planned, and can be removed again")
  func addAndRemove() async throws {
    let home = try Home()
    try home.configure(
      """
      # Ours.
      [ritual.hug]   # every evening
      title = "Long hug"
      schedule = "18:15"
      [ritual.dinner]
      title = "Dinner"
      schedule = "Fri 19:00"
      """)
    try await home.start()
    let added = try await home.ask(
      AddReply.self, "add", "Goodbye kiss", "--at", "Mon..Fri 08:05", "--at", "Sat 10:00", "--message",
      "\"Six\" \\ s.")
    #expect(added.id == "goodbye-kiss")
    #expect(added.file == home.folder.path("config/ritual/ritual.d/goodbye-kiss.toml"))
    var status = stat()
    #expect(stat(added.file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    let rituals = try await home.ask([Control.Ritual].self, "list")
    #expect(rituals.map(\.id) == ["hug", "dinner", "goodbye-kiss"])
    #expect(rituals.last?.message == "\"Six\" \\ s.")
    #expect(rituals.last?.normalized == ["Mon..Fri *-*-* 08:05:00", "Sat *-*-* 10:00:00"])
    #expect(rituals.last?.next == added.next)
    #expect(try await home.ctl("add", "Goodbye kiss", "--at", "09:00", "--id", "goodbye-kiss").status == 1)
    #expect(try await home.ask(AddReply.self, "add", "Goodbye kiss", "--at", "09:00").id == "goodbye-kiss-2")
    let folded = try await home.ask(AddReply.self, "add", "Überraschung für Zoë", "--at", "09:00")
    #expect(folded.id == "uberraschung-fur-zoe" && folded.file.hasSuffix("/uberraschung-fur-zoe.toml"))
    let long = "A long walk around the lake, and tea afterwards"
    for id in ["a-long-walk-around-the-lake-and", "a-long-walk-around-the-lake-and-2"] {
      #expect(try await home.ask(AddReply.self, "add", long, "--at", "09:00").id == id)
    }

    #expect(try await home.ctl("remove", "goodbye-kiss").status == 0)
    #expect(access(added.file, F_OK) != 0)
    #expect(try await home.ctl("remove", "hug").status == 0)
    let rest = try #require(home.folder.read("config/ritual/ritual.toml"))
    #expect(rest.contains("[ritual.dinner]\ntitle = \"Dinner\"") && !rest.contains("Long hug"))
    let gone = try await home.ctl("remove", "hug")
    #expect(gone.status == 1 && gone.errors.contains("there is no ritual hug"))
  }

  @Test("A ritual with a mistake can be removed; where its file cannot be read, that is said")
  func removesBroken() async throws {
    let home = try Home()
    try home.configure("[ritual.hug]\ntitle = \"Hug\"\nschedule = \"18:15\"\n")
    _ = try home.folder.makeFolder("config/ritual/ritual.d")
    for id in ["good", "other"] {
      try home.folder.write(
        "[ritual.\(id)]\ntitle = \"Good\"\nschedule = \"Mon..Fry 08:06\"\n",
        to: "config/ritual/ritual.d/\(id).toml")
    }
    try await home.start()
    let good = try await home.ctl("remove", "good")
    #expect(good.status == 0 && good.output.hasPrefix("good: removed\n"), "\(good.errors)")
    try home.configure("[ritual.hug]\ntitle = \"Hug\nschedule = \"18:15\"\n")
    let other = try await home.ctl("remove", "other")
    #expect(other.status == 0, "\(other.errors)")
    #expect(home.folder.names(in: "config/ritual/ritual.d") == [])
    let hug = try await home.ctl("remove", "hug")
    #expect(hug.status == EX_DATAERR)
    #expect(hug.errors.hasPrefix("ritualctl: the configuration has to be fixed first:\n/"), "\(hug.errors)")
    #expect(hug.errors.contains("ritual.toml:2:"), "\(hug.errors)")
  }

  @Test("Plain words become a schedule that the file keeps, and that check is content with")
  func plainWords() async throws {
    let home = try Home()
    try home.configure("")
    try await home.start()
    let added = try await home.ask(
      AddReply.self, "add", "Date night", "--at", "every other friday 19:30")
    let text = try #require(home.folder.read("config/ritual/ritual.d/date-night.toml"))
    #expect(text.contains("schedule = \"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\"\nstart = 20"), "\(text)")
    #expect(added.next?.at.contains("T19:30:00") == true)
    #expect(try await home.ctl("add", "Walk", "--at", "weekdays 8:05 and 18:00").status == 0)
    let walk = try #require(home.folder.read("config/ritual/ritual.d/walk.toml"))
    #expect(walk.contains("schedule = [\"Mon..Fri 08:05\", \"Mon..Fri 18:00\"]\n"), "\(walk)")
    #expect(try await home.ctl("set", "walk", "schedule=daily 9:00 and 18:30").status == 0)
    #expect(
      home.folder.read("config/ritual/ritual.d/walk.toml")?.contains(
        "schedule = [\"*-*-* 09:00:00\", \"*-*-* 18:30:00\"]\n") == true)
    let words = try await home.ctl("schedule", "explain", "weekdays 8:05 and 18:00")
    #expect(
      words.output.hasPrefix("Every weekday at 08:05; and every weekday at 18:00, next "), "\(words.output)")
    let once = try await home.ask(AddReply.self, "add", "Sitter", "--at", "in 20 minutes")
    let seconds = try #require(once.next?.unix) - Double(time(nil))
    #expect((1190...1201).contains(seconds))
    #expect(try await home.ctl("check").status == 0)
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id) == ["date-night", "sitter", "walk"])
  }

  @Test("--start says from when a rule counts, however the rule is said, and a date keeps its time")
  func starts() async throws {
    let home = try Home()
    try home.configure("")
    try await home.start()
    // Fridays after the end of any test.
    for (words, start) in [
      ("every other friday 19:30", "2099-12-04"),
      ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2099-12-04T19:30"),
    ] {
      let added = try await home.ask(AddReply.self, "add", "Date night", "--at", words, "--start", start)
      #expect(added.next?.at == "2099-12-04T19:30:00+00:00", "\(words)")
      let moved = try await home.ask(Changed.self, "set", added.id, "start=2099-12-11")
      #expect(moved.next?.at == "2099-12-11T19:30:00+00:00", "\(words)")
      let again = try await home.ask(Changed.self, "set", added.id, "schedule=\(words)", "start=\(start)")
      #expect(again.next?.at == "2099-12-04T19:30:00+00:00", "\(words)")
    }
    let other = try await home.ask(
      Changed.self, "set", "date-night", "schedule=RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU")
    #expect(other.next?.at == "2099-12-06T19:30:00+00:00")
    let two = try await home.ctl(
      "set", "date-night", "schedule=every other friday 19:30", "start=2099-12-04T20:00")
    #expect(two.status == EX_DATAERR)
    #expect(
      two.errors.contains("start: 2099-12-04T20:00: not understood; accepted: a date, "), "\(two.errors)")
    #expect(two.errors.hasSuffix(" with the schedule's time of day, 19:30\n"), "\(two.errors)")
    let none = try await home.ctl("add", "None", "--at", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")
    #expect(none.status == EX_DATAERR && none.errors.contains("there is none"), "\(none.errors)")
  }

  @Test("A zone that cannot be read any more stays the one to go by")
  func unreadableZone() async throws {
    let home = try Home()
    let zone = home.folder.path("zone")
    try FileManager.default.copyItem(atPath: TestZones.folder + "/Asia/Tokyo", toPath: zone)
    try home.configure("[ritual.hug]\ntitle = \"Hug\"\nschedule = \"18:15\"")
    try await home.start(["TZ": ":" + zone])
    #expect(unlink(zone) == 0)
    #expect(try await home.ctl("reload").status == 0)
    _ = try await home.log?.next { $0.contains("zone cannot be read") }
    let next = try #require(try await home.ask([Control.Ritual].self, "list").first?.next)
    #expect(next.at.hasSuffix("T18:15:00+09:00"))
  }

  @Test("While its file is away a reminder stays on the screen, can be answered, and goes on; remove ends it")
  func fileIsAway() async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    try home.configure(dueIn: 6)
    let file = home.folder.path("config/ritual/ritual.toml")
    let watch = try await Watch(home)
    try await watch.entry("shown")
    #expect(rename(file, file + ".away") == 0)
    while try await !home.ask([Control.Ritual].self, "list").isEmpty {}
    let state = try await home.ask(State.self, "status")
    #expect(state.reminders.map(\.phase) == ["shown"])
    #expect(state.away.map(\.ritual) == ["goodbye-kiss"] && state.away.map(\.title) == ["Goodbye kiss"])
    let why = try await home.ctl("why", "goodbye-kiss")
    #expect(why.output.contains("it is in no file; it goes on when it is back, and ends "), "\(why.output)")
    #expect(try await stage.dunst.control("count", "displayed") == "1")
    #expect(rename(file + ".away", file) == 0)
    while try await home.ask([Control.Ritual].self, "list").first?.state != "shown" {}
    #expect(try await stage.dunst.control("count", "displayed") == "1")

    // Empty, and with a start in between.
    try await home.ctl("snooze", "goodbye-kiss", "2h")
    let text = try #require(home.folder.read("config/ritual/ritual.toml"))
    try home.configure("")
    while try await !home.ask([Control.Ritual].self, "list").isEmpty {}
    home.daemon?.kill()
    try await home.start()
    #expect(try await home.ask(State.self, "status").away.map(\.title) == ["Goodbye kiss"])
    try home.configure(text)
    while try await home.ask([Control.Ritual].self, "list").first?.state != "snoozed" {}

    #expect(try await home.ctl("remove", "goodbye-kiss").status == 0)
    let after = try await home.ask(State.self, "status")
    #expect(after.reminders.isEmpty && after.away.isEmpty)
    #expect(
      try await home.ask([Control.Entry].self, "log").map(\.what) == ["due", "shown", "snoozed", "expired"])
    _ = stage.display
  }

  @Test(
    "A missing ritual is ended by remove, and answered from its notification", arguments: ["remove", "done"])
  func endsWhileAway(_ command: String) async throws {
    let home = try Home()
    let stage = try home.makeDunst()
    try await home.start()
    try home.configure(dueIn: 6)
    let watch = try await Watch(home)
    try await watch.entry("shown")
    try home.configure("")
    while try await home.ask(State.self, "status").away.isEmpty {}
    if command == "done" {
      try await stage.dunst.press("Done")
      try await watch.entry("done")
    }
    let removed = try await home.ctl("remove", "goodbye-kiss")
    #expect(removed.status == 0 && removed.output == "goodbye-kiss: removed\n", "\(removed.errors)")
    if command == "remove" { #expect(try await watch.entry("expired").reason == "removed") }
    #expect(try await stage.dunst.control("count", "displayed") == "0")
    #expect(try await home.ask(State.self, "status").away.isEmpty)
    #expect(try await home.ctl("remove", "goodbye-kiss").status == 1)
    _ = stage.display
  }

  @Test("A start on a file with a slip gives nothing up: what was snoozed and paused is when it is mended")
  func startsOnASlip() async throws {
    let home = try Home()
    try home.configure(dueIn: 5)
    let good = try #require(home.folder.read("config/ritual/ritual.toml"))
    try await home.start()
    _ = try await Watch(home).entry("due")
    try await home.ctl("snooze", "goodbye-kiss", "2h")
    try await home.ctl("pause", "goodbye-kiss")
    home.daemon?.kill()
    try home.configure("[ritual.goodbye-kiss")
    try await home.start()
    #expect(try await home.ask([Control.Ritual].self, "list").isEmpty)
    let watch = try await Watch(home)
    try home.configure(good)
    #expect(try await watch.configured() == 1)
    #expect(try await home.ask(TodayReply.self, "today").reminders.map(\.phase) == ["snoozed"])
    #expect(try await home.ask(State.self, "status").orders.map(\.ritual) == ["goodbye-kiss"])
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what).last == "snoozed")
  }

  @Test(
    "What cannot be added is refused with the reason, and nothing is written",
    arguments: [
      (["Kiss", "--at", "25:00"], EX_DATAERR, "is not a time of day"),
      (["Kiss", "--at", "08:05", "--urgency", "high"], EX_DATAERR, "low, normal or critical"),
      (["Kiss", "--at", "08:05", "--id", "Not An Id"], EX_DATAERR, "a-z, 0-9"),
      (["Kiss", "--at", "08:05", "--timezone", "Europe/Berln"], EX_DATAERR, "Europe/Berln"),
      (["", "--at", "08:05"], EX_DATAERR, "title"),
      (
        ["Past", "--at", "2020-11-20 9:00"], EX_DATAERR,
        "ritualctl: it would never come: 20 November 2020 at 09:00 lies in the past; accepted: a time that is still to "
          + "come\n  2020-11-20 9:00\n  ^\n"
      ),
      (["Past", "--at", "Sat 10:00", "--at", "2020-11-20 9:00"], EX_DATAERR, "would never come"),
      (
        ["Never", "--at", "2026-02-30 9:00"], EX_DATAERR,
        "ritualctl: it would never come: there is no such day; accepted: a day that there is\n"
      ),
      (
        ["Over", "--at", "DTSTART:20200101T080000\nRRULE:FREQ=DAILY;COUNT=3"], EX_DATAERR,
        "it would never come: its last time, 3 January 2020 at 08:00, lies in the past"
      ),
      (
        ["Late", "--at", "2090-01-01 10:00", "--start", "2091-01-01"], EX_DATAERR,
        "it would never come: its start and its exceptions leave nothing of it"
      ),
    ])
  func refused(words: [String], status: Int32, text: String) async throws {
    let home = try Home()
    try await home.start()
    let output = try await ChildProcess.run(
      built("ritualctl"), ["add"] + words, environment: home.environment)
    #expect(output.status == status, "\(output.errors)")
    #expect(output.errors.contains(text), "\(output.errors)")
    #expect(access(home.folder.path("config/ritual/ritual.d"), F_OK) != 0)
  }
}
