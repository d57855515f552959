import Control
import DesktopRig
import InterfaceRig
import Testing
import Varlink

/// A daemon or a journal of a later version has words that `ritualctl` does not know. It says so, and tells
/// the rest.
@MainActor
@Suite("Words that ritualctl does not know")
struct UnknownWordsTests {
  static let phrase = "something that this version does not know"

  let daemon: FakeDaemon
  let moment: Moment

  init() throws {
    daemon = try FakeDaemon()
    moment = try FakeDaemon.moment("2090-11-24T08:05")
  }

  private func entry(
    _ what: Control.Entry.What, reason: String? = nil, by: String? = nil, until: Moment? = nil,
    count: Int = 1,
    word: String? = nil
  ) -> Control.Entry {
    Control.Entry(
      at: moment, ritual: "kiss", title: "Kiss", scheduled: moment, what: what, reason: reason, by: by,
      until: until, count: count, word: word)
  }

  /// Entries, and the words for each.
  private var entries: [(entry: Control.Entry, words: String)] {
    [
      (entry("done", by: "command"), "done"),
      (entry("done", by: "phone"), "done, by \(Self.phrase)"),
      (entry("skipped", by: "phone", count: 3), "skipped, by \(Self.phrase) (3 times)"),
      (
        entry("snoozed", by: "phone", until: moment),
        "snoozed until Fri 2090-11-24 08:05, by \(Self.phrase)"
      ),
      (entry("held", reason: "asleep"), "kept back: \(Self.phrase)"),
      (entry("closed", reason: "swiped"), "left the screen, not answered: \(Self.phrase)"),
      (entry("closed", reason: "unknown"), "left the screen, not answered"),
      (entry("missed", reason: "broken", count: 2), "missed 2 times: \(Self.phrase)"),
      (entry("expired", reason: "moved"), "ended unanswered: \(Self.phrase)"),
      // An older daemon replaces a word of its journal; a newer daemon sends its own.
      (entry("unknown", word: "celebrated"), Self.phrase),
      (entry("celebrated"), Self.phrase),
    ]
  }

  @Test("The log has a line for each, and all words for scripts")
  func log() async throws {
    daemon.answer("Log", with: LogReply(entries: entries.map(\.entry)))
    let output = try await daemon.ctl("log")
    let lines = entries.map { "Fri 2090-11-24 08:05  Kiss  \($0.words)\n" }
    #expect(output.status == 0 && output.output == lines.joined(), "\(output.output) \(output.errors)")
    let json = try await daemon.ctl("log", "--json").output
    for word in [
      "\"by\":\"phone\"", "\"reason\":\"asleep\"", "\"what\":\"unknown\",\"count\":1,\"word\":\"celebrated\"",
      "\"what\":\"celebrated\"",
    ] {
      #expect(json.contains(word), "\(json)")
    }
  }

  private var reminder: Control.Reminder {
    Control.Reminder(ritual: "kiss", title: "Kiss", scheduled: moment, phase: "ringing", until: nil)
  }

  @Test("why and show tell what they can")
  func why() async throws {
    let why = Explanation(
      ritual: "kiss", title: "Kiss", enabled: true, next: nil, holds: "asleep", holdsUntil: nil,
      reminder: reminder, last: [entry("due"), entry("done", by: "phone")])
    daemon.answer("Why", with: WhyReply(why: why))
    let output = try await daemon.ctl("why", "kiss")
    #expect(output.status == 0, "\(output.errors)")
    #expect(output.output.contains("Kept back  \(Self.phrase)\n"), "\(output.output)")
    #expect(output.output.contains("Now        \(Self.phrase)\n"), "\(output.output)")
    #expect(output.output.contains("08:05  due\n"), "\(output.output)")
    #expect(output.output.contains("08:05  done, by \(Self.phrase)\n"), "\(output.output)")
    let ritual = Control.Ritual(
      id: "kiss", title: "Kiss", message: nil, schedule: ["daily"], normalized: ["*-*-* 00:00:00"],
      timezone: "local", urgency: "tender", missed: "2h", snooze: [], enabled: true, next: nil,
      state: "ringing", file: nil, nudge: Control.Nudge(every: "15min", times: 0), quiet: "whisper",
      private: false)
    daemon.answer("Show", with: ShowReply(ritual: ritual, words: "Daily", coming: [], why: why))
    let shown = try await daemon.ctl("show", "kiss")
    #expect(shown.status == 0 && shown.output.contains("done, by \(Self.phrase)"), "\(shown.output)")
    daemon.answer("List", with: ListReply(rituals: [ritual]))
    #expect(try await daemon.ctl("list").output.contains("Kiss"))
  }

