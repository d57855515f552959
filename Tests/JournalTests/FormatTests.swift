import Journal
import Rituals
import Testing

@Suite("The journal's format")
struct FormatTests {
  private let folder = TemporaryFolder()

  private func makeFolder() throws {
    // As the journal makes it.
    _ = try Journal(at: folder.path + "/state/other.sqlite")
  }

  @Test("A file of format 0, empty, is brought to the latest one and says so")
  func fromNothing() throws {
    try makeFolder()
    File.write([], to: folder.journal)
    do {
      let journal = try Journal(at: folder.journal)
      try journal.commit(Sample.changes(.due))
    }
    let other = OtherProgram(folder.journal)
    #expect(other.text("PRAGMA user_version") == "1")
    #expect(other.text("PRAGMA application_id") == "\(0x7269_7475)")
    #expect(other.text("PRAGMA integrity_check") == "ok")
  }

  @Test("A migration that was cut short leaves an empty file, which is begun again")
  func interrupted() throws {
    try makeFolder()
    // The journal mode is set before the first migration.
    do {
      let other = OtherProgram(folder.journal)
      #expect(other.text("PRAGMA journal_mode = WAL") == "wal")
    }
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(.due))
  }

  @Test("Opening again migrates nothing and changes nothing")
  func again() throws {
    do { try Journal(at: folder.journal).commit(Sample.changes(.due)) }
    let before = File.bytes(folder.journal)
    do { _ = try Journal(at: folder.journal) }
    #expect(File.bytes(folder.journal) == before)
  }

  @Test("A file of a later version is refused with what to do, and left as it is")
  func later() throws {
    do { try Journal(at: folder.journal).commit(Sample.changes(.due)) }
    do { OtherProgram(folder.journal).execute("PRAGMA user_version = 99") }
    let before = File.bytes(folder.journal)
    let error = try #require(throws: JournalError.self) { try Journal(at: folder.journal) }
    #expect(error == .tooNew(path: folder.journal, found: 99, known: 1))
    #expect(error.description.contains("install the newer version"))
    #expect(File.bytes(folder.journal) == before)
  }

  @Test(
    "Another program's database is refused and left as it is",
    arguments: [
      "CREATE TABLE recipe (id INTEGER)",
      "PRAGMA user_version = 1",
      "PRAGMA application_id = 1",
      "CREATE TABLE recipe (id INTEGER); PRAGMA user_version = 1",
    ])
  func foreign(_ sql: String) throws {
    try makeFolder()
    do { OtherProgram(folder.journal).execute(sql) }
    let before = File.bytes(folder.journal)
    let error = try #require(throws: JournalError.self) { try Journal(at: folder.journal) }
    guard case .notAJournal(_, let cause) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(cause.message.contains("another program"))
    #expect(File.bytes(folder.journal) == before)
  }
}
