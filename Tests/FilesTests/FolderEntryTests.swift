import DesktopRig
import Files
import Glibc
import Testing

@Suite("Names in folders")
struct FolderEntryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Each is known by its bytes and its kind, and is removed by them")
  func entries() throws {
    _ = try folder.makeFolder("folder")
    try folder.write("", to: "file")
    symlink("folder", folder.path("link"))
    let odd = (Array(folder.path("").utf8) + [0xff, 0]).map { CChar(truncatingIfNeeded: $0) }
    close(open(odd, O_CREAT | O_CLOEXEC, 0o600))
    let entries = try FolderEntry.all(in: folder.path)
    #expect(Set(entries.filter(\.isFolder).map(\.path)) == [folder.path("folder")])
    #expect(Set(entries.filter(\.isLink).map(\.path)) == [folder.path("link")])
    let last = try #require(entries.first { $0.name == [0xff] })
    #expect(last.path == folder.path("\u{fffd}") && entries.count == 4)
    try last.remove()
    #expect(throws: FileError(folder.path("folder"), .system(EISDIR))) {
      try entries.first { $0.isFolder }?.remove()
    }
    #expect(folder.names(in: ".") == ["file", "folder", "link"])
  }

  @Test("Names by their endings are sorted, and hidden ones are left out")
  func suffix() throws {
    for name in ["b.ics", "a.ics", ".c.ics", "a.txt"] { try folder.write("", to: name) }
    #expect(try FolderEntry.names(in: folder.path, suffix: ".ics") == ["a.ics", "b.ics"])
    #expect(throws: FileError(folder.path("none"), .system(ENOENT))) {
      _ = try FolderEntry.all(in: folder.path("none"))
    }
  }

  @Test("A program is found by its name in the first folder that has it, and by its path")
  func programs() throws {
    for name in ["one", "two"] { _ = try folder.makeFolder(name) }
    try folder.write("", to: "one/tool", mode: 0o600)
    try folder.write("", to: "two/tool", mode: 0o700)
    let search = folder.path("one") + ":" + folder.path("two")
    #expect(Programs.path(of: "tool", in: search) == folder.path("two/tool"))
    #expect(Programs.path(of: folder.path("two/tool")) == folder.path("two/tool"))
    #expect(Programs.path(of: folder.path("one/tool")) == nil && Programs.path(of: "none", in: search) == nil)
  }
}
