import Rituals
import Settings
import Testing

@Suite("Keys and tables that this version does not know")
struct UnknownKeyTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let why: String
    let text: String
    /// The reported key, and its place.
    let key: String
    let place: String
    /// The key that was probably meant.
    let meant: String?

    var testDescription: String { why }
  }

  /// One for each table of the configuration.
  static let rows = [
    Row(why: "a table", text: "[habit.walk]\ntitle = \"Walk\"", key: "habit", place: "1:2", meant: nil),
    Row(why: "a misspelt table", text: "[quite]\nhours = []", key: "quite", place: "1:2", meant: "quiet"),
    Row(
      why: "the defaults", text: "[defaults]\ncolour = 1", key: "defaults.colour", place: "2:1", meant: nil),
    Row(
      why: "nudges", text: "[defaults]\nnudge = { evry = \"5m\" }", key: "defaults.nudge.evry", place: "2:11",
      meant: "every"),
    Row(
      why: "quiet times", text: "[quiet]\nhuors = []", key: "quiet.huors", place: "2:1", meant: "hours"),
    Row(why: "discretion", text: "[discreet]\nwen = []", key: "discreet.wen", place: "2:1", meant: "when"),
    Row(
      why: "the journal", text: "[journal]\nretain = \"1y\"", key: "journal.retain", place: "2:1", meant: nil),
    Row(
      why: "a calendar", text: "[calendar.us]\nvdir = \"/x\"\npublsh = []", key: "calendar.us.publsh",
      place: "3:1", meant: "publish"),
    Row(
      why: "a ritual",
      text: "[ritual.hug]\ntitle = \"Hug\"\nschedule = \"08:05\"\nmesage = \"m\"\nhue = 1",
      key: "ritual.hug.mesage", place: "4:1", meant: "message"),
  ]

  static let kiss = "\n[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"22:15\"\n"

  @Test("They are warnings, each with its place, and everything else holds", arguments: rows)
  func warns(row: Row) throws {
    let bare = SettingsTests.load(Self.kiss)
    let loaded = SettingsTests.load(row.text + Self.kiss)
    let problem = try #require(loaded.problems.first)
    #expect(problem.severity == .warning && problem.isUnknownKey)
    #expect(problem.key == row.key)
    #expect("\(problem.line):\(problem.column)" == row.place)
    #expect(problem.suggestion == row.meant)
    #expect(problem.rendered.contains(": warning: \(row.key): unknown "), "\(problem.rendered)")
    #expect(!loaded.hasErrors)
    let ids = loaded.configuration.rituals.map(\.id.text)
    #expect(ids == (row.key.hasPrefix("ritual.") ? ["hug", "kiss"] : ["kiss"]))
    #expect(loaded.configuration.calendars.count == (row.key.hasPrefix("calendar.") ? 1 : 0))
    #expect(loaded.configuration.defaults == bare.configuration.defaults)
    #expect(loaded.configuration.rules == bare.configuration.rules)
  }

  @Test("An unknown value of a known key is an error as before, and keeps its ritual out")
  func values() {
    let loaded = SettingsTests.load(Self.kiss + "urgency = \"hihg\"\nmesage = \"m\"\n")
    #expect(loaded.problems.map(\.severity) == [.error, .warning])
    #expect(loaded.configuration.rituals.isEmpty)
  }

  @Test("Decks, guides and presets of a later version are used without what is new in them")
  func content() throws {
    let folder = try ScratchFolder()
    let head = "title = \"T\"\nstrategy = \"growth\"\nmood = \"calm\"\n"
    try folder.write(head + "[prompts]\na = { text = \"Why?\", mood = \"calm\" }\n", to: "decks/d.toml")
    try folder.write(head + "[[step]]\ntitle = \"One\"\ntext = \"Talk.\"\nsound = 1\n", to: "guides/g.toml")
    try folder.write(head + Self.kiss + "hue = 1\n", to: "presets/p.toml")
    let library = Library(folders: [folder.path])
    let id = { try #require(ContentID($0)) }
    #expect(library.deck(try id("d")).value?.prompts.map(\.text) == ["Why?"])
    #expect(library.guide(try id("g")).value?.steps.map(\.title) == ["One"])
    #expect(library.presets(zones: FewZones()).flatMap(\.rituals).map(\.ritual.id.text) == ["kiss"])
    let problems = library.check(zones: FewZones())
    let keys = ["mood", "prompts.a.mood", "mood", "step.1.sound", "mood", "ritual.kiss.hue"]
    #expect(problems.map(\.key) == keys)
    #expect(problems.allSatisfy { $0.severity == .warning })
  }

  @Test(
    "What is not there may be hidden by a slip in a table's name, and by no other unknown word",
    arguments: [
      ("[ritaul.hug]\ntitle = \"Hug\"", false), ("[calender.us]\nvdir = \"/x\"", false),
      ("[habit.walk]", true), ("[quite]", true), ("[defaults]\ncolour = 1", true),
      ("[ritual.hug]\ntitle = \"Hug\"\nschedule = \"08:05\"\nmesage = \"m\"", true),
      ("[ritual.hug]\ntitle = \"Hug\"", false),
    ])
  func complete(text: String, isComplete: Bool) {
    #expect(SettingsTests.load(text).isComplete == isComplete)
  }

  @Test(
    "What cannot be taken back waits while a table is not wholly understood",
    arguments: [
      ("[journal]\nkeep = \"1y\"", true), ("[journal]\nkeep = \"1y\"\nretain = \"always\"", false),
      ("[jurnal]\nkeep = \"always\"", false), ("[habit.walk]", true), ("[journal]\nkeep = 1", false),
      ("[defaults]\ncolour = 1", true),
    ])
  func certain(text: String, isCertain: Bool) {
    #expect(SettingsTests.load(text).isCertain(of: "journal") == isCertain)
  }

  @Test("A ritual whose `private` is misspelt is private: words that were shown cannot be taken back")
  func privacy() {
    let slip = SettingsTests.load(Self.kiss + "privat = true\n")
    #expect(slip.configuration.rituals.map(\.isPrivate) == [true])
    let other = SettingsTests.load(Self.kiss + "hue = true\n")
    #expect(other.configuration.rituals.map(\.isPrivate) == [false])
  }

  @Test("A file of nothing else has its warnings bounded, and no error made of them")
  func bounded() {
    let text = (0..<5_000).map { "zz\($0) = 1\n" }.joined()
    let loaded = SettingsTests.load(text)
    #expect(loaded.problems.count == 1_001)
    #expect(!loaded.hasErrors)
  }
}
