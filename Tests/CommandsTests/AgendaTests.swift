import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing

@MainActor
@Suite("What is coming, as ritualctl prints it")
struct AgendaTests {
  let daemon: FakeDaemon

  init() throws { daemon = try FakeDaemon() }

  static func moment(_ at: String) throws -> Moment { try FakeDaemon.moment(at) }

  static func coming(_ title: String, _ at: String, holds: String? = nil) throws -> Coming {
    Coming(ritual: "id", title: title, scheduled: try moment(at), holds: holds)
  }

  static func entry(
    _ title: String, _ at: String, _ what: Control.Entry.What, reason: String? = nil, count: Int = 1
  )
    throws
    -> Control.Entry
  {
    Control.Entry(
      at: try moment(at), ritual: "id", title: title, scheduled: try moment(at), what: what, reason: reason,
      count: count)
  }

  /// A day that lies far ahead, so that no test depends on the present one.
  static func today() throws -> Day {
    Day(
      date: "2090-11-24",
      entries: [
        try entry("Check-in", "2090-11-24T07:30", "due"), try entry("Check-in", "2090-11-24T07:30", "done"),
        try entry("Bedtime", "2090-11-23T22:15", "missed", reason: "absent"),
        try entry("Goodbye kiss", "2090-11-24T08:05", "skipped"),
      ],
      reminders: [
        Control.Reminder(
          ritual: "n", title: "抱擁 💋", scheduled: try moment("2090-11-24T12:30"), phase: "snoozed",
          until: try moment("2090-11-24T13:00")),
        Control.Reminder(
          ritual: "h", title: "Hug", scheduled: try moment("2090-11-24T12:45"), phase: "held", until: nil,
          reason: "locked"),
      ], coming: [try coming("Hello kiss", "2090-11-24T18:00")])
  }

  static func week() throws -> [Day] {
    [
      try today(), Day(date: "2090-11-25", entries: [], reminders: [], coming: []),
      Day(
        date: "2091-01-01", entries: [], reminders: [],
        coming: [
          try coming("Night", "2091-01-01T03:00", holds: "quiet-hours"),
          try coming("Dinner\u{1b}[31m\n", "2091-01-01T19:00", holds: "paused"),
        ]),
    ]
  }

