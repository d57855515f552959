import DesktopRig
import Files
import Glibc
import Testing

@Suite("Files that others write too")
struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func status(_ name: String) throws -> stat {
    var status = stat()
    try #require(lstat(folder.path(name), &status) == 0, "\(name)")
    return status
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// Each way of changing a file, from "before" to "after".
  enum Way: CaseIterable { case update, replace, write }

  private func change(_ name: String, by way: Way) throws {
    switch way {
    case .update:
      let isWritten = try AtomicFile.update(folder.path(name), upTo: 100, of: .anyone) {
        $0 == bytes("before") ? bytes("after") : nil
      }
      #expect(isWritten)
    case .replace:
      #expect(
        try AtomicFile.replace(
          folder.path(name), of: .anyone, ifStill: bytes("before"), with: bytes("after")))
    case .write: try AtomicFile.write(folder.path(name), bytes("after"))
    }
  }

  @Test(
    "A change keeps the file's permissions and owner, and leaves nothing beside it", arguments: Way.allCases)
  func keeps(way: Way) throws {
    try folder.write("before", to: "file", mode: 0o640)
    if geteuid() == 0, way != .write { chown(folder.path("file"), 12, 34) }
    try change("file", by: way)
    let after = try status("file")
    #expect(folder.read("file") == "after")
    #expect(after.st_mode & 0o7777 == 0o640)
    if geteuid() == 0, way != .write { #expect(after.st_uid == 12 && after.st_gid == 34) }
    #expect(folder.names(in: ".") == ["file"])
  }

  @Test("A symbolic link stays one, also one to a link: what it leads to is written", arguments: Way.allCases)
  func links(way: Way) throws {
    _ = try folder.makeFolder("dotfiles")
    try folder.write("before", to: "dotfiles/file", mode: 0o640)
    symlink("dotfiles/file", folder.path("one"))
    symlink("one", folder.path("two"))
    try change("two", by: way)
    #expect(try status("two").st_mode & S_IFMT == S_IFLNK)
    #expect(try status("one").st_mode & S_IFMT == S_IFLNK)
    #expect(folder.read("dotfiles/file") == "after")
    #expect(folder.names(in: "dotfiles") == ["file"])
  }

  @Test("A file with two names keeps both", arguments: Way.allCases)
  func hardLinks(way: Way) throws {
    try folder.write("before, and longer", to: "file", mode: 0o640)
    try folder.write("before", to: "file", mode: 0o640)
    link(folder.path("file"), folder.path("other"))
    try change("file", by: way)
    #expect(folder.read("other") == "after")
    #expect(try status("file").st_ino == status("other").st_ino)
    #expect(folder.names(in: ".") == ["file", "other"])
  }

  @Test("A new file is made through a link that leads nowhere yet, and replaces no other file")
  func creates() throws {
    symlink("target", folder.path("link"))
    try AtomicFile.create(folder.path("link"), bytes("new"))
    #expect(folder.read("target") == "new")
    #expect(try status("link").st_mode & S_IFMT == S_IFLNK)
    #expect(try status("target").st_mode & 0o777 == 0o600)
    let error = #expect(throws: FileError.self) { try AtomicFile.create(folder.path("link"), bytes("other")) }
    #expect(error?.isTaken == true)
    #expect(folder.read("target") == "new")
    #expect(folder.names(in: ".") == ["link", "target"])
  }

  @Test("A save of another program between reading and writing is kept: the change is made to it")
  func update() throws {
    try folder.write("a", to: "file")
    var asked: [String] = []
    let isWritten = try AtomicFile.update(folder.path("file"), upTo: 100) { bytes in
      asked.append(String(decoding: bytes, as: UTF8.self))
      if asked.count == 1 {
        try folder.write("b", to: "new")
        try folder.rename("new", to: "file")
      }
      return bytes + self.bytes("!")
    }
    #expect(isWritten)
    #expect(asked == ["a", "b"])
    #expect(folder.read("file") == "b!")
    #expect(folder.names(in: ".") == ["file"])
  }

  @Test(
    "A file that has changed since it was read stays, and so does one that a program has open for writing")
  func refuses() throws {
    try folder.write("other", to: "file")
    let path = folder.path("file")
    #expect(try !AtomicFile.replace(path, ifStill: bytes("before"), with: bytes("after")))
    #expect(try !AtomicFile.remove(path, ifStill: bytes("before")))
    #expect(folder.read("file") == "other")
    let writer = open(path, O_WRONLY | O_CLOEXEC)
    #expect(try !AtomicFile.replace(path, ifStill: bytes("other"), with: bytes("after")))
    #expect(try !AtomicFile.remove(path, ifStill: bytes("other")))
    let error = #expect(throws: FileError.self) {
      _ = try AtomicFile.update(path, upTo: 100) { _ in self.bytes("after") }
    }
    #expect(error?.cause == .beingWritten)
    close(writer)
    #expect(try AtomicFile.remove(path, ifStill: bytes("other")))
    #expect(folder.names(in: ".").isEmpty)
  }

  @Test("A change waits for a program that is writing, as long as its patience lasts")
  func patience() async throws {
    try folder.write("a", to: "file")
    let path = folder.path("file")
    let writer = open(path, O_WRONLY | O_CLOEXEC)
    let looks = try OpeningWatch(path)
    let change = Task.detached {
      try AtomicFile.update(path, upTo: 100, patience: 60_000) { $0 + Array("!".utf8) }
    }
    // It has looked, found the writer, and looks again.
    try await looks.next()
    try await looks.next()
    pwrite(writer, "b", 1, 0)
    close(writer)
    #expect(try await change.value)
    #expect(folder.read("file") == "b!")
  }

  @Test("The next change removes what a crash left an hour ago, and nothing else")
  func sweeps() throws {
    try folder.write("before", to: "file")
    let old = timespec(tv_sec: time(nil) - 3700, tv_nsec: 0)
    // Only a file's mtime can be set; its ctime is now.
    for name in [".ritual-1.tmp", ".ritual-notes"] {
      try folder.write("left", to: name)
      utimensat(AT_FDCWD, folder.path(name), [old, old], 0)
    }
    try change("file", by: .update)
    #expect(folder.names(in: ".") == [".ritual-1.tmp", ".ritual-notes", "file"])
    AtomicFile.sweep(folder.path("."), now: time(nil) + 3700)
    #expect(folder.names(in: ".") == [".ritual-notes", "file"])
  }

  @Test("A file that cannot be read or written says why")
  func errors() throws {
    _ = try folder.makeFolder("folder")
    symlink("nowhere", folder.path("broken"))
    for (name, reason) in [
      ("none", "No such file or directory"), ("folder", "it is not a regular file"),
      ("broken", "it is a symbolic link to something that is not there"),
    ] {
      let error = #expect(throws: FileError.self) { try FileContents(of: folder.path(name), upTo: 100) }
      #expect(error?.reason == reason)
    }
    #expect(throws: FileError.self) { try AtomicFile.write(folder.path("folder"), []) }
    #expect(folder.names(in: ".") == ["broken", "folder"])
  }

  @Test("A file is read to one byte over the bound at most", arguments: [0, 1, 99, 100, 101, 5000])
  func bound(size: Int) throws {
    try folder.write(Array(repeating: 7, count: size), to: "file")
    #expect(try FileContents(of: folder.path("file"), upTo: 100).bytes.count == min(size, 101))
  }
}
