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

  @Test("A link that the program was started by counts: it may be led to another one")
  func link() throws {
    let old = try folder.write("old", to: "old", mode: 0o700)
    let new = try folder.write("new", to: "new", mode: 0o700)
    let path = folder.path("program")
    #expect(symlink("old", path) == 0)
    let program = ProgramFile(target: old, startedAs: path)
    #expect(program.path == path && !program.isReplaced)
    #expect(symlink("new", folder.path("link")) == 0)
    try folder.rename("link", to: "program")
    #expect(program.isReplaced)
    // What the first word of a command line says besides is not believed.
    #expect(ProgramFile(target: old, startedAs: new).path == old)
    #expect(ProgramFile(target: old, startedAs: "program").path == old)
    #expect(ProgramFile(target: folder.path("gone") + " (deleted)", startedAs: path).isReplaced)
  }

  @Test("A replacement that is written again is another one")
  func writtenAgain() throws {
    let old = try folder.write("old", to: "old", mode: 0o700)
    let path = folder.path("program")
    #expect(symlink("old", path) == 0)
    let program = ProgramFile(target: old, startedAs: path)
    unlink(path)
    try folder.write("new", to: "program", mode: 0o700)
    let first = try #require(program.replacement)
    #expect(program.replacement == first)
    // The same file, as `cp` writes it.
    try folder.write("newer", to: "program", mode: 0o700)
    #expect(program.isReplaced && program.replacement != first)
  }

  @Test("This process knows its own")
  func own() throws {
    let program = try #require(ProgramFile())
    #expect(access(program.path, X_OK) == 0 && !program.isReplaced)
  }
}
