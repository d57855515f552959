import Glibc
import Rituals
import Settings
import Testing

/// A text, and the text without the ritual `x`.
struct Cut: Sendable, CustomTestStringConvertible {
  let why: String
  let before: String
  /// Nil: the removal is refused, and nothing changes.
  let after: String?

  var testDescription: String { why }

  init(_ why: String, _ before: String, _ after: String?) {
    self.why = why
    self.before = before
    self.after = after
  }

  static let table: [Cut] = [
    Cut(
      "between two others, with the blank line after it",
      "# mine\n[ritual.a]\ntitle = \"A\" # dear\n\n[ritual.x]\ntitle = \"X\"\nschedule = [\n  \"08:05\",\n]\n\n# of b\n[ritual.b]\ntitle=1\n",
      "# mine\n[ritual.a]\ntitle = \"A\" # dear\n\n# of b\n[ritual.b]\ntitle=1\n"),
    Cut("the last one, without a line's end", "[ritual.a]\na=1\n[ritual.x]\ntitle=1", "[ritual.a]\na=1\n"),
    Cut("comments inside go, those after it stay", "[ritual.x] # x\n# in\na=1\n# after\n", "# after\n"),
    Cut(
      "CRLF and a byte order mark stay", "\u{FEFF}[ritual.x]\r\na=1\r\n\r\n[ritual.y]\r\na=1\r\n",
      "\u{FEFF}[ritual.y]\r\na=1\r\n"),
    Cut(
      "its inner tables go wherever they stand",
      "[ritual.x]\na=1\n[ritual.y]\nb=1\n[ritual.x.nudge]\nc=1\n[[ritual.x.l]]\nd=1\n[[ritual.x.l]]\n[quiet]\n",
      "[ritual.y]\nb=1\n[quiet]\n"),
    Cut(
      "as dotted keys", "ritual.x.a=1\nritual.y.a=1\nritual.x.b=\"\"\"\n[ritual.y]\n\"\"\"\n",
      "ritual.y.a=1\n"),
    Cut("as a value under [ritual]", "[ritual]\nx = {a=1}\ny = {a=1}\n", "[ritual]\ny = {a=1}\n"),
    Cut(
      "a text that looks like a header is none",
      "[ritual.x]\na=\"\"\"\n[ritual.y]\n\"\"\"\n[ritual.z]\nb=2\n", "[ritual.z]\nb=2\n"),
    Cut("an indented header", "  [ritual.x]\n  a=1\n  [ritual.y]\n  a=1\n", "  [ritual.y]\n  a=1\n"),
    Cut("an empty table", "[ritual.x]\n[ritual.y]\n", "[ritual.y]\n"),
    Cut("a quoted header", "[ritual.\"x\"]\na=1\n[\"ritual\".'y']\na=1\n", "[\"ritual\".'y']\na=1\n"),
    Cut("inside braces with others: refused", "ritual = {x={a=1},y={a=1}}\n", nil),
  ]
}

@Suite struct RemovalTests {
  static let x = RitualID("x")
  static var world: ConfigurationEditor.Context { ConfigurationEditor.Context(zones: FewZones()) }

  @Test(arguments: Cut.table) func keepsEveryOtherByte(_ cut: Cut) throws {
    let folder = try ScratchFolder()
    try folder.write(cut.before, to: "ritual.toml")
    let removed = try? ConfigurationEditor.remove(try #require(Self.x), from: folder.path, Self.world)
    #expect(removed == (cut.after == nil ? nil : folder.path + "/ritual.toml"))
    #expect(folder.read("ritual.toml").map { Array($0.utf8) } == Array((cut.after ?? cut.before).utf8))
    #expect(folder.names(in: ".") == ["ritual.toml"])
    #expect(folder.mode("ritual.toml") == 0o640)
  }

  @Test func aDropInThatHoldsNothingElseIsDeleted() throws {
    let folder = try ScratchFolder()
    try folder.write("# by me\n[ritual.x]\ntitle='X'\n", to: "ritual.d/x.toml")
    #expect(
      try ConfigurationEditor.remove(try #require(Self.x), from: folder.path, Self.world) == folder.path
        + "/ritual.d/x.toml")
    #expect(folder.names(in: "ritual.d") == [])
  }

  @Test func ritualTomlIsEmptiedAndNotDeleted() throws {
    let folder = try ScratchFolder()
    try folder.write("# by me\n[ritual.x]\ntitle='X'\n", to: "ritual.toml")
    _ = try ConfigurationEditor.remove(try #require(Self.x), from: folder.path, Self.world)
    #expect(folder.read("ritual.toml") == "# by me\n")
  }

  @Test func aSymbolicLinkStaysOne() throws {
    let folder = try ScratchFolder()
    try folder.write("[ritual.x]\na=1\n[ritual.y]\na=1\n", to: "dotfiles/ritual.toml")
    symlink("dotfiles/ritual.toml", folder.path + "/ritual.toml")
    _ = try ConfigurationEditor.remove(try #require(Self.x), from: folder.path, Self.world)
    #expect(folder.read("dotfiles/ritual.toml") == "[ritual.y]\na=1\n")
    #expect(folder.mode("ritual.toml") == 0o777)
  }

  @Test func aRitualWithMistakesIsRemovedWhateverIsWrongElsewhere() throws {
    let folder = try ScratchFolder()
    try folder.write("[ritual.a\n", to: "ritual.toml")
    try folder.write("[ritual.x]\ntitle=1\nschedule='Mon..Fry 08:06'\n", to: "ritual.d/x.toml")
    #expect(
      try ConfigurationEditor.remove(try #require(Self.x), from: folder.path, Self.world) == folder.path
        + "/ritual.d/x.toml")
    #expect(folder.names(in: "ritual.d") == [])
  }

  @Test func aFileThatIsNotTOMLIsNeverTouchedAndItsMistakeIsTheAnswer() throws {
    let folder = try ScratchFolder()
    let broken = "[ritual.x]\ntitle = \"X\nschedule"
    try folder.write(broken, to: "ritual.toml")
    try folder.write("[ritual.xy]\na=1\n", to: "ritual.d/a.toml")
    let x = try #require(Self.x)
    do throws(SettingsError) {
      _ = try ConfigurationEditor.remove(x, from: folder.path, Self.world)
      Issue.record("it was removed")
    } catch {
      guard case .unreadable(let problems) = error else { throw error }
      #expect(problems.map(\.line) == [2])
    }
    #expect(folder.read("ritual.toml") == broken)
  }

  @Test func aNearNameIsToldWhereNoFileThatIsNotTOMLHasTheIdItself() throws {
    let folder = try ScratchFolder()
    try folder.write("[ritual.other]\ntitle = \"X\nschedule", to: "ritual.toml")
    try folder.write("[ritual.kisses]\na=1\n", to: "ritual.d/a.toml")
    let id = try #require(RitualID("kissse"))
    #expect(throws: SettingsError.unknown(id: id, suggestion: "kisses")) {
      try ConfigurationEditor.remove(id, from: folder.path, Self.world)
    }
  }
}
