import DesktopRig
import Files
import Glibc
import Testing

@Suite("The file of a program")
struct ProgramFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("It is replaced when another program has its path, and not while there is none")
  func replaced() throws {
    let path = try folder.write("old", to: "program", mode: 0o700)
    let program = ProgramFile(target: path)
    #expect(program.path == path && !program.isReplaced)
    // As a program that runs keeps its file, and so the file's number.
    let kept = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(kept) }
    unlink(path)
    #expect(!program.isReplaced)
    try folder.write("new", to: "other", mode: 0o600)
    try folder.rename("other", to: "program")
    #expect(!program.isReplaced, "it cannot be started")
    chmod(path, 0o700)
    #expect(program.isReplaced)
    #expect(!ProgramFile(target: path).isReplaced)
  }

  @Test("A file that was replaced before is known by what the kernel adds to its path")
  func before() throws {
    let path = try folder.write("new", to: "program", mode: 0o700)
    let program = ProgramFile(target: path + " (deleted)")
    #expect(program.path == path && program.isReplaced)
    let odd = try folder.write("odd", to: "program (deleted)", mode: 0o700)
    #expect(ProgramFile(target: odd).path == odd && !ProgramFile(target: odd).isReplaced)
  }

  @Test("This process knows its own")
  func own() throws {
    let program = try #require(ProgramFile())
    #expect(access(program.path, X_OK) == 0 && !program.isReplaced)
  }
}
