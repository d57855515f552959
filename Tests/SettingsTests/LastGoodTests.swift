import CivilTime
import Rituals
import Settings
import SystemZones
import Testing

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

  func load(_ text: String) -> Loaded {
    Settings.load(files: [(path: "ritual.toml", bytes: Array(text.utf8))], zones: SystemZones())
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
    ])
  func kept(text: String, titles: [String]) {
    let before = load(Self.good)
    #expect(!before.hasErrors)
    let after = load(text).keepingGood(of: before.configuration)
    #expect(after.configuration.rituals.map(\.title) == titles)
    #expect(after.configuration.rituals.allSatisfy { after.configuration.file(of: $0.id) == "ritual.toml" })
  }
}