  @Test("A week is told by day: done, held, snoozed and to come; empty days are short")
  func week() async throws {
    daemon.answer("Week", with: WeekReply(days: try Self.week()))
    let output = try await daemon.ctl("week")
    #expect(
      output.output == """
        Today · Fri 24 Nov
          07:30                 Check-in      done
          Thu 2090-11-23 22:15  Bedtime       missed: the machine was away
          08:05                 Goodbye kiss  skipped
          12:30                 抱擁 💋       snoozed until Fri 2090-11-24 13:00
          12:45                 Hug           kept back: the screen is locked
          18:00                 Hello kiss
        Tomorrow · Sat 25 Nov · nothing
        Mon 1 Jan 2091
          03:00  Night         quiet hours
          19:00  Dinner\u{fffd}[31m   paused

        """, "\(output.output) \(output.errors)")
  }

  @Test("Today is one such day, and says so where it is empty")
  func today() async throws {
    let day = try Self.today()
    daemon.answer(
      "Today",
      with: TodayReply(
        date: day.date, entries: [day.entries[1]], reminders: [], coming: day.coming))
    #expect(
      try await daemon.ctl("today").output
        == "Fri 24 Nov\n  07:30  Check-in    done\n  18:00  Hello kiss\n")
    daemon.answer("Today", with: TodayReply(date: day.date, entries: [], reminders: [], coming: []))
    #expect(try await daemon.ctl("today").output == "Nothing today.\n")
  }

  @Test(
    "Times are told as a distance and by the clock, with plurals that are right",
    arguments: [
      (7_530, "in 2 h 5 min · "), (3_630, "in 1 h · "), (330, "in 5 min · "), (86_430, "in 1 day · "),
      (200_000, "in 2 days · "),
    ])
  func distances(seconds: Int, text: String) async throws {
    let moment = try FakeDaemon.moment(in: seconds)
    daemon.answer("Next", with: NextReply(coming: [Coming(ritual: "k", title: "Kiss", scheduled: moment)]))
    let output = try await daemon.ctl("next").output
    #expect(output.hasPrefix(text), "\(output)")
    #expect(output.hasSuffix("\(moment.at.dropFirst(11).prefix(5))  Kiss\n"), "\(output)")
  }

  @Test("For scripts there is all of it")
  func json() async throws {
    let coming = try Self.coming("Hello kiss", "2090-11-24T18:00", holds: "paused")
    let text = """
      {"ritual":"id","title":"Hello kiss",\
      "scheduled":{"at":"2090-11-24T18:00:00+01:00","unix":3815226000},"holds":"paused"}
      """
    daemon.answer("Next", with: NextReply(coming: [coming]))
    #expect(try await daemon.ctl("next", "--json").output == "[\(text)]\n")
    let day = Day(date: "2090-11-24", entries: [], reminders: [], coming: [coming])
    daemon.answer("Week", with: WeekReply(days: [day]))
    let dayText = "{\"date\":\"2090-11-24\",\"entries\":[],\"reminders\":[],\"coming\":[\(text)]}"
    #expect(try await daemon.ctl("week", "--json").output == "[\(dayText)]\n")
    daemon.answer("Today", with: TodayReply(date: day.date, entries: [], reminders: [], coming: [coming]))
    #expect(try await daemon.ctl("today", "--json").output == "\(dayText)\n")
  }

  @Test("A ritual is shown with all its keys")
  func show() async throws {
    let next = try Self.coming("State of us", "2090-11-26T19:00")
    let ritual = Control.Ritual(
      id: "state-of-us", title: "State of us", message: "An hour.", schedule: ["Sun 19:00"],
      normalized: ["Sun *-*-* 19:00:00"], timezone: "Europe/Berlin", urgency: "low", missed: "2h",
      snooze: ["10min", "1h"], enabled: true, next: next.scheduled, state: "held", file: "/c/ritual.toml",
      lead: "30min", nudge: Control.Nudge(every: "15min", times: 1), quiet: "ignore", private: true,
      deck: "check-in", guide: "state-of-us", reply: "note", takes: "1h")
    let last = try Self.entry("State of us", "2090-11-19T19:00", "done")
    let why = Explanation(
      ritual: "state-of-us", title: "State of us", enabled: true, next: next.scheduled, holds: "paused",
      holdsUntil: try Self.moment("2090-11-25T00:00"), reminder: nil, last: [last])
    daemon.answer(
      "Show",
      with: ShowReply(
        ritual: ritual, words: "Every Sunday at 19:00",
        coming: [next, try Self.coming("", "2090-12-03T19:00")], why: why))
    let output = try await daemon.ctl("show", "state-of-us")
    let lines = output.output.split(separator: "\n").filter { !$0.contains(" days · ") }
    #expect(
      lines.joined(separator: "\n") == """
        state-of-us  State of us
        Says         An hour.
        Deck         check-in
        Guide        state-of-us; ritualctl begin state-of-us
        When         Every Sunday at 19:00
                     Sun 19:00
        Clock        Europe/Berlin
                     then Sun 2090-12-03 19:00
        Kept back    paused, until Sat 2090-11-25 00:00
        Last         Sun 2090-11-19 19:00: done
        Missed       shown up to 2h late
        Snooze       10min, 1h
        Lead         an announcement 30min before
        Nudge        1 time more, every 15min, while unanswered
        Quiet        let through at quiet times
        Private      its words are never shown on a locked screen
        Urgency      low
        Reply        what you type is kept as: note
        Takes        1h
        File         /c/ritual.toml
        """, "\(output.output) \(output.errors)")
    #expect(output.output.contains(" days · Sun 2090-11-26 19:00\n"))
    let json = try await daemon.ctl("show", "state-of-us", "--json").output
    #expect(json.hasPrefix("{\"ritual\":{\"id\":"), "\(json)")
    #expect(json.contains("\"words\":\"Every Sunday at 19:00\""))
    for key in [
      "deck", "enabled", "file", "guide", "id", "lead", "message", "missed", "next", "normalized", "nudge",
      "private", "quiet", "reply", "schedule", "snooze", "state", "takes", "timezone", "title", "urgency",
    ] {
      #expect(json.contains("\"\(key)\":"), "\(key)")
    }
  }

  @Test("-n and --days out of their ranges are usage errors", arguments: ["0", "32", "x"])
  func days(count: String) async throws {
    let output = try await daemon.ctl("week", "--days", count)
    #expect(output.status == EX_USAGE)
    #expect(output.output == "")
  }
}
