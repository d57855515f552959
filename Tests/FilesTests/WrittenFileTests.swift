import DesktopRig
import Files
import Glibc
import Testing

@Suite("Files that are written whatever they held")
struct WrittenFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func mode(_ name: String) -> mode_t? {
    (try? FileStatus(of: folder.path(name)))?.mode
  }

  private func kind(_ name: String) -> mode_t? {
    var status = stat()
    return lstat(folder.path("\(name)"), &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  @Test(
    "A file is replaced as a whole, also behind a link, and keeps its mode; a new one is its user's alone")
  func replaced() throws {
    try AtomicFile.write(folder.path("new"), Array("new".utf8))
    #expect(folder.read("new") == "new" && mode("new") == 0o600)
    try folder.write("old", to: "old", mode: 0o640)
    symlink(folder.path("old"), folder.path("link"))
    try AtomicFile.write(folder.path("link"), Array("new".utf8))
    #expect(folder.read("old") == "new" && mode("old") == 0o640)
    #expect(kind("link") == S_IFLNK)
    try AtomicFile.write(folder.path("old"), Array("newer".utf8))
    #expect(folder.read("link") == "newer" && mode("old") == 0o640)
  }

  @Test("A named pipe is written into and stays one, also behind a link")
  func pipe() throws {
    mkfifo(folder.path("pipe"), 0o600)
    symlink(folder.path("pipe"), folder.path("link"))
    let reader = open(folder.path("pipe"), O_RDWR | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    for name in ["pipe", "link"] {
      try AtomicFile.write(folder.path("\(name)"), Array("words".utf8))
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = read(reader, &buffer, buffer.count)
      #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "words", "\(name)")
    }
    #expect(kind("pipe") == S_IFIFO && kind("link") == S_IFLNK)
  }

  @Test("A device stays one, and the error says why it refuses")
  func device() throws {
    symlink("/dev/full", folder.path("full"))
    let path = folder.path("full")
    let error = #expect(throws: FileError.self) { try AtomicFile.write(path, Array("words".utf8)) }
    #expect(error?.description.contains("No space left on device") == true)
    #expect(kind("full") == S_IFLNK)
  }

  @Test("A file that this process has open is written into at its end, by its name in /dev")
  func opened() throws {
    try folder.write("first ", to: "file")
    let file = Glibc.open(folder.path("file"), O_WRONLY | O_CLOEXEC)
    defer { close(file) }
    try AtomicFile.write("/dev/fd/\(file)", Array("second".utf8))
    #expect(folder.read("file") == "first second")
  }

  @Test("A folder is left as it is")
  func folders() throws {
    mkdir(folder.path("folder"), 0o700)
    let path = folder.path("folder")
    #expect(throws: FileError.self) { try AtomicFile.write(path, []) }
    #expect(kind("folder") == S_IFDIR)
  }
}
