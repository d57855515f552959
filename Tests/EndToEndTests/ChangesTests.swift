import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing

@Suite("Rituals that are changed")
struct ChangesTests {
  static let text = """
    # Ours.
    [ritual.kiss]            # every day
    title = "Kiss"
    schedule = "Mon..Fri 08:05"  # before the door

    [ritual.hug]
    title = "Long hug"
    schedule = "18:15"

    """

  static func home(_ text: String = text) async throws -> Home {
    let home = try Home()
    try home.configure(text)
    try await home.start()
    return home
  }

  static func file(_ home: Home) -> String? { home.folder.read("config/ritual/ritual.toml") }

  @Test("set changes keys in plain words, and keeps every comment")
  func set() async throws {
    let home = try await Self.home()
    let changed = try await home.ask(
      Changed.self, "set", "kiss", "schedule=weekdays at 8:15", "schedule=Sat 10:00", "lead=30m",
      "nudge=2 times every 15m")
    #expect(changed.keys == ["schedule", "lead", "nudge"])
    #expect(
      Self.file(home)
        == Self.text.replacing(
          "\"Mon..Fri 08:05\"", with: "[\"Mon..Fri 08:15\", \"Sat 10:00\"]"
        ).replacing(
          "# before the door\n",
          with: "# before the door\nlead = \"30m\"\nnudge = { every = \"15m\", times = 2 }\n"))
    let ritual = try await home.ask([Control.Ritual].self, "list").first
    #expect(ritual?.normalized == ["Mon..Fri *-*-* 08:15:00", "Sat *-*-* 10:00:00"])
    #expect(ritual?.next == changed.next)
    let again = try await home.ctl("set", "kiss", "lead=30m")
    #expect(again.output == "kiss: nothing to change\n")
    #expect(try await home.ctl("set", "kiss", "lead=", "nudge=").status == 0)
    #expect(Self.file(home)?.contains("lead") == false)
    let rule = try await home.ctl("set", "hug", "schedule=every other friday 19:30")
    #expect(rule.status == 0, "\(rule.errors)")
    #expect(
      Self.file(home)?.contains("schedule = \"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\"\nstart = 20") == true)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let words: [String]
    let status: Int32
    let text: String
    var testDescription: String { words.joined(separator: " ") }
  }

  @Test("A wrong word is reported with what is accepted and its status, and nothing is written")
  func wrong() async throws {
    let home = try await Self.home()
    for wrong in [
      Wrong(
        words: ["set", "kis", "lead=1h"], status: 1,
        text: "ritualctl: there is no ritual kis; did you mean kiss?\n"),
      Wrong(
        words: ["set", "kiss", "shedule=08:05"], status: EX_DATAERR,
        text:
          "ritualctl: there is no key shedule; did you mean schedule?\n  accepted: title, message, schedule,"),
      Wrong(
        words: ["set", "kiss", "urgency=hig"], status: EX_DATAERR,
        text: "ritualctl: urgency: unknown urgency \"hig\"; accepted: low, normal, critical\n"),
      Wrong(
        words: ["set", "kiss", "lead=soon", "timezone=Europe/berlin"], status: EX_DATAERR,
        text: """
          ritualctl: nothing was changed:
            lead: a number is missing here; accepted: a length of time such as "30m"
            timezone: there is no time zone "Europe/berlin"; accepted: "local" or an IANA name such as \
          "Europe/Berlin"; did you mean "Europe/Berlin"?

          """),
      Wrong(
        words: ["set", "kiss", "schedule=every fryday 8:05"], status: EX_DATAERR,
        text: "\n  every fryday 8:05\n        ^\n"),
      Wrong(
        words: ["set", "kiss", "enabled=maybe"], status: EX_DATAERR,
        text: "ritualctl: enabled: maybe: not understood; accepted: yes or no\n"),
      Wrong(
        words: ["set", "kiss", "title="], status: EX_DATAERR,
        text: "ritualctl: title is missing; accepted: title = \"…\"\n"),
      Wrong(
        words: ["set", "kiss", "title=a\u{1b}[31mb"], status: EX_DATAERR,
        text: "ritualctl: title: it has a control character or a line break; accepted: a text of one line"),
      Wrong(words: ["set", "kiss", "lead"], status: EX_USAGE, text: "'lead' is no KEY=VALUE."),
      Wrong(words: ["set", "kiss"], status: EX_USAGE, text: "Usage: ritualctl set"),
      Wrong(
        words: ["disable", "kiss", "hugg"], status: 1,
        text: "ritualctl: there is no ritual hugg; did you mean hug?\n"),
      Wrong(words: ["enable"], status: EX_USAGE, text: "Usage: ritualctl enable"),
      Wrong(
        words: ["add", "Kiss", "--at", "08:05", "--lead", "soon", "--quiet", "yes"], status: EX_DATAERR,
        text: """
          ritualctl: nothing was changed:
            lead: a number is missing here; accepted: a length of time such as "30m"
            quiet: unknown value "yes"; accepted: respect or ignore

          """),
      Wrong(
        words: ["edit", "kiss"], status: 1,
        text:
          "ritualctl: an editor needs a terminal; without one: ritualctl set kiss KEY=VALUE\n"),
    ] {
      let output = try await ChildProcess.run(built("ritualctl"), wrong.words, environment: home.environment)
      #expect(output.status == wrong.status, "\(wrong.words)")
      #expect(output.output == "", "\(wrong.words)")
      #expect(output.errors.contains(wrong.text), "\(wrong.words): \(output.errors)")
    }
    #expect(Self.file(home) == Self.text)
    #expect(access(home.folder.path("config/ritual/ritual.d"), F_OK) != 0)
  }

  @Test("disable and enable take several, all or none, and say what was so already")
  func enable() async throws {
    let home = try await Self.home()
    #expect(try await home.ctl("disable", "kiss", "hug").output == "kiss: disabled\nhug: disabled\n")
    #expect(try await home.ask([Control.Ritual].self, "list").map(\.state) == ["disabled", "disabled"])
    #expect(Self.file(home)?.contains("# before the door\nenabled = false\n") == true)
    let enabled = try await home.ctl("enable", "kiss")
    #expect(enabled.output.hasPrefix("kiss: enabled, comes in "), "\(enabled.output)")
    #expect(try await home.ctl("enable", "kiss").output == "kiss: is already enabled\n")
    let changed = try await home.ask([Changed].self, "disable", "kiss", "hug")
    #expect(changed.map(\.keys) == [["enabled"], []])
    #expect(try await home.ctl("disable", "kiss", "nobody").status == 1)
  }

  @Test("A file that is not TOML is left alone, and its mistake is shown")
  func unreadable() async throws {
    let home = try await Self.home()
    try home.configure("[ritual.kiss\ntitle = \"K\"\n")
    let output = try await home.ctl("set", "kiss", "lead=1h")
    #expect(output.status == EX_DATAERR)
    #expect(
      output.errors.hasPrefix("ritualctl: the configuration has to be fixed first:\n/"), "\(output.errors)")
    #expect(output.errors.contains("ritual.toml:1:13: this is not TOML"), "\(output.errors)")
    #expect(Self.file(home) == "[ritual.kiss\ntitle = \"K\"\n")
  }

  @Test("add takes every key of a ritual")
  func add() async throws {
    let home = try await Self.home("")
    let output = try await home.ctl(
      "add", "Date night", "--at", "Fri 19:30", "--lead", "30m", "--missed", "always", "--snooze", "5m",
      "--snooze", "1h", "--nudge", "1 time every 20m", "--quiet", "ignore", "--private", "--start",
      "2026-11-27", "--except", "2026-12-25", "--also", "2026-12-26")
    #expect(output.status == 0, "\(output.errors)")
    #expect(
      home.folder.read("config/ritual/ritual.d/date-night.toml") == """
        [ritual.date-night]
        title = "Date night"
        schedule = "Fri 19:30"
        start = 2026-11-27
        except = 2026-12-25
        also = 2026-12-26
        missed = "always"
        snooze = ["5m", "1h"]
        nudge = { every = "20m", times = 1 }
        lead = "30m"
        quiet = "ignore"
        private = true

        """)
    #expect(try await home.ctl("check").status == 0)
  }
}
