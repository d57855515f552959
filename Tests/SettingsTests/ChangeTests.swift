import CivilTime
import Glibc
import Phrases
import Rituals
import Schedules
import Settings
import Testing

/// A text, a change of the ritual `x` in it, and the text afterwards.
struct Change: Sendable, CustomTestStringConvertible {
  let why: String
  let before: String
  let changes: [RitualChange]
  /// Nil: the change is refused, and nothing changes.
  let after: String?

  var testDescription: String { why }

  init(_ why: String, _ before: String, _ changes: [(String, [String])], _ after: String?) {
    self.why = why
    self.before = before
    self.changes = changes.map { RitualChange(key: $0.0, values: $0.1) }
    self.after = after
  }

  /// A valid ritual with other lines.
  static func x(_ more: String) -> String { "[ritual.x]\ntitle = \"X\"\nschedule = \"08:05\"\n\(more)" }

  /// The rule of `every other friday 19:30`, and a ritual that has it.
  private static let fridays = "DTSTART:20261127T193000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
  private static func fortnight(_ more: String) -> String {
    "[ritual.x]\ntitle = \"X\"\nschedule = \"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\"\n\(more)"
  }

  static let table: [Change] = [
    Change(
      "a value in place, with the comments around it",
      "# ours\n[ritual.x]   # dear\n  title  =  'X'   # her words\nschedule = \"08:05\"\n# after\n",
      [("title", ["A \"kiss\""])],
      "# ours\n[ritual.x]   # dear\n  title  =  \"A \\\"kiss\\\"\"   # her words\nschedule = \"08:05\"\n# after\n"
    ),
    Change(
      "a new key below the last one, before the next header",
      x("# end of x\n\n[quiet]\nwhen = []\n"), [("lead", ["30m"])],
      x("lead = \"30m\"\n# end of x\n\n[quiet]\nwhen = []\n")),
    Change(
      "a new key with the others' blanks before it", "[ritual.x]\n\ttitle = 'X'\n\tschedule = '08:05'\n",
      [("urgency", ["low"])], "[ritual.x]\n\ttitle = 'X'\n\tschedule = '08:05'\n\turgency = \"low\"\n"),
    Change(
      "at the end of a text without a line's end", "[ritual.x]\ntitle='X'\nschedule='08:05'",
      [("private", ["yes"])], "[ritual.x]\ntitle='X'\nschedule='08:05'\nprivate = true"),
    Change(
      "CRLF and a byte order mark stay", "\u{FEFF}[ritual.x]\r\ntitle='X'\r\nschedule='08:05'\r\n",
      [("enabled", ["no"]), ("title", ["Y"])],
      "\u{FEFF}[ritual.x]\r\ntitle=\"Y\"\r\nschedule='08:05'\r\nenabled = false\r\n"),
    Change(
      "several keys at once", x("lead = \"1h\" # early\n"),
      [("message", ["m"]), ("lead", []), ("snooze", ["5m, 1h"])],
      x("# early\nmessage = \"m\"\nsnooze = [\"5m\", \"1h\"]\n")),
    Change(
      "a list for a value, and its comments above it",
      "[ritual.x]\ntitle='X'\nschedule = [ # when\n  '08:05', # work # days\n  '#', \n] # end\nlead='1h'\n",
      [("schedule", ["Mon 08:05", "Sat 10:00"])],
      "[ritual.x]\ntitle='X'\n# when\n# work # days\nschedule = [\"Mon 08:05\", \"Sat 10:00\"] # end\nlead='1h'\n"
    ),
    Change(
      "a text of several lines", "[ritual.x]\ntitle='X'\nschedule = \"08:05\"\nmessage = '''\nm'''\n",
      [("message", ["n"])], "[ritual.x]\ntitle='X'\nschedule = \"08:05\"\nmessage = \"n\"\n"),
    Change(
      "wide characters before it", "[ritual.x]\n\"title\" = \"抱擁 ❤️\" # 抱擁\nschedule = \"08:05\"\n",
      [("title", ["Kiss"])], "[ritual.x]\n\"title\" = \"Kiss\" # 抱擁\nschedule = \"08:05\"\n"),
    Change(
      "what is so already is not written again", x("snooze = '10m' # mine\n"), [("snooze", ["10m"])],
      x("snooze = '10m' # mine\n")),
    Change("a key that is not there is not missed when it goes", x(""), [("lead", [])], x("")),
    Change(
      "inside braces", "[ritual]\nx = { title = \"X\", schedule = \"08:05\" } # x\n",
      [("schedule", ["09:00"]), ("lead", ["1h"])],
      "[ritual]\nx = { title = \"X\", schedule = \"09:00\", lead = \"1h\" } # x\n"),
    Change(
      "out of braces, with a comma",
      "[ritual]\nx = { lead='1h', title='X', schedule='08:05', enabled=true }\n",
      [("lead", []), ("enabled", [])], "[ritual]\nx = { title='X', schedule='08:05' }\n"),
    Change(
      "as dotted keys", "ritual.x.title='X'\nritual.x.schedule='08:05' # at\n[quiet]\nwhen=[]\n",
      [("lead", ["1h"]), ("schedule", ["09:00"])],
      "ritual.x.title='X'\nritual.x.schedule=\"09:00\" # at\nritual.x.lead = \"1h\"\n[quiet]\nwhen=[]\n"),
    Change(
      "under [ritual], dotted", "[ritual]\nx.title='X'\nx.schedule='08:05'\ny.title='Y'\ny.schedule='1:00'\n",
      [("lead", ["1h"])],
      "[ritual]\nx.title='X'\nx.schedule='08:05'\nx.lead = \"1h\"\ny.title='Y'\ny.schedule='1:00'\n"),
    Change(
      "not into a table in it", x("[ritual.x.nudge]\ntimes = 1\n"), [("lead", ["1h"])],
      x("lead = \"1h\"\n[ritual.x.nudge]\ntimes = 1\n")),
    Change(
      "a nudge that is new", x(""), [("nudge", ["2 times every 15m"])],
      x("nudge = { every = \"15m\", times = 2 }\n")),
    Change(
      "half of a nudge", x("nudge = { every = \"15m\", times = 2 } # gently\n"), [("nudge.times", ["3"])],
      x("nudge = { every = \"15m\", times = 3 } # gently\n")),
    Change(
      "the other half of a nudge", x("nudge = { times = 2 }\n"), [("nudge.every", ["1h"])],
      x("nudge = { times = 2, every = \"1h\" }\n")),
    Change(
      "a nudge in a table of its own", x("[ritual.x.nudge] # n\nevery = '5m'\n[quiet]\n"),
      [("nudge", ["4"])], x("[ritual.x.nudge] # n\nevery = '5m'\ntimes = 4\n[quiet]\n")),
    Change(
      "a dotted nudge", x("nudge.every = '5m'\n"), [("nudge.times", ["1"]), ("lead", ["1h"])],
      x("nudge.every = '5m'\nnudge.times = 1\nlead = \"1h\"\n")),
    Change(
      "a dotted nudge goes", x("nudge.every = '5m' # a\nnudge.times = 1\nlead = '1h'\n"), [("nudge", [])],
      x("# a\nlead = '1h'\n")),
    Change(
      "a rule and its start", x(""),
      [("schedule", ["DTSTART:20261127T193000\nRRULE:FREQ=WEEKLY;BYDAY=FR"])],
      "[ritual.x]\ntitle = \"X\"\nschedule = \"RRULE:FREQ=WEEKLY;BYDAY=FR\"\nstart = 2026-11-27T19:30:00\n"),
    Change(
      "the start of a rule goes with it",
      "[ritual.x]\ntitle = 'X'\nschedule = 'FREQ=WEEKLY'\nstart = 2026-11-27 # our first\n",
      [("schedule", ["08:05"])], "[ritual.x]\ntitle = 'X'\nschedule = \"08:05\"\n# our first\n"),
    Change(
      "a rule for a rule keeps the start",
      "[ritual.x]\ntitle = 'X'\nschedule = 'FREQ=WEEKLY'\nstart = 2026-11-27\n",
      [("schedule", ["FREQ=DAILY"])],
      "[ritual.x]\ntitle = 'X'\nschedule = \"FREQ=DAILY\"\nstart = 2026-11-27\n"),
    Change(
      "a start that is no rule's stays", x("start = 2026-11-27\n"), [("schedule", ["09:00"])],
      "[ritual.x]\ntitle = \"X\"\nschedule = \"09:00\"\nstart = 2026-11-27\n"),
    Change(
      "dates", x(""), [("except", ["2026-12-25, 2026-12-31 19:30"]), ("start", ["2026-11-27"])],
      x("except = [2026-12-25, 2026-12-31 19:30:00]\nstart = 2026-11-27\n")),
    Change(
      "a start's bare date comes at the time that is said beside it", x(""),
      [("schedule", [fridays]), ("start", ["2026-12-11"])], fortnight("start = 2026-12-11T19:30:00\n")),
    Change(
      "in whatever order they are said", x(""), [("start", ["2026-12-11"]), ("schedule", [fridays])],
      fortnight("start = 2026-12-11T19:30:00\n")),
    Change(
      "a start's bare date comes at the time of the former one",
      fortnight("start = 2026-12-04T19:30:00 # ours\n"), [("start", ["2026-12-11"])],
      fortnight("start = 2026-12-11T19:30:00 # ours\n")),
    Change(
      "at the time of a former one in quotes", fortnight("start = \"2026-12-04T19:30:00\"\n"),
      [("start", ["2026-12-11"])], fortnight("start = 2026-12-11T19:30:00\n")),
    Change(
      "in UTC where the former one was", fortnight("start = 2026-12-04T18:30:00Z\n"),
      [("start", ["2026-12-11"])], fortnight("start = 2026-12-11T18:30:00Z\n")),
    Change(
      "another time of day is what was said", fortnight("start = 2026-12-04T19:30:00\n"),
      [("start", ["2026-12-11T20:00"])], fortnight("start = 2026-12-11T20:00:00\n")),
    Change(
      "also beside another rule", fortnight("start = 2026-12-04T19:30:00\n"),
      [("start", ["2026-12-12"]), ("schedule", ["FREQ=DAILY;INTERVAL=3"])],
      "[ritual.x]\ntitle = \"X\"\nschedule = \"FREQ=DAILY;INTERVAL=3\"\nstart = 2026-12-12T19:30:00\n"),
    Change(
      "of several times of a day the first", x(""),
      [
        ("schedule", ["DTSTART:20261127T203000\nRRULE:FREQ=DAILY;INTERVAL=3;BYHOUR=8,20"]),
        ("start", ["2026-12-11"]),
      ],
      "[ritual.x]\ntitle = \"X\"\nschedule = \"RRULE:FREQ=DAILY;INTERVAL=3;BYHOUR=8,20\"\n"
        + "start = 2026-12-11T08:30:00\n"),
    Change(
      "a start without a time stays without", fortnight("start = 2026-12-04\n"), [("start", ["2026-12-11"])],
      fortnight("start = 2026-12-11\n")),
    Change(
      "a calendar expression has the whole of its first day",
      "[ritual.x]\ntitle = \"X\"\nschedule = \"FREQ=WEEKLY\"\nstart = 2026-12-04T19:30:00\n",
      [("schedule", ["08:05"]), ("start", ["2026-12-11"])], x("start = 2026-12-11\n")),
    Change(
      "a start with the time that is said beside it", x(""),
      [("schedule", [fridays]), ("start", ["2026-12-11 19:30"])], fortnight("start = 2026-12-11 19:30:00\n")),
    Change(
      "two times of day that differ", x(""), [("schedule", [fridays]), ("start", ["2026-12-11T20:00"])], nil),
    Change(
      "one start for two times of day", x(""),
      [
        ("schedule", [fridays, "DTSTART:20261129T100000\nRRULE:FREQ=WEEKLY;BYDAY=SU"]),
        ("start", ["2026-12-11"]),
      ], nil),
    Change("the title cannot go", x(""), [("title", [])], nil),
    Change(
      "one mistake, and nothing of it is written", x(""), [("lead", ["1h"]), ("urgency", ["high"])], nil),
    Change("no date", x(""), [("start", ["tomorrow # x"])], nil),
    Change("a date and a line more", x(""), [("start", ["2026-12-11\r\nprivate = false"])], nil),
    Change("a value given twice", x(""), [("lead", ["1h", "2h"])], nil),
    Change(
      "braces around all of it", "ritual = { x = { title='X', schedule='08:05' } }\n",
      [("lead", ["1h"])], "ritual = { x = { title='X', schedule='08:05', lead = \"1h\" } }\n"),
  ]
}

