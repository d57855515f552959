import Glibc
import Rituals
import Settings
import Testing

/// Decks, guides and presets are found, and a user's own replace the program's.
struct LibraryTests {
  private static let shipped = """
    title = "Shipped"
    strategy = "growth"
    source = "A book."
    [prompts]
    a = "Who?"
    b = { text = "Where?", depth = 2, tags = ["place"] }
    """

  private func deck(_ name: String, own: String?) throws -> Library.Reading<Deck> {
    let (shipped, mine) = (try ScratchFolder(), try ScratchFolder())
    try shipped.write(Self.shipped, to: "decks/growth.toml")
    if let own { try mine.write(own, to: "decks/\(name).toml") }
    let id = try #require(ContentID(name))
    return Library(folders: [mine.path, shipped.path]).deck(id)
  }

  @Test func theShippedDeckIsReadWholeWhereThereIsNoOther() throws {
    let reading = try deck("growth", own: nil)
    let deck = try #require(reading.value)
    #expect(deck.head.title == "Shipped" && deck.head.source == "A book." && deck.head.language == "en")
    #expect(deck.prompts.map(\.id.text) == ["a", "b"])
    #expect(deck.prompts(depth: 2, tags: ["place"]).map(\.text) == ["Where?"])
    #expect(deck.prompts(depth: 1).isEmpty)
  }

  @Test func aFileOfTheSameNameReplacesIt() throws {
    let own = "title = \"Ours\"\nstrategy = \"growth\"\n[prompts]\nc = \"When?\"\n"
    let reading = try deck("growth", own: own)
    #expect(reading.value?.prompts.map(\.text) == ["When?"])
  }

  @Test func aDeckThatExtendsTheOneOfItsNameIsMergedWithIt() throws {
    let own = "extends = \"growth\"\nwithout = [\"b\"]\n[prompts]\na = \"Whoever?\"\nc = \"When?\"\n"
    let reading = try deck("growth", own: own)
    #expect(reading.problems == [])
    #expect(reading.value?.prompts.map(\.text) == ["Whoever?", "When?"])
    #expect(reading.value?.head.title == "Shipped")
  }

  @Test func aDeckOfAnotherNameMayExtendIt() throws {
    let reading = try deck("ours", own: "title = \"Ours\"\nextends = \"growth\"\n[prompts]\nc = \"When?\"\n")
    #expect(reading.value?.prompts.map(\.text) == ["Who?", "Where?", "When?"])
    #expect(reading.value?.head.title == "Ours" && reading.value?.head.strategy == .growth)
  }

  @Test func aBadFileIsToldAndTheOneThatItHidesIsUsed() throws {
    let reading = try deck("growth", own: "title = 1\n")
    #expect(reading.value?.prompts.map(\.text) == ["Who?", "Where?"])
    #expect(reading.problems.map(\.line).contains(1))
  }

  @Test func decksThatExtendOneAnotherInACircleEnd() throws {
    let folder = try ScratchFolder()
    try folder.write("title = \"A\"\nstrategy = \"growth\"\nextends = \"b\"\n", to: "decks/a.toml")
    try folder.write("title = \"B\"\nstrategy = \"growth\"\nextends = \"a\"\n", to: "decks/b.toml")
    let id = try #require(ContentID("a"))
    let reading = Library(folders: [folder.path]).deck(id)
    #expect(reading.value == nil && !reading.problems.isEmpty)
  }

  @Test func whatIsInstalledIsFoundBesideTheProgram() throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "bin/ritualctl")
    let environment = { (name: String) in name == "HOME" ? "/home/me" : nil }
    let before = Library(environment: environment, executable: folder.path + "/bin/ritualctl")
    #expect(before.folders == ["/home/me/.local/share/ritual"])
    for name in ["share", "share/ritual", "share/ritual/decks"] { mkdir("\(folder.path)/\(name)", 0o700) }
    try folder.write(Self.shipped, to: "share/ritual/decks/growth.toml")
    let after = Library(environment: environment, executable: folder.path + "/bin/ritualctl")
    #expect(after.folders == ["/home/me/.local/share/ritual", folder.path + "/share/ritual"])
    #expect(after.names.decks.map(\.text) == ["growth"])
  }

  @Test func theEnvironmentNamesOtherFolders() {
    let environment = ["XDG_DATA_HOME": "/data", "RITUAL_SHARE": "/share", "HOME": "/home/me"]
    #expect(
      Library(environment: { environment[$0] }, executable: nil).folders == ["/data/ritual", "/share"])
  }
}
