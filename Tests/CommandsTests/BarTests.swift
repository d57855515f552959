import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing

@MainActor
@Suite("ritualctl bar")
struct BarTests {
  let daemon: FakeDaemon

  init() throws { daemon = try FakeDaemon() }

  static func reminder(_ title: String, _ phase: Control.Reminder.Phase, until: Moment? = nil) throws
    -> Control.Reminder
  {
    Control.Reminder(
      ritual: "r", title: title, scheduled: try FakeDaemon.moment("2090-11-24T08:05"), phase: phase,
      until: until)
  }

  static func next(in seconds: Int, _ title: String = "Date night") throws -> Coming {
    Coming(ritual: "d", title: title, scheduled: try FakeDaemon.moment(in: seconds))
  }

  private func answer(
    reminders: [Control.Reminder] = [], next: Coming? = nil, orders: [Control.Order] = [],
    today: [Coming] = []
  ) throws {
    let state = State(
      version: "1", pid: 1, since: try FakeDaemon.moment(in: -60), timezone: "UTC", configuration: "c",
      rituals: 1, problems: [], journal: "j", journalFailure: nil, journalDisplaced: nil, waiting: 0,
      server: nil, serverFailure: nil, next: next, reminders: reminders, orders: orders, session: [], away: []
    )
    daemon.answer("Status", with: StatusReply(state: state))
    daemon.answer(
      "Today", with: TodayReply(date: "2090-11-24", entries: [], reminders: reminders, coming: today))
  }

  private func order(_ what: Control.Order.What, until: Moment? = nil) throws -> Control.Order {
    Control.Order(what: what, ritual: nil, since: try FakeDaemon.moment(in: -60), until: until)
  }

  @Test("It says what waits before what comes, and its class")
  func kinds() async throws {
    let day = try FakeDaemon.moment("2090-11-24T22:30")
    let rows:
      [(reminders: [Control.Reminder], next: Coming?, orders: [Control.Order], text: String, kind: String)] =
        [
          ([], nil, [], "", "none"),
          ([], try Self.next(in: 750), [], "in 13 min Date night", "soon"),
          ([], try Self.next(in: 3599), [], "in 60 min Date night", "soon"),
          ([], try Self.next(in: 20), [], "in 1 min Date night", "soon"),
          (
            [], Coming(ritual: "d", title: "Dinner", scheduled: day), [], "Fri 2090-11-24 22:30 Dinner",
            "next"
          ),
          ([try Self.reminder("Kiss", "shown")], try Self.next(in: 60), [], "Kiss", "due"),
          (
            [try Self.reminder("Kiss", "closed"), try Self.reminder("Hug", "closed")], nil, [], "Kiss +1",
            "waiting"
          ),
          ([try Self.reminder("Kiss", "held")], try Self.next(in: 60), [], "Kiss", "held"),
          (
            [try Self.reminder("Kiss", "snoozed", until: day)], nil, [], "Fri 2090-11-24 22:30 Kiss",
            "snoozed"
          ),
          ([], try Self.next(in: 60), [try order("paused")], "paused", "paused"),
          ([], nil, [try order("paused", until: day)], "paused until Fri 2090-11-24 22:30", "paused"),
          ([], nil, [try order("timeout", until: day)], "paused until Fri 2090-11-24 22:30", "paused"),
          ([try Self.reminder("Kiss", "shown")], nil, [try order("discreet")], "Reminder", "due"),
          (
            [try Self.reminder(String(repeating: "抱", count: 60), "shown")], nil, [],
            String(repeating: "抱", count: 19) + "…", "due"
          ),
        ]
    for row in rows {
      try answer(reminders: row.reminders, next: row.next, orders: row.orders)
      #expect(try await daemon.ctl("bar").output == row.text + "\n", "\(row.text)")
      let json = try await daemon.ctl("bar", "--json").output
      #expect(json.hasPrefix("{\"class\":\"\(row.kind)\",\"text\":"), "\(json)")
    }
  }

  @Test("waybar's JSON is of escaped markup, on one line, and no title breaks it")
  func waybar() async throws {
    let title = "A & B <b>\"x\"</b>\u{1b}[31m\n\u{202e}"
    let coming = Coming(ritual: "d", title: title, scheduled: try FakeDaemon.moment("2090-11-24T18:00"))
    try answer(next: coming, today: [coming, coming])
    let safe = "A &amp; B &lt;b&gt;\\\"x\\\"&lt;/b&gt;\u{fffd}[31m \u{fffd}"
    let line = "Fri 2090-11-24 18:00  \(safe)"
    #expect(
      try await daemon.ctl("bar", "--format", "waybar").output == """
        {"text":"Fri 2090-11-24 18:00 \(safe)","alt":"next","tooltip":"\(line)\\n\(line)","class":"next"}

        """)
  }

  @Test("i3blocks gets its three lines, the third where there is a colour")
  func i3blocks() async throws {
    try answer(reminders: [try Self.reminder("Kiss", "shown"), try Self.reminder("Hug", "shown")])
    #expect(try await daemon.ctl("bar", "--format", "i3blocks").output == "Kiss +1\nKiss\n#ffcc66\n")
    try answer(next: try Self.next(in: 750))
    #expect(try await daemon.ctl("bar", "--format", "i3blocks").output == "in 13 min Date night\n13 min\n")
  }

  @Test("A format that it does not know is a usage error; without a daemon the status says so")
  func refused() async throws {
    let output = try await daemon.ctl("bar", "--format", "polybar")
    #expect(output.status == EX_USAGE)
    #expect(output.errors.contains("plain, waybar"), "\(output.errors)")
    let none = try await ChildProcess.run(
      built("ritualctl"), ["bar", "--socket", daemon.folder.path("none")], environment: [:])
    #expect(none.status == EX_UNAVAILABLE && none.output == "")
  }
}
