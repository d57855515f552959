import Glibc
import Rituals
import Settings
import Testing

@Suite struct FolderTests {
  static func ritual(_ id: String) -> String { "[ritual.\(id)]\ntitle = \"T\"\nschedule = \"08:05\"\n" }

  @Test func noFolderIsNoMistake() {
    let loaded = Settings.load(folder: "/nonexistent/ritual", zones: FewZones())
    #expect(loaded.problems.isEmpty)
    #expect(loaded.configuration.rituals.isEmpty)
  }

  @Test func filesAreReadInTheOrderOfTheirBytes() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.ritual("main"), to: "ritual.toml")
    for name in ["b", "a", "B", "é"] {
      try folder.write(Self.ritual("x" + String(name.utf8.first ?? 0)), to: "ritual.d/\(name).toml")
    }
    try folder.write(Self.ritual("hidden"), to: "ritual.d/.#a.toml")
    try folder.write(Self.ritual("backup"), to: "ritual.d/a.toml~")
    let loaded = Settings.load(folder: folder.path, zones: FewZones())
    #expect(loaded.problems.isEmpty)
    #expect(loaded.configuration.rituals.map(\.id.text) == ["main", "x66", "x97", "x98", "x195"])
    #expect(
      loaded.configuration.rituals.last.flatMap { loaded.configuration.file(of: $0.id) } == folder.path
        + "/ritual.d/é.toml")
  }

  @Test func whatCannotBeReadIsToldAndTheRestHolds() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.ritual("a"), to: "ritual.d/z.toml")
    mkfifo(folder.path + "/ritual.d/pipe.toml", 0o600)
    mkdir(folder.path + "/ritual.d/folder.toml", 0o700)
    symlink("loop.toml", folder.path + "/ritual.d/loop.toml")
    let loaded = Settings.load(folder: folder.path, zones: FewZones())
    #expect(loaded.configuration.rituals.count == 1)
    #expect(
      loaded.problems.map { "\($0.file.split(separator: "/").last ?? ""): \($0.what)" } == [
        "folder.toml: the file is not used: it is not a regular file",
        "loop.toml: the file is not used: Too many levels of symbolic links",
        "pipe.toml: the file is not used: it is not a regular file",
      ])
  }

  @Test func aLinkThatLeadsNowhereIsNotTakenForNoConfiguration() throws {
    let folder = try ScratchFolder()
    symlink("/nonexistent/ritual.toml", folder.path + "/ritual.toml")
    symlink("/nonexistent/ritual.d", folder.path + "/ritual.d")
    let problems = Settings.load(folder: folder.path, zones: FewZones()).problems
    #expect(problems.map { $0.file.split(separator: "/").last } == ["ritual.toml", "ritual.d"])
    let what = "the file is not used: it is a symbolic link to something that is not there"
    #expect(problems.map(\.what) == [what, what])
  }

  @Test func aNameThatIsNotUTF8IsToldAndTheRestHolds() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.ritual("a"), to: "ritual.d/z.toml")
    let path = folder.path + "/ritual.d/"
    close(creat(path.utf8CString.dropLast() + "\u{1}.toml".utf8CString.map { $0 == 1 ? -1 : $0 }, 0o600))
    let loaded = Settings.load(folder: folder.path, zones: FewZones())
    #expect(loaded.configuration.rituals.count == 1)
    #expect(
      loaded.problems.map(\.rendered) == ["\(path)\u{FFFD}.toml: the file is not used: its name is not UTF-8"]
    )
  }

  @Test func aFileWhereTheFolderOfDropInsBelongsIsTold() throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "ritual.d")
    let problems = Settings.load(folder: folder.path, zones: FewZones()).problems
    #expect(problems.map(\.what) == ["the file is not used: Not a directory"])
  }
}
