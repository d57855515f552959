import Glibc
import Settings
import Testing

@Suite("Other users who may change the configuration")
struct ConfigurationAccessTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("", to: "ritual.toml")
    for name in ["a", "b", "c"] { try folder.write("", to: "ritual.d/\(name).toml") }
  }

  private func set(_ name: String, mode: mode_t) { chmod(folder.path + "/" + name, mode) }

  /// The warnings, without the path of the folder.
  private var told: [String] {
    Settings.accessProblems(folder: folder.path).map { problem in
      let name = problem.file.dropFirst(folder.path.count + 1)
      return "\(problem.severity) \(name): \(problem.what)"
    }
  }

  private static let end = ", and so change what you are reminded of"

  @Test(
    "No warning if only the user can change the configuration, even if others can read it, or if it is missing"
  )
  func none() {
    for name in ["ritual.toml", "ritual.d/a.toml"] { set(name, mode: 0o644) }
    set("ritual.d", mode: 0o755)
    #expect(told.isEmpty)
    #expect(Settings.accessProblems(folder: folder.path + "/none").isEmpty)
  }

  @Test("Files and folders that others may write in are told, each once")
  func writable() {
    set("ritual.toml", mode: 0o646)
    set("ritual.d/b.toml", mode: 0o602)
    set("ritual.d", mode: 0o777)
    #expect(
      told == [
        "warning ritual.d: others may write in it (mode 0777)\(Self.end)",
        "warning ritual.toml: others may write in it (mode 0646)\(Self.end)",
        "warning ritual.d/b.toml: others may write in it (mode 0602)\(Self.end)",
      ])
  }

  @Test("A folder above it counts, and the one that a link leads into, but not a sticky one")
  func above() throws {
    #expect(told.isEmpty, "/tmp is above it")
    mkdir(folder.path + "/dotfiles", 0o700)
    try folder.write("", to: "dotfiles/d.toml")
    set("dotfiles", mode: 0o707)
    symlink("../dotfiles/d.toml", folder.path + "/ritual.d/d.toml")
    #expect(told == ["warning dotfiles: others may write in it (mode 0707)\(Self.end)"])
    set("dotfiles", mode: 0o1707)
    #expect(told.isEmpty)
    set("", mode: 0o707)
    let outer = Settings.accessProblems(folder: folder.path + "/ritual.d")
    #expect(outer.map(\.file) == [folder.path])
    set("", mode: 0o700)
  }

  @Test("Files of another user cause a warning, files of root do not")
  func foreign() {
    guard geteuid() == 0 else { return print("skipped: not root, who alone gives files away") }
    chown(folder.path + "/ritual.d/c.toml", 12_345, 0)
    chown(folder.path + "/ritual.d/b.toml", 0, 12_345)
    set("ritual.d/b.toml", mode: 0o660)
    #expect(
      told == [
        "warning ritual.d/b.toml: others may write in it (mode 0660)\(Self.end)",
        "warning ritual.d/c.toml: it belongs to another user (uid 12345)\(Self.end)",
      ])
  }
}
