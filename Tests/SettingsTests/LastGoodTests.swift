import CivilTime
import Glibc
import Rituals
import Settings
import Testing
import ZoneRig

@Suite("The last good configuration")
struct LastGoodTests {
  static let good = """
    [ritual.kiss]
    title = "Kiss"
    schedule = "08:05"
    [ritual.hug]
    title = "Hug"
    schedule = "18:15"
    """

  func load(_ text: String, after earlier: Loaded? = nil) -> Loaded {
    Settings.load(
      files: [(path: "ritual.toml", bytes: Array(text.utf8))], zones: TestZones.all(),
      after: earlier?.configuration)
  }

  @Test(
    "A ritual that a mistake keeps out stays as it was; a removed one goes, a changed one changes",
    arguments: [
      (
        "[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"25:00\"\n[ritual.hug]\ntitle = \"H\"\nschedule = \"18:15\"",
        ["H", "Kiss"]
      ),
      ("[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"25:00\"", ["Kiss"]),
      ("[ritual.hug]\ntitle = \"H\"\nschedule = \"18:15\"", ["H"]),
      ("[ritual.kiss\ntitle = \"Kiss\"", ["Kiss", "Hug"]),
      ("", []),
      ("ritual = 5", ["Kiss", "Hug"]),
      ("[rital.kiss]\ntitle = \"Kiss\"\nschedule = \"08:05\"", ["Kiss", "Hug"]),
      ("[ritual.Kiss]\ntitle = \"Kiss\"\nschedule = \"08:05\"", ["Kiss"]),
      ("[defalts]\nmissed = \"2h\"", []),
    ])
  func kept(text: String, titles: [String]) {
    let before = load(Self.good)
    #expect(!before.hasErrors)
    let after = load(text, after: before)
    #expect(after.configuration.rituals.map(\.title) == titles)
    #expect(after.configuration.rituals.allSatisfy { after.configuration.file(of: $0.id) == "ritual.toml" })
  }

  @Test("Thousands of files with a slip each, as after a slip in a script, keep all their rituals")
  func keptOfThousands() {
    // A search through all mistakes for each ritual would take time with the square of their number.
    let numbers = 0..<5000
    func load(_ schedule: String, after earlier: Loaded? = nil) -> Loaded {
      let files = numbers.map { number in
        let text = "[ritual.r\(number)]\ntitle = \"T\"\nschedule = \"\(schedule)\"\n"
        return (path: "ritual.d/r\(number).toml", bytes: Array(text.utf8))
      }
      return Settings.load(files: files, zones: FewZones(), after: earlier?.configuration)
    }
    let after = load("25:00", after: load("08:05"))
    #expect(after.configuration.rituals.map(\.id.text) == numbers.map { "r\($0)" })
    #expect(after.problems.count == numbers.count)
  }

  @Test("So does one in a drop-in when that folder cannot be read, and no other")
  func keptOfAFolder() throws {
    let folder = try ScratchFolder()
    try folder.write(FolderTests.ritual("kiss"), to: "ritual.d/kiss.toml")
    try folder.write(FolderTests.ritual("hug"), to: "ritual.toml")
    let before = Settings.load(folder: folder.path, zones: FewZones())
    rename(folder.path + "/ritual.d", folder.path + "/elsewhere")
    symlink("/nonexistent", folder.path + "/ritual.d")
    try folder.write("", to: "ritual.toml")
    let after = Settings.load(folder: folder.path, zones: FewZones(), after: before.configuration)
    #expect(after.configuration.rituals.map(\.id.text) == ["kiss"])
  }

  @Test(
    "What holds for all rituals stays where a mistake hides it, and the rituals of other files go by it",
    arguments: [
      "[ritual.hug", "defaults = 1",
      "[defalts]\ntimezone = \"UTC\"\n[quite]\nhours = []\n[jurnal]\nkeep = \"1y\"",
      "[defaults]\ntimezon = \"UTC\"\nmised = \"1h\"\n[quiet]\nhuors = []\n[journal]\nkep = \"1y\"",
      "[defaults]\ntimezone = \"Asia/Tokio\"\n[quiet]\nhours = \"23:00\"\n[journal]\nkeep = \"long\"",
    ])
  func ground(slip: String) throws {
    let whole = """
      [defaults]
      timezone = "Asia/Tokyo"
      missed = "always"
      [quiet]
      hours = ["21:00..06:00"]
      [journal]
      keep = "always"
      """
    func load(_ text: String, after earlier: Loaded? = nil) -> Configuration {
      Settings.load(
        files: [
          ("ritual.toml", Array(text.utf8)),
          ("ritual.d/kiss.toml", Array("[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"22:15\"".utf8)),
        ], zones: TestZones.all(), after: earlier?.configuration
      ).configuration
    }
    let before = Settings.load(
      files: [("ritual.toml", Array(whole.utf8))], zones: TestZones.all())
    #expect(!before.hasErrors)
    let after = load(slip, after: before)
    #expect(after.rituals.map(\.zone?.name) == ["Asia/Tokyo"])
    #expect(after.rituals.map(\.missed) == [.always])
    if slip != "defaults = 1" {
      #expect(after.rules == before.configuration.rules && after.keep == nil)
    }
    // A ritual that is missing without a mistake was removed.
    #expect(load("", after: before).rituals.map(\.zone?.name) == [nil])
    #expect(load("", after: before).rules == .standard)
  }

  @Test("A slip in one key leaves what the others say now")
  func otherKeys() {
    let before = load("[defaults]\ntimezone = \"Asia/Tokyo\"\nmissed = \"1h\"\n" + Self.good)
    let after = load("[defaults]\ntimezon = \"UTC\"\nmissed = \"always\"\n" + Self.good, after: before)
    #expect(after.configuration.rituals.map(\.missed) == [.always, .always])
    #expect(after.configuration.rituals.map(\.zone?.name) == ["Asia/Tokyo", "Asia/Tokyo"])
  }
}
