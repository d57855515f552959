import Control
import DesktopRig
import Glibc
import InterfaceRig
import Testing
import Varlink

/// The output of each command, for people and for scripts, to the letter. All moments lie far ahead, so that
/// no test depends on the present one; their distance is left out.
@MainActor
@Suite("To the letter")
struct GoldenTests {
  let daemon: FakeDaemon

  init() throws { daemon = try FakeDaemon() }

  /// A command, the method that it calls, the reply of the daemon, and the output.
  struct Golden {
    let words: [String]
    let method: String
    let reply: any Codable & Sendable
    let text: String
    let json: String
  }

  static let at = "{\"at\":\"2090-11-24T18:00:00+01:00\",\"unix\":3815226000}"

  static func goldens() throws -> [Golden] {
    let moment = try FakeDaemon.moment("2090-11-24T18:00")
    let changed = Changed(
      ritual: "kiss", title: "Kiss", keys: ["lead", "missed"], file: "/c/r.toml", next: moment)
    let changedJSON =
      "{\"ritual\":\"kiss\",\"title\":\"Kiss\",\"keys\":[\"lead\",\"missed\"],\"file\":\"/c/r.toml\",\"next\":\(at)}"
    let order = Control.Order(what: "paused", ritual: "kiss", since: moment, until: moment)
    let problem = Control.Problem(
      file: "/c/r.toml", line: 3, column: 8, key: "ritual.kiss.lead", severity: "error",
      text: "/c/r.toml:3:8: ritual.kiss.lead: bad\n  lead = 1\n         ^", what: "bad")
    return [
      Golden(
        words: ["add", "Kiss", "--at", "08:05"], method: "Add",
        reply: AddReply(id: "kiss", file: "/c/kiss.toml", next: moment),
        text: "kiss comes … · Fri 2090-11-24 18:00\n/c/kiss.toml\n",
        json: "{\"id\":\"kiss\",\"file\":\"/c/kiss.toml\",\"next\":\(at)}\n"),
      Golden(
        words: ["set", "kiss", "lead=1h", "missed=always"], method: "Set", reply: SetReply(changed: changed),
        text: "kiss: lead, missed changed; comes … · Fri 2090-11-24 18:00\n/c/r.toml\n",
        json: "\(changedJSON)\n"),
      Golden(
        words: ["enable", "kiss"], method: "Enable", reply: EnableReply(changed: [changed]),
        text: "kiss: enabled, comes … · Fri 2090-11-24 18:00\n", json: "[\(changedJSON)]\n"),
      Golden(
        words: ["disable", "kiss"], method: "Enable",
        reply: EnableReply(
          changed: [
            Changed(ritual: "kiss", title: "Kiss", keys: ["enabled"], file: "/c/r.toml", next: nil),
            Changed(ritual: "hug", title: "Hug", keys: [], file: "/c/r.toml", next: nil),
          ]), text: "kiss: disabled\nhug: is already disabled\n",
        json: """
          [{"ritual":"kiss","title":"Kiss","keys":["enabled"],"file":"/c/r.toml"},\
          {"ritual":"hug","title":"Hug","keys":[],"file":"/c/r.toml"}]

          """),
      Golden(
        words: ["remove", "kiss"], method: "Remove", reply: RemoveReply(file: "/c/r.toml"),
        text: "kiss: removed\n/c/r.toml\n", json: "{\"file\":\"/c/r.toml\"}\n"),
      Golden(
        words: ["test", "kiss"], method: "Test", reply: NoParameters(), text: "kiss: shown\n", json: "{}\n"),
      Golden(
        words: ["done"], method: "Done", reply: DoneReply(ritual: "kiss", title: "K\u{1b}iss"),
        text: "K\u{fffd}iss: done\n", json: "{\"ritual\":\"kiss\",\"title\":\"K\\u001biss\"}\n"),
      Golden(
        words: ["skip"], method: "Skip", reply: SkipReply(ritual: "kiss", title: "Kiss"),
        text: "Kiss: skipped\n", json: "{\"ritual\":\"kiss\",\"title\":\"Kiss\"}\n"),
      Golden(
        words: ["snooze"], method: "Snooze", reply: SnoozeReply(ritual: "kiss", title: "Kiss", until: moment),
        text: "Kiss: snoozed, comes back … · Fri 2090-11-24 18:00\n",
        json: "{\"ritual\":\"kiss\",\"title\":\"Kiss\",\"until\":\(at)}\n"),
      Golden(
        words: ["snooze", "kiss", "monday"], method: "Snooze",
        reply: SnoozeReply(ritual: "kiss", title: "Kiss", until: moment, next: moment),
        text: "Kiss: snoozed, but its own time comes first: it is back … · Fri 2090-11-24 18:00\n",
        json: "{\"ritual\":\"kiss\",\"title\":\"Kiss\",\"until\":\(at),\"next\":\(at)}\n"),
      Golden(
        words: ["snooze", "kiss", "1h"], method: "Snooze",
        reply: SnoozeReply(
          ritual: "kiss", title: "Kiss", until: moment, holds: "paused", holdsUntil: moment),
        text:
          "Kiss: snoozed, due … · Fri 2090-11-24 18:00, when it is paused until Fri 2090-11-24 18:00\n",
        json:
          "{\"ritual\":\"kiss\",\"title\":\"Kiss\",\"until\":\(at),\"holds\":\"paused\",\"holdsUntil\":\(at)}\n"
      ),
      Golden(
        words: ["pause"], method: "Pause", reply: PauseReply(until: nil),
        text: "Everything: paused until 'ritualctl resume'\n", json: "{}\n"),
      Golden(
        words: ["pause", "kiss", "hug", "--until", "x"], method: "Pause", reply: PauseReply(until: moment),
        text: "kiss, hug: paused until Fri 2090-11-24 18:00\n", json: "{\"until\":\(at)}\n"),
      Golden(
        words: ["resume"], method: "Resume", reply: ResumeReply(orders: [order]), text: "kiss: goes on\n",
        json: "{\"orders\":[{\"what\":\"paused\",\"ritual\":\"kiss\",\"since\":\(at),\"until\":\(at)}]}\n"),
      Golden(
        words: ["resume", "kiss"], method: "Resume", reply: ResumeReply(orders: []),
        text: "Nothing was paused\n",
        json: "{\"orders\":[]}\n"),
      Golden(
        words: ["discreet", "on"], method: "Discreet", reply: NoParameters(),
        text: "Reminders show neutral words\n", json: "{}\n"),
      Golden(
        words: ["discreet", "off"], method: "Discreet", reply: NoParameters(),
        text: "Reminders show their own words\n", json: "{}\n"),
      Golden(
        words: ["reload"], method: "Reload", reply: ReloadReply(rituals: 1, problems: []), text: "1 ritual\n",
        json: "{\"rituals\":1,\"problems\":[]}\n"),
      Golden(
        words: ["reload"], method: "Reload", reply: ReloadReply(rituals: 2, problems: [problem]),
        text: "/c/r.toml:3:8: ritual.kiss.lead: bad\n  lead = 1\n         ^\n2 rituals, 1 problem\n",
        json: """
          {"rituals":2,"problems":[{"file":"/c/r.toml","line":3,"column":8,"key":"ritual.kiss.lead",\
          "severity":"error","text":"/c/r.toml:3:8: ritual.kiss.lead: bad\\n  lead = 1\\n         ^",\
          "what":"bad"}]}

          """),
    ]
  }