  @Test("The day hides neither a happening nor a reminder, nor does a bar")
  func today() async throws {
    let coming = Coming(ritual: "hug", title: "Hug", scheduled: moment, holds: "asleep")
    let today = TodayReply(
      date: "2090-11-24", entries: [entry("due"), entry("unknown", word: "celebrated")],
      reminders: [reminder], coming: [coming])
    daemon.answer("Today", with: today)
    let lines = ["Kiss  ", "Kiss  ", "Hug   "].map { "  08:05  \($0)\(Self.phrase)\n" }
    let output = try await daemon.ctl("today").output
    #expect(output == "Fri 24 Nov\n" + lines.joined(), "\(output)")
    daemon.answer("Status", with: StatusReply(state: try state))
    #expect(try await daemon.ctl("bar").output == "Kiss\n")
    #expect(try await daemon.ctl("bar", "--json").output.hasPrefix("{\"class\":\"waiting\""))
  }

  private var state: State {
    get throws {
      State(
        version: "9", pid: 1, since: try FakeDaemon.moment(in: -60), timezone: "UTC", configuration: "c",
        rituals: 1, problems: [], journal: "j", journalFailure: nil, journalDisplaced: nil, waiting: 0,
        server: nil, serverFailure: nil, next: nil, reminders: [reminder],
        orders: [
          Control.Order(what: "vacation", ritual: nil, since: moment, until: nil),
          Control.Order(what: "paused", ritual: "hug", since: moment, until: nil),
        ], session: [Control.Circumstance(name: "asleep", state: "yes", reason: nil)], away: [])
    }
  }

  @Test("So do status and notes")
  func status() async throws {
    daemon.answer("Status", with: StatusReply(state: try state))
    let output = try await daemon.ctl("status")
    #expect(output.status == 0, "\(output.errors)")
    for line in [
      "Waits    Kiss: \(Self.phrase)", "Ordered  \(Self.phrase)", "Ordered  paused: hug",
      "Now      \(Self.phrase)",
    ] {
      #expect(output.output.contains(line + "\n"), "\(output.output)")
    }
    let note = Control.Note(
      id: 1, at: moment, kind: "unknown", text: "the sea", ritual: nil, guide: nil, word: "dream")
    daemon.answer("Notes", with: NotesReply(notes: [note]))
    #expect(try await daemon.ctl("notes").output == "1  Fri 2090-11-24 08:05  \(Self.phrase)  the sea\n")
    #expect(try await daemon.ctl("notes", "--export", "-").output.contains("\(Self.phrase): the sea"))
    #expect(try await daemon.ctl("notes", "--json").output.contains("\"word\":\"dream\""))
  }

  @Test("watch tells them as they come, and passes over news of a kind that it does not know")
  func watch() async throws {
    let entry = entry("celebrated")
    let order = Control.Order(what: "vacation", ritual: nil, since: moment, until: nil)
    daemon.answer("Log", with: LogReply(entries: []))
    daemon.service.handle(Control.Method.name("Watch")) { call in
      try call.reply(WatchReply(), continues: true)
      try call.reply(WatchReply(entry: entry), continues: true)
      try call.reply(JSONValue.object(["aLaterNews": .string("x")]), continues: true)
      // ritualctl follows again and again, until it finds that nobody reads its output.
      try call.reply(WatchReply(orders: [order]), continues: false)
    }
    let program = try built("ritualctl")
    let output = try await ChildProcess.run(
      "sh", ["-c", "'\(program)' watch --socket '\(daemon.folder.path("control.sock"))' | head -n 2"],
      environment: daemon.environment)
    #expect(output.output == "08:05:00  Kiss: \(Self.phrase)\nordered: \(Self.phrase)\n", "\(output.errors)")
    #expect(output.errors.hasPrefix("ritualctl: following\n"), "\(output.errors)")
    #expect(!output.errors.hasPrefix("ritualctl: following\nritualctl: following again"), "\(output.errors)")
  }
}
