import DesktopRig
import Files
import Glibc
import Testing

@Suite("Files in folders where strangers write too")
struct SharedFolderTests {
  private let words = Array("BEGIN:VCALENDAR\r\nX-WORDS:ours\r\nEND:VCALENDAR\r\n".utf8)

  /// Each way in which words get into a file.
  enum Way: CaseIterable { case write, create, update }

  @Test(
    "A stranger's file is not written into, nor is the file that a stranger's link leads to",
    arguments: SharedFolder.Trap.allCases, Way.allCases)
  func traps(trap: SharedFolder.Trap, way: Way) throws {
    guard let shared = try SharedFolder(trap) else { return }
    let error = #expect(throws: FileError.self) {
      switch way {
      case .write: try AtomicFile.write(shared.path, words)
      case .create: try AtomicFile.create(shared.path, words)
      case .update:
        guard try AtomicFile.update(shared.path, upTo: 4096, { _ in words }) else { return }
      }
    }
    #expect(shared.damage == nil)
    switch (way, trap) {
    case (.write, .file), (.write, .pipe), (.update, .file): #expect(error?.cause == .foreign)
    case (.write, .deafPipe): #expect(error?.cause == .noReader)
    case (_, .linkToFile), (_, .linkToFreeName): #expect(error?.cause == .foreignLink)
    case (.create, _): #expect(error?.isTaken == true)
    case (.update, _): #expect(error?.cause == .notRegular)
    }
  }

  @Test("This user's own links are followed there, also in the middle of a path")
  func ownLinks() throws {
    let folder = try TemporaryFolder()
    for name in ["shared", "own"] { _ = try folder.makeFolder(name) }
    chmod(folder.path("shared"), 0o1777)
    symlink("../own", folder.path("shared/way"))
    symlink("way/./../own/file", folder.path("shared/link"))
    try AtomicFile.write(folder.path("shared/link"), words)
    try AtomicFile.write(folder.path("shared/way/../own/other"), words)
    #expect(folder.names(in: "own") == ["file", "other"])
    #expect(folder.names(in: "shared") == ["link", "way"])
  }

  @Test("Links that lead in a circle, and names below what is no folder, are errors")
  func noWay() throws {
    let folder = try TemporaryFolder()
    symlink("two", folder.path("one"))
    symlink("one", folder.path("two"))
    try folder.write("", to: "file")
    for (name, reason) in [
      ("one", ELOOP), ("file/name", ENOTDIR), ("missing/name", ENOENT), ("file/..//missing/x", ENOENT),
    ] {
      let error = #expect(throws: FileError.self) { try AtomicFile.write(folder.path(name), words) }
      #expect(error?.cause == .system(reason), "\(name)")
    }
    #expect(throws: FileError.self) { try AtomicFile.write("", words) }
  }

  @Test("A second name in a shared folder may be a stranger's doing: the file itself stays as it is")
  func hardLinks() throws {
    let folder = try TemporaryFolder()
    _ = try folder.makeFolder("shared")
    chmod(folder.path("shared"), 0o1777)
    try folder.write("mine", to: "file")
    link(folder.path("file"), folder.path("shared/name"))
    try AtomicFile.write(folder.path("shared/name"), words)
    #expect(folder.read("file") == "mine")
    #expect(folder.read("shared/name") == String(decoding: words, as: UTF8.self))
  }

  @Test("This user's own pipe that no program reads from does not hold the writer")
  func deafPipe() throws {
    let folder = try TemporaryFolder()
    mkfifo(folder.path("pipe"), 0o600)
    let error = #expect(throws: FileError.self) { try AtomicFile.write(folder.path("pipe"), words) }
    #expect(error?.cause == .noReader)
  }

  @Test("A socket and a device outside of /dev take no words")
  func noStream() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError.self) { try AtomicFile.write("/dev/log/none", words) }
    guard geteuid() == 0 else { return print("skipped: not root, who alone makes devices") }
    // /dev/null by another name: major 1, minor 3.
    guard mknod(folder.path("device"), S_IFCHR | 0o600, 0x103) == 0 else {
      return print("skipped: no device can be made here (\(errno))")
    }
    let error = #expect(throws: FileError.self) { try AtomicFile.write(folder.path("device"), words) }
    #expect(error?.cause == .notRegular)
    try AtomicFile.write("/dev/null", words)
  }

  @Test("It is known which files and folders other users may change")
  func writers() throws {
    let folder = try TemporaryFolder()
    _ = try folder.makeFolder("folder")
    let path = folder.path("folder")
    let writers = ForeignWriters()
    #expect(writers.clause(path) == nil && writers.clause(folder.path("missing")) == nil)
    chmod(path, 0o757)
    #expect(writers.clause(path) == "others may write in it (mode 0757)")
    chmod(path, 0o1777)
    #expect(writers.clause(path) == "others may write in it (mode 01777)")
    #expect(writers.clause(path, isOnTheWay: true) == nil)
    chmod(path, 0o700)
    guard geteuid() == 0 else { return print("skipped: not root, who alone gives files away") }
    chown(path, 12_345, 0)
    #expect(writers.clause(path) == "it belongs to another user (uid 12345)")
    #expect(writers.clause(path, isOnTheWay: true) == "it belongs to another user (uid 12345)")
    chown(path, 0, 12_345)
    chmod(path, 0o770)
    #expect(writers.clause(path) == "others may write in it (mode 0770)")
  }
}