@Suite("Changes in the configuration's files")
struct ChangeTests {
  static let x = RitualID("x")

  static func change(_ folder: ScratchFolder, _ changes: [RitualChange]) throws(SettingsError)
    -> ConfigurationEditor.ChangedKeys
  {
    guard let x else { throw .badValue(key: "", text: "x", accepted: "an id") }
    return try ConfigurationEditor.change(x, changes, in: folder.path, .init(zones: FewZones()))
  }

  @Test("They keep every other byte", arguments: Change.table)
  func keepsEveryOtherByte(_ change: Change) throws {
    let folder = try ScratchFolder()
    try folder.write(change.before, to: "ritual.toml")
    var changed: ConfigurationEditor.ChangedKeys?
    var refused: SettingsError?
    do throws(SettingsError) { changed = try Self.change(folder, change.changes) } catch { refused = error }
    #expect(folder.read("ritual.toml") == change.after ?? change.before, "\(String(describing: refused))")
    #expect((changed == nil) == (change.after == nil))
    #expect(changed?.keys.isEmpty ?? true == (change.after ?? change.before == change.before))
    #expect(folder.names(in: ".") == ["ritual.toml"])
    #expect(folder.mode("ritual.toml") == 0o640)
    let loaded = Settings.load(folder: folder.path, zones: FewZones())
    #expect(loaded.problems.isEmpty)
  }

