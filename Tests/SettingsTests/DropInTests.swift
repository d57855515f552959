import Glibc
import Rituals
import Settings
import Testing

@Suite struct DropInTests {
  static func id(_ text: String) throws -> RitualID { try #require(RitualID(text)) }

  /// Reads the folder as the daemon does.
  static func load(_ folder: ScratchFolder) -> Loaded {
    Settings.load(folder: folder.path, zones: FewZones())
  }

  @Test func whatIsWrittenIsWhatWasSaid() throws {
    let folder = try ScratchFolder()
    let title = "\"Kiss\" \\ it's é 💋 '''"
    let path = try ConfigurationEditor.add(
      NewRitual(
        id: Self.id("kiss"), title: title, message: "At \\u0041 the door",
        schedule: ["Mon..Fri 08:05", "Sat 10:00"],
        timezone: "Europe/Berlin", urgency: .low), to: folder.path, .init(zones: FewZones()))
    #expect(path == folder.path + "/ritual.d/kiss.toml")
    #expect(
      folder.read("ritual.d/kiss.toml") == #"""
        [ritual.kiss]
        title = "\"Kiss\" \\ it's é 💋 '''"
        message = "At \\u0041 the door"
        schedule = ["Mon..Fri 08:05", "Sat 10:00"]
        timezone = "Europe/Berlin"
        urgency = "low"

        """#)
    let ritual = try #require(Self.load(folder).configuration.rituals.first)
    #expect(ritual.title == title)
    #expect(ritual.message == "At \\u0041 the door")
    #expect(ritual.urgency == .low)
  }

  @Test("Dangerous scalars are escapes in the file, and the same scalars when it is read")
  func dangerousScalars() throws {
    let folder = try ScratchFolder()
    let title = "a\u{202e}b\u{200b}c\u{e0041}d\u{ffff}e\u{10fffe}\"\u{338}f"
    _ = try ConfigurationEditor.add(
      NewRitual(id: Self.id("x"), title: title, schedule: ["10:00"]), to: folder.path,
      .init(zones: FewZones()))
    let line = #"title = "a\u202Eb\u200Bc\U000E0041d\uFFFFe\U0010FFFE\""# + "\u{338}f\"\n"
    let text = try #require(folder.read("ritual.d/x.toml"))
    #expect(text.utf8.firstRange(of: line.utf8) != nil, "\(text)")
    let read = try #require(Self.load(folder).configuration.rituals.first?.title)
    #expect(Array(read.unicodeScalars) == Array(title.unicodeScalars))
  }

  @Test(
    "A start says from when the rule counts",
    arguments: [
      ("DTSTART:20261127T193000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-12-04", "2026-12-04T19:30:00"),
      ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-12-04T19:30", "2026-12-04T19:30:00"),
      ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-12-04", "2026-12-04"),
    ])
  func start(schedule: String, said: String, start: String) throws {
    let folder = try ScratchFolder()
    _ = try ConfigurationEditor.add(
      NewRitual(
        id: Self.id("x"), title: "X", schedule: [schedule], more: [RitualChange(key: "start", values: [said])]
      ),
      to: folder.path, .init(zones: FewZones()))
    #expect(
      folder.read("ritual.d/x.toml") == """
        [ritual.x]
        title = "X"
        schedule = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
        start = \(start)

        """)
  }

  @Test func filesAndFoldersAreTheOwnersOnlyAndNothingElseIsLeft() throws {
    let folder = try ScratchFolder()
    let inner = folder.path + "/config/ritual"
    _ = try ConfigurationEditor.add(
      NewRitual(id: Self.id("a"), title: "A", schedule: ["08:05"]), to: inner, .init(zones: FewZones()))
    #expect(folder.mode("config") == 0o700)
    #expect(folder.mode("config/ritual/ritual.d") == 0o700)
    #expect(folder.mode("config/ritual/ritual.d/a.toml") == 0o600)
    #expect(folder.names(in: "config/ritual/ritual.d") == ["a.toml"])
  }

  @Test func aTakenIDIsRefusedWithItsFile() throws {
    let folder = try ScratchFolder()
    try folder.write("[ritual.a]\ntitle='A'\nschedule='08:05'", to: "ritual.toml")
    #expect(throws: SettingsError.exists(id: try Self.id("a"), file: folder.path + "/ritual.toml")) {
      try ConfigurationEditor.add(
        NewRitual(id: try Self.id("a"), title: "A", schedule: ["08:05"]), to: folder.path,
        .init(zones: FewZones()))
    }
    #expect(folder.mode("ritual.d") == nil)
  }

  @Test func aFileThatIsThereIsNotOverwritten() throws {
    let folder = try ScratchFolder()
    try folder.write("half a [thing", to: "ritual.d/a.toml")
    #expect(throws: SettingsError.exists(id: try Self.id("a"), file: folder.path + "/ritual.d/a.toml")) {
      try ConfigurationEditor.add(
        NewRitual(id: try Self.id("a"), title: "A", schedule: ["08:05"]), to: folder.path,
        .init(zones: FewZones()))
    }
    #expect(folder.read("ritual.d/a.toml") == "half a [thing")
    #expect(folder.names(in: "ritual.d") == ["a.toml"])
  }

  @Test func whatIsNotGoodIsNotWritten() throws {
    let folder = try ScratchFolder()
    do throws(SettingsError) {
      _ = try ConfigurationEditor.add(
        NewRitual(
          id: RitualID("a") ?? { fatalError("a is an id") }(), title: "A\u{1B}[2J", schedule: ["8 o'clock"],
          timezone: "Nowhere"), to: folder.path, .init(zones: FewZones()))
      Issue.record("it was written")
    } catch {
      guard case .invalid(let problems) = error else { throw error }
      #expect(problems.map(\.key) == ["ritual.a.title", "ritual.a.schedule", "ritual.a.timezone"])
    }
    #expect(folder.mode("ritual.d") == nil)
  }

  @Test func aFolderThatCannotBeMadeIsTold() throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "ritual.d")
    #expect(
      throws: SettingsError.notWritable(path: folder.path + "/ritual.d/a.toml", reason: "Not a directory")
    ) {
      try ConfigurationEditor.add(
        NewRitual(id: try Self.id("a"), title: "A", schedule: ["08:05"]), to: folder.path,
        .init(zones: FewZones()))
    }
  }
}
