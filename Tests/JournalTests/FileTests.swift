import Glibc
import Journal
import Rituals
import Testing

@Suite("The journal's file")
struct FileTests {
  private let folder = TemporaryFolder()

  @Test("Is private from the beginning, with all that is beside it, whatever the modes were")
  func modes() throws {
    // As another program, or a copy, may have left them.
    mkdir(folder.path + "/state", 0o755)
    File.write([], to: folder.journal, mode: 0o644)
    File.write([], to: folder.journal + "-wal", mode: 0o664)
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(.due))
    #expect(File.mode(folder.path + "/state") == 0o700)
    let names = TemporaryFolder.names(in: folder.path + "/state")
    #expect(names == ["", "-shm", "-wal", ".lock"].map { "journal.sqlite" + $0 })
    for name in names { #expect(File.mode(folder.path + "/state/" + name) == 0o600, "\(name)") }
    withExtendedLifetime(journal) {}
  }

  @Test("Missing folders are made, private too")
  func folders() throws {
    let path = folder.path + "/home//.local/state/ritual/journal.sqlite"
    _ = try Journal(at: path)
    #expect(File.mode(folder.path + "/home/.local/state/ritual") == 0o700)
    #expect(File.mode(folder.path + "/home/.local") == 0o700)
  }

  struct Obstacle: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let says: String
    let prepare: @Sendable (_ folder: String) -> String
  }

  @Test(
    "What cannot be a journal's place is refused, and left as it is",
    arguments: [
      Obstacle(testDescription: "a folder where the file should be", says: "it is a folder") { folder in
        mkdir(folder + "/journal.sqlite", 0o700)
        return folder + "/journal.sqlite"
      },
      Obstacle(testDescription: "a symbolic link", says: "symbolic link") { folder in
        File.write([1, 2, 3], to: folder + "/elsewhere")
        symlink(folder + "/elsewhere", folder + "/journal.sqlite")
        return folder + "/journal.sqlite"
      },
      Obstacle(testDescription: "a symbolic link to nothing", says: "symbolic link") { folder in
        symlink(folder + "/nowhere", folder + "/journal.sqlite")
        return folder + "/journal.sqlite"
      },
      Obstacle(testDescription: "a pipe, which would block", says: "not a regular file") { folder in
        mkfifo(folder + "/journal.sqlite", 0o600)
        return folder + "/journal.sqlite"
      },
      Obstacle(testDescription: "a file where the folder should be", says: "the folder cannot be opened") {
        folder in
        File.write([1, 2, 3], to: folder + "/state")
        return folder + "/state/journal.sqlite"
      },
      Obstacle(testDescription: "a folder that everybody shares", says: "everybody shares") { folder in
        mkdir(folder + "/shared", 0o777)
        chmod(folder + "/shared", 0o1777)
        return folder + "/shared/journal.sqlite"
      },
      // Not even root can make a folder there.
      Obstacle(testDescription: "a folder that nobody can write", says: "cannot be made") { _ in
        "/proc/ritual/journal.sqlite"
      },
      Obstacle(testDescription: "no folder of a file system for files", says: "cannot be made private") { _ in
        "/proc/self/journal.sqlite"
      },
    ])
  func refused(_ obstacle: Obstacle) throws {
    let path = obstacle.prepare(folder.path)
    let names = TemporaryFolder.names(in: folder.path)
    let error = try #require(throws: JournalError.self) { try Journal(at: path) }
    guard case .unusable = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains(obstacle.says), "\(error)")
    #expect(!error.isTemporary)
    #expect(TemporaryFolder.names(in: folder.path).filter { !$0.hasSuffix(".lock") } == names)
    if File.exists(folder.path + "/elsewhere") {
      #expect(File.bytes(folder.path + "/elsewhere") == [1, 2, 3])
    }
  }

  @Test("A second process is refused and told who has it; afterwards it is free")
  func second() throws {
    do {
      let journal = try Journal(at: folder.journal)
      let error = try #require(throws: JournalError.self) { try Journal(at: folder.journal) }
      #expect(error == .inUse(path: folder.journal, process: getpid()))
      #expect(error.description.contains("process \(getpid())"))
      #expect(throws: JournalError.inUse(path: folder.journal, process: getpid())) {
        try Journal.setAside(folder.journal, at: Sample.evening)
      }
      try journal.commit(Sample.changes(.due))
    }
    #expect(try Journal(at: folder.journal).reader.history(limit: 9).count == 1)
  }

  @Test(
    "Other programs can read it meanwhile; one that keeps writing holds up a commit, which can be repeated")
  func others() throws {
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(.due))
    let other = OtherProgram(folder.journal)
    #expect(other.text("SELECT title FROM entry") == "Goodbye kiss")
    #expect(other.text("PRAGMA journal_mode") == "wal")

    other.execute("BEGIN IMMEDIATE")
    let error = try #require(throws: JournalError.self) {
      try journal.commit(Sample.changes(.shown(Sample.notification)))
    }
    guard case .busy = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.isTemporary)
    other.execute("ROLLBACK")
    try journal.commit(Sample.changes(.shown(Sample.notification)))
    #expect(other.text("SELECT phase FROM occurrence") == "shown")
  }

  @Test("What happened is not rewritten, also not by others")
  func appendOnly() throws {
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(.due))
    let other = OtherProgram(folder.journal)
    #expect(other.execute("UPDATE entry SET title = 'x'") != 0)
    #expect(try journal.reader.history(limit: 1).map(\.title) == ["Goodbye kiss"])
  }
}
