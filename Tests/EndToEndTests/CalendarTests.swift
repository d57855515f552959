import Control
import DesktopRig
import FoundationEssentials
import Glibc
import InterfaceRig
import Testing

@Suite("Calendars of the real daemon")
struct CalendarTests {
  private static let calendar = "\n[calendar.us]\nvdir = \"~/us\"\n"

  private func makeHome(_ more: String = calendar) throws -> Home {
    let home = try Home()
    _ = try home.folder.makeFolder("us")
    try home.configure(more)
    return home
  }

  /// An event that begins so many whole seconds after now, as a phone writes it.
  private func event(
    _ title: String, uid: String, dueIn seconds: Int, modified: Int = -86_400, more: String = ""
  ) -> String {
    let lines =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Phone//Test//EN
      BEGIN:VEVENT
      UID:\(uid)
      DTSTAMP:20261101T080000Z
      LAST-MODIFIED:\(utc(modified))
      DTSTART:\(utc(seconds))
      SUMMARY:\(title)
      X-PHONE;x=1:stays
      BEGIN:VALARM
      UID:\(uid)-alarm
      ACTION:DISPLAY
      TRIGGER:PT0S\(more)
      END:VALARM
      END:VEVENT
      END:VCALENDAR

      """
    return lines.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
  }

  /// Writes like vdirsyncer: a temporary file, then a rename.
  private func write(_ text: String, to name: String, in home: Home) throws {
    try home.folder.write(text, to: "us/.\(name).tmp")
    try home.folder.rename("us/.\(name).tmp", to: "us/\(name)")
  }

  /// A time so many whole seconds after now.
  private func utc(_ seconds: Int) -> String {
    var time = time(nil) + seconds
    var parts = tm()
    gmtime_r(&time, &parts)
    var text = [CChar](repeating: 0, count: 32)
    strftime(&text, text.count, "%Y%m%dT%H%M%SZ", &parts)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }

  @Test(
    "A calendar on a disk that is mounted after the start is read then",
    .enabled("nobody can mount a disk here but root, outside of most containers") { try await Home.canMount })
  func mountedLater() async throws {
    let home = try makeHome()
    _ = try home.folder.makeFolder("disk")
    try home.folder.write(event("Kiss", uid: "kiss", dueIn: 86_400), to: "disk/kiss.ics")
    try await home.start(onDisk: "size=8m")
    let watch = try await Watch(home)
    #expect(try await home.ask([Control.Ritual].self, "list").isEmpty)
    try await home.mount("disk", over: "us")
    while try await watch.configured() != 1 {}
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.title) == ["Kiss"])
  }

  @Test("An event is a ritual that comes at its time, and its answer goes into its alarm and nowhere else")
  func answers() async throws {
    let home = try makeHome()
    let text = event("Dinner", uid: "1", dueIn: 6)
    try write(text, to: "1.ics", in: home)
    try await home.start()
    let watch = try await Watch(home)
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id) == ["us/dinner"])
    let due = try await watch.entry("due")
    #expect(due.ritual == "us/dinner")
    #expect(due.title == "Dinner")
    #expect(try await home.ctl("done", "us/dinner").status == 0)
    // A reload ends after everything was written.
    _ = try await home.ctl("reload")
    let after = try #require(home.folder.read("us/1.ics"))
    let added = after.split(whereSeparator: \.isNewline).filter { !text.contains($0) }
    #expect(added.count == 1)
    #expect(added.first?.hasPrefix("ACKNOWLEDGED:2") == true, "\(added)")
    #expect(home.folder.names(in: "us") == ["1.ics"])
  }

  @Test("An answer that arrives takes the reminder down, and one from before its time does not")
  func isAnswered() async throws {
    let home = try makeHome()
    try write(event("Dinner", uid: "1", dueIn: 6), to: "1.ics", in: home)
    try await home.start()
    let watch = try await Watch(home)
    let due = try await watch.entry("due")
    let seconds = Int(due.scheduled.unix) - time(nil)
    try write(
      event("Dinner", uid: "1", dueIn: seconds, more: "\r\nACKNOWLEDGED:\(utc(seconds - 60))"), to: "1.ics",
      in: home)
    _ = try await watch.configured()
    #expect(try await home.ask(TodayReply.self, "today").reminders.count == 1)
    try write(
      event("Dinner", uid: "1", dueIn: seconds, more: "\r\nACKNOWLEDGED:\(utc(seconds + 1))"), to: "1.ics",
      in: home)
    let done = try await watch.entry("done")
    #expect(done.by == "calendar")
    #expect(done.scheduled == due.scheduled)
  }

  @Test("An event that was written in time and arrives late is shown, also after the daemon was off")
  func arrivesLate() async throws {
    let home = try makeHome()
    try write(event("Dinner", uid: "1", dueIn: 3600), to: "1.ics", in: home)
    // The event is older than the calendar's entry, and over.
    try write(event("Old", uid: "2", dueIn: -60, modified: -120), to: "2.ics", in: home)
    try await home.start()
    var watch = try await Watch(home)
    try write(event("Late", uid: "3", dueIn: -60, modified: -120), to: "3.ics", in: home)
    #expect(try await watch.entry("due").ritual == "us/late")
    // The event was written after its time.
    try write(event("Past", uid: "4", dueIn: -60, modified: -30), to: "4.ics", in: home)
    while try await watch.configured() < 4 {}
    #expect(try await home.ask(TodayReply.self, "today").reminders.map(\.ritual) == ["us/late"])
    home.daemon?.kill()
    try write(event("Off", uid: "5", dueIn: -60, modified: -120), to: "5.ics", in: home)
    try await home.start()
    #expect(try await home.ask(TodayReply.self, "today").reminders.map(\.ritual) == ["us/late", "us/off"])
    // A folder that is missing for a moment causes no second reminder.
    watch = try await Watch(home)
    try await home.ctl("done", "us/off")
    try home.folder.rename("us/5.ics", to: "us/.5")
    // The answer that is written into the file is a change too.
    while try await watch.configured() != 4 {}
    try home.folder.rename("us/.5", to: "us/5.ics")
    while try await watch.configured() != 5 {}
    #expect(try await home.ask(TodayReply.self, "today").reminders.map(\.ritual) == ["us/late"])
  }

  @Test("A folder that is away at the start takes nothing with it")
  func awayAtTheStart() async throws {
    let home = try makeHome()
    try write(event("Dinner", uid: "1", dueIn: 5), to: "1.ics", in: home)
    try await home.start()
    _ = try await Watch(home).entry("due")
    home.daemon?.kill()
    try home.folder.rename("us", to: "elsewhere")
    try await home.start()
    #expect(try await home.ask([Control.Ritual].self, "list").isEmpty)
    let watch = try await Watch(home)
    try home.folder.rename("elsewhere", to: "us")
    while try await watch.configured() < 1 {}
    #expect(try await home.ask(TodayReply.self, "today").reminders.map(\.ritual) == ["us/dinner"])
    let told = try await home.ask([Control.Entry].self, "log").map(\.what)
    #expect(told.filter { $0 == "due" }.count == 1 && !told.contains("expired"), "\(told)")
  }

  @Test(
    "An answer that is given while the folder is away is written when it is back, also by the next run",
    arguments: [false, true])
  func answeredAway(isRestarted: Bool) async throws {
    let home = try makeHome()
    try write(event("Dinner", uid: "1", dueIn: 5), to: "1.ics", in: home)
    try await home.start()
    var watch = try await Watch(home)
    _ = try await watch.entry("due")
    try home.folder.rename("us", to: "elsewhere")
    // From then on the daemon knows of the mistake.
    while try await home.ask(State.self, "status").problems.isEmpty {}
    #expect(try await home.ctl("done", "us/dinner").status == 0)
    if isRestarted {
      home.daemon?.kill()
      try await home.start()
      watch = try await Watch(home)
    }
    try home.folder.rename("elsewhere", to: "us")
    while try await !home.ask(State.self, "status").problems.isEmpty {}
    _ = try await home.ctl("reload")
    #expect(home.folder.read("us/1.ics")?.contains("ACKNOWLEDGED:2") == true)
    #expect(try await home.ask(State.self, "status").problems == [])
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what).filter { $0 == "done" }.count == 1)
  }

  @Test("A reminder whose event is renamed outlives a restart, under its id")
  func renamed() async throws {
    let home = try makeHome()
    try write(event("Dinner", uid: "1", dueIn: 6), to: "1.ics", in: home)
    try await home.start()
    let watch = try await Watch(home)
    let due = try await watch.entry("due")
    let seconds = Int(due.scheduled.unix) - time(nil)
    try write(event("Supper", uid: "1", dueIn: seconds), to: "1.ics", in: home)
    _ = try await watch.configured()
    home.daemon?.kill()
    try await home.start()
    let open = try await home.ask(TodayReply.self, "today").reminders
    #expect(open.map(\.ritual) == ["us/dinner"])
    #expect(open.map(\.title) == ["Supper"])
  }

  @Test("An answer that arrives with its event ends it unseen")
  func arrivesAnswered() async throws {
    let home = try makeHome()
    try write(event("Dinner", uid: "1", dueIn: 3600), to: "1.ics", in: home)
    try await home.start()
    let watch = try await Watch(home)
    try write(
      event("Hug", uid: "2", dueIn: -60, modified: -120, more: "\r\nACKNOWLEDGED:\(utc(-30))"), to: "2.ics",
      in: home)
    #expect(try await watch.entry("done").by == "calendar")
    #expect(try await home.ask([Control.Entry].self, "log").map(\.what) == ["due", "done"])
  }

  @Test("Changes are seen by themselves; a broken file is said in status, and what was in it stays")
  func changes() async throws {
    let home = try makeHome()
    try await home.start()
    let watch = try await Watch(home)
    try write(event("Dinner", uid: "1", dueIn: 3600), to: "1.ics", in: home)
    #expect(try await watch.configured() == 1)
    try write(event("Hug", uid: "2", dueIn: 3600), to: "2.ics", in: home)
    #expect(try await watch.configured() == 2)
    try write(String(event("Dinner", uid: "1", dueIn: 3600).prefix(150)), to: "1.ics", in: home)
    _ = try await watch.configured()
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id) == ["us/dinner", "us/hug"])
    let problems = try await home.ask(State.self, "status").problems
    #expect(problems.map(\.key) == ["calendar.us"])
    #expect(problems.first?.file == home.folder.path("us/1.ics"))
    #expect(
      problems.first?.text.contains("the file is not used: the file ends within") == true, "\(problems)")
    try write(event("Supper", uid: "1", dueIn: 7200), to: "1.ics", in: home)
    _ = try await watch.configured()
    #expect(try await home.ask(State.self, "status").problems == [])
    // It keeps its id while the daemon runs, whatever its title.
    let rituals = try await home.ask([Control.Ritual].self, "list")
    #expect(rituals.map(\.title) == ["Supper", "Hug"])
    #expect(rituals.map(\.id) == ["us/dinner", "us/hug"])
    for words in [["remove", "us/hug"], ["set", "us/hug", "title=Other"], ["disable", "us/hug"]] {
      let refusal = try await ChildProcess.run(built("ritualctl"), words, environment: home.environment)
      #expect(refusal.status == 1)
      #expect(refusal.errors.contains("comes from the calendar us"), "\(words) \(refusal.errors)")
    }
  }

  @Test("A ritual is published, shown by another home, and its answer there is known here")
  func publishes() async throws {
    let ours = try makeHome()
    let theirs = try Home()
    #expect(symlink(ours.folder.path("us"), theirs.folder.path("us")) == 0)
    let second = time(nil) + 9
    try ours.configure(
      """
      [calendar.us]
      vdir = "~/us"
      publish = ["state-of-us"]
      [ritual.state-of-us]
      title = "State of us"
      message = "For our eyes."
      schedule = "@\(second)"
      """)
    try theirs.configure("[calendar.us]\nvdir = \"~/us\"\n")
    try await ours.start()
    try await theirs.start()
    let names = ours.folder.names(in: "us")
    try #require(names.count == 1)
    #expect(ours.folder.read("us/\(names[0])")?.contains("eyes") == false)
    #expect(try await ours.ask([Control.Ritual].self, "list").map(\.id) == ["state-of-us"])
    #expect(try await theirs.ask([Control.Ritual].self, "list").map(\.id) == ["us/state-of-us"])
    let here = try await Watch(ours)
    let there = try await Watch(theirs)
    #expect(try await here.entry("due").ritual == "state-of-us")
    #expect(try await there.entry("due").scheduled.unix == Double(second))
    #expect(try await theirs.ctl("done").status == 0)
    let done = try await here.entry("done")
    #expect(done.by == "calendar")
    // A ritual that is not published any more is removed.
    try ours.configure("[calendar.us]\nvdir = \"~/us\"\n")
    while try await here.configured() > 0 {}
    _ = try await ours.ctl("reload")
    #expect(ours.folder.names(in: "us") == [])
  }

  @Test("import shows what it would add, adds it, and never twice")
  func imports() async throws {
    let home = try Home()
    try await home.start()
    try home.folder.write(
      event("Dinner", uid: "1", dueIn: 7200) + event("Gone", uid: "2", dueIn: -7200), to: "in.ics")
    let path = home.folder.path("in.ics")
    let plan = try await home.ctl("import", path, "--dry-run")
    #expect(plan.status == 0, "\(plan.errors)")
    #expect(plan.output.contains("dinner") && plan.output.contains("it is over"), "\(plan.output)")
    #expect(try await home.ctl("import", path).status == 1)
    #expect(try await home.ask([Control.Ritual].self, "list").isEmpty)
    let added = try await home.ctl("import", path, "--yes")
    #expect(added.status == 0, "\(added.errors)")
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.id) == ["dinner"])
    let again = try await home.ctl("import", path, "--yes")
    #expect(again.output.contains("it is there already"), "\(again.output)")
    #expect(try await home.ask([Control.Ritual].self, "list").count == 1)
    try home.folder.write("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", to: "half.ics")
    let half = try await home.ctl("import", home.folder.path("half.ics"))
    #expect(half.status == EX_DATAERR)
    #expect(half.errors.contains("the file ends within"), "\(half.errors)")
  }

  /// A ritual for each time that an export writes in another form.
  private static let exported = """
    [ritual.kiss]
    title = "Kiss"
    schedule = "Mon..Fri 08:05"
    timezone = "Europe/Berlin"
    [ritual.talk]
    title = "Talk"
    schedule = ["Sun 19:00", "Fri *-*~7/1 20:00"]
    lead = "30m"
    [ritual.date-night]
    title = "Date night"
    schedule = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
    start = 2020-11-27T19:30:00
    except = [2090-12-22]
    [ritual.walk]
    title = "Walk"
    schedule = "Sat 10:00"
    start = 2090-01-01
    except = 2090-01-14
    also = 2090-01-15T11:00:00
    [ritual.stars]
    title = "Stars"
    schedule = "2020/2-*-* 22:00"

    """

  @Test(
    "What was exported is there already, however its times are said; with other times it is another ritual")
  func importsItsOwnExport() async throws {
    let home = try Home()
    try home.configure(Self.exported)
    try await home.start()
    let path = home.folder.path("out.ics")
    #expect(try await home.ctl("export", path).status == 0)
    let again = try await home.ctl("import", path, "--yes")
    #expect(again.status == 0, "\(again.errors)")
    #expect(
      again.output.contains("it is there already") && !again.output.contains("comes"), "\(again.output)")
    #expect(home.folder.names(in: "config/ritual") == ["ritual.toml"])
    #expect(try await home.ctl("set", "kiss", "schedule=Mon..Fri 08:06").status == 0)
    #expect(try await home.ctl("set", "talk", "title=A talk").status == 0)
    #expect(try await home.ctl("set", "walk", "except=").status == 0)
    let moved = try await home.ctl("import", path, "--yes")
    #expect(moved.output.contains("kiss-2 "), "\(moved.output)")
    #expect(moved.output.contains("; kiss is there and comes at other times\n"), "\(moved.output)")
    #expect(moved.output.contains("; talk is there and has another title\n"), "\(moved.output)")
    let ids = moved.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(ids.filter { $0 != "not" } == ["kiss-2", "talk-2", "talk-3", "walk-2", "4"], "\(moved.output)")
    #expect(try await home.ctl("import", path, "--yes").output.contains("comes") == false)
  }
}