  @Test(
    "What would never come is not written where it is known what time it is",
    arguments: [
      ("08:05", [("schedule", ["2026-11-26 10:00"])], "26 November 2026 at 10:00 lies in the past"),
      // The present instant is too late.
      ("08:05", [("schedule", ["2026-11-27 08:05"])], "27 November 2026 at 08:05 lies in the past"),
      ("08:05", [("schedule", ["2026-11-27 08:06"])], nil),
      ("08:05", [("schedule", ["*-02-30"])], "there is no such day"),
      ("08:05", [("schedule", ["09:00", "2026-11-26"])], "26 November 2026 at 00:00 lies in the past"),
      ("2026-12-24 18:00", [("start", ["2027-01-01"])], "its start and its exceptions leave nothing of it"),
      ("2026-12-24 18:00", [("start", ["2026-12-01"])], nil),
      // A schedule that is over can stay when other keys change; on-demand rituals have no time.
      ("2026-11-26 10:00", [("title", ["Y"])], nil),
      ("2026-11-26 10:00", [("except", ["2026-11-26"])], nil),
      (
        "08:05", [("schedule", ["2026-11-26"]), ("also", ["2026-12-24"])],
        "26 November 2026 at 00:00 lies in the past"
      ),
    ] as [(String, [(String, [String])], String?)])
  func never(before: String, changes: [(String, [String])], reason: String?) throws {
    let folder = try ScratchFolder()
    let text = Change.x("").replacing("08:05", with: before)
    try folder.write(text, to: "ritual.toml")
    let now = try #require(Instant(parsing: "2026-11-27T08:05", in: .utc))
    let world = ConfigurationEditor.Context(zones: FewZones(), clock: .init(now: now, zone: .utc))
    var found: String?
    let x = try #require(Self.x)
    do throws(SettingsError) {
      _ = try ConfigurationEditor.change(
        x, changes.map { RitualChange(key: $0.0, values: $0.1) }, in: folder.path, world)
    } catch {
      guard case .neverComes(let never) = error else { throw error }
      found = never.reason
    }
    #expect(found == reason)
    #expect((folder.read("ritual.toml") == text) == (reason != nil))
  }