  /// The text without distances, which change with the present moment.
  private static func withoutDistances(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let start = line.firstRange(of: "in "), let end = line.firstRange(of: " days · ") else {
        return String(line)
      }
      return line[..<start.lowerBound] + "… · " + line[end.upperBound...]
    }.joined(separator: "\n")
  }

  @Test("Each command prints its answer for people and for scripts, and nothing else")
  func goldens() async throws {
    for golden in try Self.goldens() {
      daemon.answer(golden.method, with: golden.reply)
      let output = try await daemon.ctl(golden.words)
      #expect(Self.withoutDistances(output.output) == golden.text, "\(golden.words) \(output.errors)")
      #expect(output.errors == "", "\(golden.words)")
      let json = try await daemon.ctl(golden.words + ["--json"])
      #expect(json.output == golden.json, "\(golden.words)")
      #expect(json.status == output.status)
      #expect(output.status == (golden.text.contains("problem") ? 1 : 0), "\(golden.words)")
    }
  }

  @Test("status tells all, aligned, and what is wrong")
  func status() async throws {
    let moment = try FakeDaemon.moment("2090-11-24T18:00")
    let problem = Control.Problem(
      file: "/c/r.toml", line: 3, column: 8, key: "k", severity: "error", text: "/c/r.toml:3:8: k: bad",
      what: "bad")
    let state = State(
      version: "1.2", pid: 42, since: moment, renewalFailure: "a broken program", timezone: "Europe/Berlin",
      timezoneFailure: "no such zone", configuration: "/c", watchFailure: "no watches", rituals: 2,
      problems: [problem],
      journal: "/s/journal.sqlite", journalFailure: "the disk is full",
      journalDisplaced: nil, waiting: 3, server: nil, serverFailure: "no bus",
      next: Coming(ritual: "kiss", title: "Kiss", scheduled: moment),
      reminders: [
        Control.Reminder(
          ritual: "hug", title: "Hug\n", scheduled: moment, phase: "held", until: moment,
          reason: "quiet-hours")
      ], orders: [Control.Order(what: "paused", ritual: "kiss", since: moment, until: moment)],
      session: [
        Control.Circumstance(name: "locked", state: "yes", reason: nil),
        Control.Circumstance(name: "idle", state: "unknown", reason: "nobody says"),
      ], away: [])
    daemon.answer("Status", with: StatusReply(state: state))
    let output = try await daemon.ctl("status")
    #expect(
      Self.withoutDistances(output.output) == """
        rituald  1.2, process 42, Europe/Berlin
                 a broken program
                 no such zone
        Since    … · Fri 2090-11-24 18:00
        Rituals  2, in /c
                 no watches
        Next     Kiss, … · Fri 2090-11-24 18:00
        Waits    Hug : kept back: quiet hours, until Fri 2090-11-24 18:00
        Ordered  paused: kiss, until Fri 2090-11-24 18:00
        Now      the screen is locked
        Unknown  idle: nobody says
        Shown    no bus
        Journal  /s/journal.sqlite
                 the disk is full; 3 waiting
        1 problem in the configuration:
        /c/r.toml:3:8: k: bad

        """, "\(output.output) \(output.errors)")
    let json = try await daemon.ctl("status", "--json").output
    #expect(json.hasPrefix("{\"version\":\"1.2\",\"pid\":42,\"since\":{"))
  }

  @Test("why tells when next, what keeps it back, and its last time")
  func why() async throws {
    let moment = try FakeDaemon.moment("2090-11-24T18:00")
    let last = ["due", "shown", "done"].map {
      Control.Entry(
        at: moment, ritual: "kiss", title: "Kiss", scheduled: moment, what: .init(rawValue: $0), count: 1)
    }
    let why = Explanation(
      ritual: "kiss", title: "Kiss", enabled: true, next: moment, holds: "locked", holdsUntil: nil,
      reminder: nil, last: last)
    daemon.answer("Why", with: WhyReply(why: why))
    #expect(
      try await Self.withoutDistances(daemon.ctl("why", "kiss").output) == """
        kiss       Kiss
        Next       … · Fri 2090-11-24 18:00
        Kept back  the screen is locked
        Last       … · Fri 2090-11-24 18:00
                   Fri 2090-11-24 18:00  due
                   Fri 2090-11-24 18:00  shown
                   Fri 2090-11-24 18:00  done

        """)
    daemon.answer(
      "Why",
      with: WhyReply(
        why: Explanation(
          ritual: "kiss", title: "Kiss", enabled: false, next: nil, holds: nil, holdsUntil: nil,
          reminder: nil,
          last: [])))
    #expect(
      try await daemon.ctl("why", "kiss").output
        == "kiss  Kiss\nNext  never, it is disabled\nLast  it has not come yet\n")
  }
}
