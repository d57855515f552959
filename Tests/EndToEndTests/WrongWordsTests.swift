import DesktopRig
import Glibc
import Testing

/// All wrong input to `ritualctl`, with the real daemon and the exact answers.
@Suite("Wrong words")
struct WrongWordsTests {
  struct Wrong {
    let words: [String]
    let status: Int32
    let text: String

    init(_ words: [String], _ status: Int32, _ text: String) {
      (self.words, self.status, self.text) = (words, status, text)
    }
  }

  static let length = "a length of time such as \"10m\", \"1h 30min\" or \"2d\""
  static let minutesOrHours = "\"10m\" for minutes, \"10h\" for hours"

  static let moment =
    "accepted: a length of time such as \"20 minutes\", a time such as \"22:30\" or \"tomorrow 9:00\", or a day "
    + "such as \"monday\""

  static let schedule =
    "accepted: words such as \"weekdays at 8:05\", \"every other friday 19:30\", \"first sunday 10:00\", "
    + "\"tomorrow 18:00\" or \"in 20 minutes\", or a calendar expression such as \"Mon..Fri 08:05\"\n"

  static let takers = [
    "show", "why", "remove", "test", "done", "skip", "snooze", "log", "pause", "resume", "enable", "disable",
  ]

  static let ids: [Wrong] = takers.map { (command: String) -> Wrong in
    Wrong([command, "kis"], 1, "ritualctl: there is no ritual kis; did you mean kiss?\n")
  }

  static let otherIDs: [Wrong] = [
    Wrong(["set", "kis", "lead=1h"], 1, "ritualctl: there is no ritual kis; did you mean kiss?\n"),
    Wrong(
      ["show", "a\u{1b}[31m\nb"], 1,
      "ritualctl: there is no ritual a\u{fffd}[31m b; ritualctl list shows all\n"),
    Wrong(
      ["add", "X", "--at", "08:05", "--id", "A B"], EX_DATAERR,
      "ritualctl: id: A B: not understood; accepted: 1 to 64 of a-z, 0-9 and '-'\n"),
  ]

  static let times: [Wrong] = [
    (
      "soon",
      "\"soon\" is no exact time: the length of time is not clear; accepted: a length of time, such as \"20 minutes\", "
        + "\"an hour and a half\" or \"3 days\"\n  soon\n  ^"
    ),
    ("25:00", "25:00 is not a time of day; accepted: 0:00 to 23:59\n  25:00\n  ^"),
    ("10 kisses", "\"kisses\" is not a word that is understood here; \(moment)\n  10 kisses\n     ^"),
    (
      "10",
      "a unit is missing, or it is not clear whether this is am or pm; accepted: \(minutesOrHours), \"10 am\" or "
        + "\"10 pm\"\n  10\n  ^"
    ),
    ("", "it is empty; \(moment)"),
    (
      "2020-01-01", "this is not ahead of now; accepted: a time that is still to come\n  2020-01-01\n  ^"
    ),
    ("10y", "until: 10y: not understood; accepted: a time ahead of now and within a year"),
  ].map { (text: String, message: String) -> Wrong in
    Wrong(["pause", "--until", text], EX_DATAERR, "ritualctl: \(message)\n")
  }

  static let otherTimes: [Wrong] = [
    Wrong(
      ["log", "--since", "tomorrow"], EX_DATAERR,
      "ritualctl: this is not past; accepted: a time that is past, such as \"yesterday\"\n  tomorrow\n  ^\n"),
    Wrong(
      ["log", "--since", "yesteday"], EX_DATAERR,
      "ritualctl: \"yesteday\" is not a word that is understood here; did you mean \"yesterday\"?; accepted: a time "
        + "that is past, such as \"yesterday\", \"3 days ago\", \"last week\" or 2026-11-27\n  yesteday\n  ^\n"
    ),
    Wrong(
      ["schedule", "next", "daily", "--from", "noon"], EX_DATAERR,
      "ritualctl: --from noon: not understood; accepted: 2026-11-27T08:05:00+01:00, or a local time without an "
        + "offset\n"),
  ]

  static let commands: [[String]] = [["add", "X", "--at"], ["schedule", "next"], ["schedule", "explain"]]

