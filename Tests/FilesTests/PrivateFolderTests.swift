import DesktopRig
import Files
import Glibc
import Testing

@Suite("Folders of Ritual's own")
struct PrivateFolderTests {
  @Test("A file is written whole, private, and read again")
  func written() throws {
    let home = try TemporaryFolder()
    let folder = try PrivateFolder(home.path("state/guides"), isMade: true)
    try folder.write("a", Array("one".utf8))
    try folder.write("a", Array("two".utf8))
    #expect(try folder.read("a", upTo: 100) == Array("two".utf8))
    #expect(home.names(in: "state/guides") == ["a"])
    var status = stat()
    #expect(stat(home.path("state/guides/a"), &status) == 0 && status.st_mode & 0o777 == 0o600)
    folder.remove("a")
    #expect(home.names(in: "state/guides") == [])
  }

  @Test("A link in the place of a file is replaced, and what it leads to stays as it is")
  func linkToFile() throws {
    let home = try TemporaryFolder()
    try home.write("mine", to: "bashrc")
    let folder = try PrivateFolder(home.path("guides"), isMade: true)
    try #require(symlink(home.path("bashrc"), home.path("guides/a")) == 0)
    #expect(throws: FileError(home.path("guides/a"), .link)) { _ = try folder.read("a", upTo: 100) }
    try folder.write("a", Array("words".utf8))
    #expect(try FileContents(of: home.path("bashrc"), upTo: 100).bytes == Array("mine".utf8))
    #expect(try folder.read("a", upTo: 100) == Array("words".utf8))
  }

  @Test("A link in the place of the folder is refused")
  func linkToFolder() throws {
    let home = try TemporaryFolder()
    _ = try home.makeFolder("elsewhere")
    try #require(symlink(home.path("elsewhere"), home.path("guides")) == 0)
    #expect(throws: FileError(home.path("guides"), .link)) {
      _ = try PrivateFolder(home.path("guides"), isMade: true)
    }
    #expect(home.names(in: "elsewhere") == [])
  }

  @Test("A pipe is refused at once")
  func pipe() throws {
    let home = try TemporaryFolder()
    let folder = try PrivateFolder(home.path("guides"), isMade: true)
    try #require(mkfifo(home.path("guides/a"), 0o600) == 0)
    #expect(throws: FileError(home.path("guides/a"), .notRegular)) { _ = try folder.read("a", upTo: 100) }
  }
}