  @Test("An old mistake elsewhere does not prevent a change, a new one does")
  func mistakesElsewhere() throws {
    let folder = try ScratchFolder()
    try folder.write(Change.x("[ritual.y]\ntitle = 'Y'\nschedule = '25:00'\n"), to: "ritual.toml")
    #expect(try Self.change(folder, [.init(key: "lead", values: ["1h"])]).keys == ["lead"])
    #expect(throws: SettingsError.self) { try Self.change(folder, [.init(key: "lead", values: ["soon"])]) }
    do throws(SettingsError) {
      _ = try Self.change(
        folder, [.init(key: "urgency", values: ["hih"]), .init(key: "missed", values: ["nevr"])])
    } catch {
      guard case .invalid(let problems) = error else { throw error }
      #expect(problems.map(\.key) == ["ritual.x.urgency", "ritual.x.missed"])
    }
  }

  @Test("Each unknown key is reported with the one that was probably meant")
  func unknown() throws {
    let folder = try ScratchFolder()
    try folder.write(Change.x(""), to: "ritual.toml")
    #expect(throws: SettingsError.unknownKey(key: "shedule", suggestion: "schedule")) {
      try Self.change(folder, [.init(key: "shedule", values: ["08:05"])])
    }
    let id = try #require(RitualID("xx"))
    #expect(throws: SettingsError.unknown(id: id, suggestion: "x")) {
      try ConfigurationEditor.change(id, [], in: folder.path, .init(zones: FewZones()))
    }
  }

  @Test("A misspelt key that is typed is a mistake; one that was there already is left alone")
  func unknownKeys() throws {
    let folder = try ScratchFolder()
    let text = Change.x("hue = \"red\"\n")
    try folder.write(text, to: "ritual.toml")
    let edited = try ConfigurationEditor.editedFile(
      of: try #require(Self.x), in: folder.path, .init(zones: FewZones()))
    for typed in ["mesage = 'm'\n", "[ritaul.y]\n", "[defaults]\nzone = 'UTC'\n"] {
      do throws(SettingsError) {
        _ = try ConfigurationEditor.rewrite(
          edited.file, with: text + typed, revision: edited.revision, in: folder.path,
          .init(zones: FewZones()))
        Issue.record("\(typed) was written")
      } catch {
        guard case .invalid(let problems) = error else { throw error }
        #expect(problems.map(\.severity) == [.error])
        #expect(["unknown key", "unknown table"].contains(problems.first?.what))
      }
    }
    #expect(folder.read("ritual.toml") == text)
    #expect(try Self.change(folder, [.init(key: "lead", values: ["1h"])]).keys == ["lead"])
    #expect(folder.read("ritual.toml") == text + "lead = \"1h\"\n")
  }

  @Test("A file that is not TOML is never touched, and its mistake is the answer")
  func unreadable() throws {
    let folder = try ScratchFolder()
    let broken = "[ritual.x]\ntitle = \"X\nschedule"
    try folder.write(broken, to: "ritual.toml")
    do throws(SettingsError) {
      _ = try Self.change(folder, [.init(key: "lead", values: ["1h"])])
      Issue.record("it was written")
    } catch {
      guard case .unreadable(let problems) = error else { throw error }
      #expect(problems.map(\.line) == [2])
    }
    #expect(folder.read("ritual.toml") == broken)
  }

  @Test("A symbolic link stays one, and an unwritable folder is reported")
  func links() throws {
    let folder = try ScratchFolder()
    try folder.write(Change.x(""), to: "dotfiles/x.toml")
    symlink("dotfiles/x.toml", folder.path + "/ritual.toml")
    _ = try Self.change(folder, [.init(key: "lead", values: ["1h"])])
    #expect(folder.read("dotfiles/x.toml") == Change.x("lead = \"1h\"\n"))
    #expect(folder.mode("ritual.toml") == 0o777)
    #expect(folder.names(in: "dotfiles") == ["x.toml"])
  }

  @Test("An editor's text is taken where the file is as it was, and not where it brings a mistake")
  func editedFiles() throws {
    let folder = try ScratchFolder()
    try folder.write("# ours\n" + Change.x(""), to: "ritual.d/x.toml")
    let x = try #require(Self.x)
    let edited = try ConfigurationEditor.editedFile(of: x, in: folder.path, .init(zones: FewZones()))
    #expect(edited.line == 2 && edited.text == "# ours\n" + Change.x(""))
    func rewrite(_ text: String, _ revision: String, _ file: String? = nil) throws(SettingsError) -> Bool {
      try ConfigurationEditor.rewrite(
        file ?? edited.file, with: text, revision: revision, in: folder.path, .init(zones: FewZones()))
    }
    #expect(try !rewrite(edited.text, edited.revision))
    #expect(throws: SettingsError.self) { try rewrite("[ritual.x", edited.revision) }
    #expect(throws: SettingsError.self) { try rewrite("[ritual.x]\ntitle='X'\n", edited.revision) }
    #expect(folder.read("ritual.d/x.toml") == edited.text)
    #expect(try rewrite(Change.x("lead='1h'\n"), edited.revision))
    #expect(throws: SettingsError.outdated(file: edited.file)) {
      try rewrite(Change.x(""), edited.revision)
    }
    #expect(throws: SettingsError.outdated(file: "/etc/passwd")) {
      try rewrite("", edited.revision, "/etc/passwd")
    }
    #expect(folder.read("ritual.d/x.toml") == Change.x("lead='1h'\n"))
  }
}