  static func schedules(_ command: [String]) -> [Wrong] {
    let rows: [(String, String)] = [
      ("25:00", "25:00 is not a time of day; accepted: 0:00 to 23:59\n  25:00\n  ^\n"),
      (
        "Mon..Fry 08:05",
        "Fry is not a weekday; accepted: Mon, Tue, Wed, Thu, Fri, Sat, Sun, whole or short, in lists (,) and ranges "
          + "(..)\n  Mon..Fry 08:05\n       ^\n"
      ),
      (
        "RRULE:FREQ=WEEKLYY",
        "WEEKLYY is no frequency; accepted: SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY\n"
          + "  RRULE:FREQ=WEEKLYY\n             ^\n"
      ),
      ("", "it is empty; \(schedule)"),
      ("q y", "\"q\" is not a word that is understood here; \(schedule)  q y\n  ^\n"),
    ]
    return rows.map { Wrong(command + [$0.0], EX_DATAERR, "ritualctl: " + $0.1) }
  }

  static let values: [Wrong] = [
    Wrong(
      ["add", "X", "--at", "08:05", "--timezone", "Berlin"], EX_DATAERR,
      "ritualctl: there is no time zone Berlin; accepted: local, or a name such as Europe/Berlin\n"),
    Wrong(
      ["schedule", "next", "daily", "--timezone", "Berlin"], EX_DATAERR,
      "ritualctl: there is no time zone Berlin; accepted: a name such as Europe/Berlin, or UTC\n"),
    Wrong(
      ["set", "kiss", "timezone=Berlin"], EX_DATAERR,
      "ritualctl: timezone: there is no time zone \"Berlin\"; accepted: \"local\" or an IANA name such as "
        + "\"Europe/Berlin\"\n"),
    Wrong(
      ["set", "kiss", "lead=1 parsec"], EX_DATAERR,
      "ritualctl: lead: parsec is not a unit of time; accepted: a length of time such as \"30m\"\n"),
    Wrong(
      ["set", "kiss", "lead=10"], EX_DATAERR,
      "ritualctl: lead: a unit is missing; accepted: \(minutesOrHours)\n"),
    Wrong(
      ["set", "kiss", "missed=1h30"], EX_DATAERR,
      "ritualctl: missed: a unit is missing; accepted: \"1h30min\"\n"),
    Wrong(
      ["set", "kiss", "lead=0"], EX_DATAERR,
      "ritualctl: lead: the length is zero; accepted: a length of time such as \"30m\"\n"),
    Wrong(
      ["set", "kiss", "missed=nevr"], EX_DATAERR,
      "ritualctl: missed: unknown word \"nevr\"; accepted: \"never\", \"always\" or a length of time such as "
        + "\"2h\"; did you mean \"never\"?\n"),
    Wrong(
      ["set", "kiss", "except=christmas"], EX_DATAERR,
      "ritualctl: except: christmas: not understood; accepted: a date such as 2026-12-25, or a time such as "
        + "2026-12-25T19:30\n"),
    Wrong(
      ["set", "kiss", "nudge=often"], EX_DATAERR,
      "ritualctl: nudge: often: not understood; accepted: how often and how far apart, such as 2 or \"2 times every "
        + "15m\", or off\n"),
    Wrong(
      ["set", "kiss", "nudge.times=99"], EX_DATAERR,
      "ritualctl: nudge.times: 99 is out of range; accepted: a whole number from 0 to 20\n"),
    Wrong(
      ["add", "X", "--at", "08:05", "--urgency", "high"], EX_DATAERR,
      "ritualctl: urgency: high: not understood; accepted: low, normal or critical\n"),
    Wrong(
      ["add", "", "--at", "08:05"], EX_DATAERR,
      "ritualctl: title: it is empty; accepted: a text of one line, 1 to 200 characters\n"),
    Wrong(
      ["add", "a\nb", "--at", "08:05"], EX_DATAERR,
      "ritualctl: title: it has a control character or a line break; accepted: a text of one line, 1 to 200 "
        + "characters\n"),
    Wrong(["done", "kiss"], 1, "ritualctl: kiss is not waiting for an answer; it comes in "),
    Wrong(["done"], 1, "ritualctl: no reminder is waiting for an answer\n"),
    Wrong(
      ["status", "--socket", ""], EX_UNAVAILABLE,
      "ritualctl: cannot talk to rituald: the path of the socket is empty\n"),
  ]

