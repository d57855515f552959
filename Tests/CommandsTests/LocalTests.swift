import DesktopRig
import FoundationEssentials
import Glibc
import Testing
import ZoneRig

/// The real `ritualctl` without a daemon.
@Suite("ritualctl alone")
struct LocalTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func ctl(_ arguments: [String], _ more: [String: String] = [:]) async throws -> Output {
    let environment = [
      "HOME": folder.path, "XDG_CONFIG_HOME": folder.path("config"), "XDG_RUNTIME_DIR": folder.path("run"),
      "TZ": "Europe/Berlin", "TZDIR": TestZones.folder,
    ]
    return try await ChildProcess.run(
      built("ritualctl"), arguments, environment: environment.merging(more) { $1 })
  }

  @Test(
    "Without a daemon every command that needs one says how to start it",
    arguments: [
      ["status"], ["list"], ["next"], ["today"], ["log"], ["watch"], ["done"], ["skip"], ["snooze"],
      ["reload"], ["show", "kiss"], ["week"], ["bar"], ["set", "kiss", "lead=1h"], ["enable", "kiss"],
      ["disable", "kiss"], ["why", "kiss"], ["pause"], ["resume"], ["discreet", "on"],
      ["add", "Kiss", "--at", "08:05"], ["remove", "kiss"], ["test", "kiss"], ["list", "--json"],
    ])
  func noDaemon(arguments: [String]) async throws {
    let output = try await ctl(arguments)
    #expect(output.status == EX_UNAVAILABLE)
    #expect(output.output == "")
    #expect(output.errors.contains("systemctl --user start rituald"), "\(output.errors)")
    #expect(output.errors.split(separator: "\n").count == 1)
  }

  @Test(
    "What is not understood is a usage error, and nothing is on standard output",
    arguments: [
      ["lst"], ["list", "--nonsense"], ["add"], ["add", "Kiss"], ["next", "-n", "x"], ["next", "-n", "0"],
      ["snooze", "a", "b", "c"], ["schedule", "next"], ["schedule", "next", "daily", "--count", "0"],
    ])
  func usage(arguments: [String]) async throws {
    let output = try await ctl(arguments)
    #expect(output.status == EX_USAGE, "\(output.errors)")
    #expect(output.output == "")
    #expect(output.errors.contains("Usage:"))
  }

  @Test("schedule next prints what the contract says, for scripts")
  func scheduleJSON() async throws {
    let output = try await ctl([
      "schedule", "next", "Mon..Fri 08:05", "--from", "2026-11-26T09:00", "--count", "2", "--json",
    ])
    #expect(output.status == 0, "\(output.errors)")
    #expect(
      output.output == """
        {"expression":"Mon..Fri 08:05","normalized":"Mon..Fri *-*-* 08:05:00","timezone":"Europe/Berlin",\
        "next":[{"at":"2026-11-27T08:05:00+01:00","unix":1795763100},\
        {"at":"2026-11-30T08:05:00+01:00","unix":1796022300}]}

        """)
  }

  @Test(
    "explain says a schedule in words, and what plain words became",
    arguments: [
      ("Mon..Fri 08:05", "Every weekday at 08:05, next ", "Mon..Fri *-*-* 08:05:00"),
      ("weekdays at 8:05", "Every weekday at 08:05, next ", "Mon..Fri 08:05"),
      (
        "last friday of the month 20:00", "On the last Friday of every month at 20:00, next ",
        "Fri *-*~07..01"
      ),
      ("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=20;BYMINUTE=0;BYSECOND=0", "Every month on the last Friday", "RRULE:"),
      ("2020-01-01 10:00", "Once, on 1 January 2020 at 10:00, never again", "2020-01-01 10:00:00"),
    ])
  func explain(text: String, words: String, normalized: String) async throws {
    let output = try await ctl(["schedule", "explain", text])
    #expect(output.status == 0, "\(output.errors)")
    #expect(output.output.hasPrefix(words), "\(output.output)")
    let next = try await ctl(["schedule", "next", text, "--count", "1"])
    #expect(next.status == 0, "\(next.errors)")
  }

  @Test("What plain words do not say is bad data, with its place and what is understood")
  func unknownWords() async throws {
    for command in [["schedule", "next"], ["schedule", "explain"], ["add", "Kiss", "--at"]] {
      let output = try await ctl(command + ["every second sunday 10:00"])
      #expect(output.status == EX_DATAERR, "\(output.errors)")
      #expect(output.output == "")
      #expect(output.errors.contains("\n  every second sunday 10:00\n  "), "\(output.errors)")
    }
  }

  @Test("A fraction of a second is in the number; what never comes again is an empty list and no error")
  func scheduleEdges() async throws {
    let fraction = try await ctl([
      "schedule", "next", "*:*:0.25", "--from", "2026-11-27T08:05:00Z", "--count", "1", "--timezone", "UTC",
      "--json",
    ])
    #expect(fraction.output.contains("\"at\":\"2026-11-27T08:05:00.25+00:00\",\"unix\":1795766700.25"))
    let never = try await ctl(["schedule", "next", "*-02-30", "--json"])
    #expect(never.status == 0)
    #expect(never.output.contains("\"next\":[]"))
  }

  @Test(
    "A schedule, a zone or a time that is not understood is bad data, with its place and what is accepted",
    arguments: [
      (["Mon..Fri 25:00"], "  Mon..Fri 25:00\n           ^"), (["Foo 10:00"], "  Foo 10:00\n  ^"),
      (["daily", "--timezone", "Europe/Berln"], "no time zone Europe/Berln"),
      (["daily", "--from", "yesterday"], "--from yesterday: not understood"),
      (["daily", "--from", "a\u{1b}[31mb"], "--from a\u{fffd}[31mb"),
    ])
  func badData(arguments: [String], text: String) async throws {
    let output = try await ctl(["schedule", "next"] + arguments)
    #expect(output.status == EX_DATAERR)
    #expect(output.output == "")
    #expect(output.errors.contains(text), "\(output.errors)")
    #expect(output.errors.contains("accepted"))
  }

  @Test("check prints every mistake of a file, with line and caret, and says so by its status")
  func check() async throws {
    try folder.write(
      """
      [ritual.kiss]
      title = "Goodbye kiss"
      schedule = "Mon..Fri 25:00"

      [ritual.hug]
      titel = "Long hug"
      schedule = "18:15"
      """, to: "bad.toml")
    let output = try await ctl(["check", folder.path("bad.toml")])
    #expect(output.status == EX_DATAERR)
    #expect(output.output.contains("bad.toml:3:22: ritual.kiss.schedule: "), "\(output.output)")
    #expect(output.output.contains("did you mean \"title\"?"), "\(output.output)")
    #expect(
      output.output.contains("  schedule = \"Mon..Fri 25:00\"\n                       ^"), "\(output.output)")
    let good = try await ctl(["check"])
    #expect(good.status == 0)
    #expect(good.output == "0 rituals, no mistakes\n")
    let json = try await ctl(["check", folder.path("bad.toml"), "--json"])
    #expect(json.status == EX_DATAERR)
    #expect(json.output.hasPrefix("[{\"file\":"))
  }

  @Test("What this version does not know is a warning: check is content with it, unless it is to be strict")
  func checkWarnings() async throws {
    let good = "[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"08:05\"\n"
    try folder.write(good + "mesage = \"Six seconds.\"\n", to: "new.toml")
    let output = try await ctl(["check", folder.path("new.toml")])
    #expect(output.status == 0)
    #expect(output.output.contains("new.toml:4:1: warning: ritual.kiss.mesage: "), "\(output.output)")
    #expect(output.output.contains("did you mean \"message\"?\n  mesage = "), "\(output.output)")
    #expect(output.output.hasSuffix("\n1 ritual, 1 problem\n"), "\(output.output)")
    let strict = try await ctl(["check", "--strict", folder.path("new.toml")])
    #expect(strict.status == EX_DATAERR && strict.output == output.output)
    try folder.write(good, to: "new.toml")
    #expect(try await ctl(["check", "--strict", folder.path("new.toml")]).status == 0)
  }

  @Test("A file that is not there does not keep back the mistakes of the others")
  func checkMissing() async throws {
    try folder.write("[ritual.kiss]\nschedule = \"08:05\"\n", to: "a.toml")
    try folder.write("[ritual.hug]\ntitle = \"Hug\"\nschedule = \"25:00\"\n", to: "b.toml")
    let files = ["a.toml", "none.toml", "b.toml"].map { folder.path($0) } + ["/"]
    let output = try await ctl(["check"] + files)
    #expect(output.status == EX_DATAERR && output.errors == "")
    #expect(output.output.contains("\(files[1]): No such file or directory\n/: Is a directory\n"))
    for text in ["a.toml:1:", "b.toml:3:13: ritual.hug.schedule", "\n0 rituals, 4 problems\n"] {
      #expect(output.output.contains(text), "\(output.output)")
    }
    let json = try await ctl(["check", "--json"] + files)
    #expect(json.output.contains("\"text\":\"/: Is a directory\""), "\(json.output)")
    let alone = try await ctl(["check", files[1]])
    #expect(alone.status == EX_DATAERR)
    #expect(alone.output == "\(files[1]): No such file or directory\n0 rituals, 1 problem\n")
  }

  @Test("check looks into the folders of calendars too: what is left out there is no mistake, and is said")
  func checkCalendars() async throws {
    let calendar = folder.path("us")
    for name in ["config", "config/ritual"] { _ = try folder.makeFolder(name) }
    try folder.write("[calendar.us]\nvdir = \"\(calendar)\"\n", to: "config/ritual/ritual.toml")
    let missing = try await ctl(["check"])
    #expect(missing.status == 0)
    #expect(missing.output.contains("\(calendar): the folder cannot be read: "), "\(missing.output)")
    _ = try folder.makeFolder("us")
    try folder.write("BEGIN:VCALENDAR\r\nnonsense\r\n", to: "us/a.ics")
    let broken = try await ctl(["check"])
    #expect(broken.output.contains("\(calendar)/a.ics:2: the file is not used: "), "\(broken.output)")
    let json = try await ctl(["check", "--json"])
    #expect(json.output.contains("\"key\":\"calendar.us\""), "\(json.output)")
  }

  @Test("Help and version answer")
  func help() async throws {
    let help = try await ctl(["--help"])
    #expect(help.status == 0)
    for command in [
      "status", "list", "next", "today", "add", "remove", "snooze", "done", "skip", "watch", "log",
    ] {
      #expect(help.output.contains("  \(command) "))
    }
    #expect(try await ctl(["--version"]).output.hasPrefix("ritualctl 0."))
  }
}