  static let usage: [Wrong] = [
    Wrong(
      ["lst"], EX_USAGE,
      "ritualctl: there is no command lst; did you mean list?\nUsage: ritualctl <subcommand>\n"),
    Wrong(
      ["schedule", "explian", "daily"], EX_USAGE,
      "ritualctl: there is no command schedule explian; did you mean explain?\nUsage: ritualctl schedule <subcommand>\n"
    ),
    Wrong(["help", "wek"], EX_USAGE, "ritualctl: there is no command wek; did you mean week?\n"),
    Wrong(["frobnicate"], EX_USAGE, "ritualctl: there is no command frobnicate\nUsage: "),
    Wrong(["a\u{1b}[31m"], EX_USAGE, "ritualctl: there is no command a\u{fffd}[31m\nUsage: "),
    Wrong(["list", "--jsn"], EX_USAGE, "ritualctl: Unknown option '--jsn'. Did you mean '--json'?\nUsage: "),
    Wrong(["status", "x"], EX_USAGE, "ritualctl: Unexpected argument 'x'\nUsage: "),
    Wrong(["discreet", "maybe"], EX_USAGE, "ritualctl: The value 'maybe' is invalid for '<state>'."),
    Wrong(["next", "-n", "0"], EX_USAGE, "ritualctl: -n takes a number from 1 to 1000.\nUsage: "),
    Wrong(["log", "-n", "0"], EX_USAGE, "ritualctl: -n takes a number from 1 to 100000.\nUsage: "),
    Wrong(["week", "-n", "32"], EX_USAGE, "ritualctl: --days takes a number from 1 to 31.\nUsage: "),
    Wrong(
      ["bar", "--format", "x"], EX_USAGE, "ritualctl: The value 'x' is invalid for '--format <format>'."),
    Wrong(["set", "kiss", "lead"], EX_USAGE, "ritualctl: 'lead' is no KEY=VALUE.\nUsage: "),
    Wrong(["snooze", "a", "b", "c"], EX_USAGE, "ritualctl: snooze takes a ritual and a time,"),
    Wrong(
      ["add", "A B", "--att", "9"], EX_USAGE,
      "ritualctl: Unknown option '--att'. Did you mean '--at'?\nUsage: "),
    Wrong(
      ["show", "--jsn"], EX_USAGE,
      "ritualctl: Unknown option '--jsn'. Did you mean '--json'?\nUsage: "),
    Wrong(
      ["appreciate", "--jsn", "-oh"], EX_USAGE,
      "ritualctl: Unknown option '--jsn'. Did you mean '--json'?\nUsage: "),
    Wrong(["moment"], EX_USAGE, "ritualctl: Missing expected argument '<sign>'\n"),
    Wrong(
      ["add", "-dash", "--at", "9:00"], EX_USAGE,
      "ritualctl: there is no option '-dash'; where it is text, put -- before it, behind all options\n"),
    Wrong(
      ["add", "X", "--at", "9:00", "--message", "-the hug"], EX_USAGE,
      "ritualctl: --message has no value; one that begins with a dash is written --message='-the hug'\n"),
    Wrong(
      ["schedule", "explain", "-the"], EX_USAGE,
      "ritualctl: there is no option '-the'; where it is text, put -- before it, behind all options\n"),
    Wrong(
      ["-nothing"], EX_USAGE,
      "ritualctl: there is no option '-nothing'; where it is text, put -- before it, behind all options\n"),
    Wrong(["show"], EX_USAGE, "ritualctl: Missing expected argument '<id>'\n"),
  ]

  @Test("Each mistake has this message and this status, and nothing is on standard output")
  func wrong() async throws {
    let home = try Home()
    let text = "[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"2090-11-24 08:05\"\n"
    try home.configure(text)
    try await home.start()
    for wrong in [
      Self.ids, Self.otherIDs, Self.times, Self.otherTimes, Self.commands.flatMap(Self.schedules),
      Self.values, Self.usage,
    ].joined() {
      let words = wrong.words
      let output = try await ChildProcess.run(built("ritualctl"), words, environment: home.environment)
      #expect(output.status == wrong.status, "\(words)")
      #expect(output.output == "", "\(words)")
      #expect(
        wrong.text.hasSuffix("\n") && wrong.status != EX_USAGE
          ? output.errors == wrong.text : output.errors.hasPrefix(wrong.text), "\(words): \(output.errors)")
    }
    #expect(home.folder.read("config/ritual/ritual.toml") == text)
    #expect(home.folder.names(in: "config/ritual") == ["ritual.toml"])
  }
}
