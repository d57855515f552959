import CivilTime
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
    #expect(other.text("PRAGMA user_version") == "9")
    #expect(other.text("PRAGMA application_id") == "\(0x7269_7475)")
    #expect(other.text("PRAGMA integrity_check") == "ok")
  }

  @Test("Every table and column of it is documented")
  func documented() throws {
    let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let text = String(decoding: File.bytes("/\(tests)/docs/journal.md"), as: UTF8.self)
    let sections = text.split(separator: "\n## ")
    _ = try Journal(at: folder.journal)
    let other = OtherProgram(folder.journal)
    let tables = other.text("SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table'") ?? ""
    #expect(tables.contains("daily_count"))
    for table in tables.split(separator: ",") {
      let section = try #require(sections.first { $0.hasPrefix("`\(table)`") }, "\(table)")
      let columns = other.text("SELECT group_concat(name) FROM pragma_table_info('\(table)')") ?? ""
      #expect(!columns.isEmpty)
      for column in columns.split(separator: ",") {
        #expect(section.contains("`\(column)`"), "\(table).\(column)")
      }
    }
    let version = other.text("PRAGMA user_version") ?? ""
    for reason in Hold.Reason.allCases { #expect(text.contains("`\(reason.rawValue)`")) }
    #expect(text.contains("the format: \(version)."))
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

  @Test("A file of the first format keeps what it holds, and gets what is new")
  func fromFirst() throws {
    try makeFolder()
    do {
      let other = OtherProgram(folder.journal)
      other.execute(firstFormat)
      other.execute(
        """
        INSERT INTO occurrence
          (id, ritual, scheduled, came, title, changed, phase, outcome, server, number, until, was_shown)
        VALUES (1, 'kiss', 1000000, 1, 'Kiss', 2000000, 'closed', NULL, NULL, NULL, NULL, 1);
        INSERT INTO entry (occurrence, at, title, happening) VALUES (1, 2000000, 'Kiss', 'due');
        INSERT INTO tracking (ritual, fingerprint, since) VALUES ('kiss', 'daily', 0);
        """)
    }
    // Where it cannot be written, it is read as if it had been.
    let before = File.bytes(folder.journal)
    let stored = try JournalReader(at: folder.journal).snapshot(at: Instant(seconds: 10))
    #expect(File.bytes(folder.journal) == before)
    let journal = try Journal(at: folder.journal)
    let snapshot = try journal.reader.snapshot(at: Instant(seconds: 10))
    #expect(stored.unseeded == snapshot.unseeded)
    let occurrence = Occurrence(ritual: Sample.ritual("kiss"), scheduled: Instant(seconds: 1))
    #expect(
      snapshot.open == [
        OpenOccurrence(occurrence, title: "Kiss", phase: .closed, due: Instant(seconds: 2))
      ])
    #expect(
      snapshot.tracked == [
        Sample.ritual("kiss"): Tracking(fingerprint: "daily", since: Instant(microseconds: 0))
      ])
    #expect(try journal.reader.history(limit: 10).map(\.happening) == [.due])
  }

  /// The tables of the first format, as they were released.
  private let firstFormat = """
    PRAGMA journal_mode = WAL;
    CREATE TABLE occurrence (
      id INTEGER PRIMARY KEY,
      ritual TEXT NOT NULL,
      scheduled INTEGER NOT NULL,
      came INTEGER NOT NULL,
      title TEXT NOT NULL,
      changed INTEGER NOT NULL,
      phase TEXT,
      outcome TEXT,
      server TEXT,
      number INTEGER,
      until INTEGER,
      was_shown INTEGER NOT NULL,
      UNIQUE (ritual, scheduled),
      CHECK ((phase IS NULL) <> (outcome IS NULL)),
      CHECK ((server IS NULL) = (number IS NULL))
    ) STRICT;
    CREATE INDEX occurrence_open ON occurrence (came) WHERE outcome IS NULL;
    CREATE INDEX occurrence_scheduled ON occurrence (scheduled);
    CREATE TABLE entry (
      id INTEGER PRIMARY KEY,
      occurrence INTEGER NOT NULL REFERENCES occurrence (id),
      at INTEGER NOT NULL,
      title TEXT NOT NULL,
      happening TEXT NOT NULL,
      answerer TEXT,
      reason TEXT,
      server TEXT,
      number INTEGER,
      until INTEGER,
      count INTEGER CHECK (count > 0),
      CHECK ((server IS NULL) = (number IS NULL))
    ) STRICT;
    CREATE INDEX entry_occurrence ON entry (occurrence);
    CREATE TRIGGER entry_is_not_rewritten BEFORE UPDATE ON entry
    BEGIN SELECT raise(ABORT, 'what happened is not rewritten'); END;
    CREATE TABLE tracking (
      ritual TEXT PRIMARY KEY,
      fingerprint TEXT NOT NULL,
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    PRAGMA application_id = 1919513717;
    PRAGMA user_version = 1;
    """

  @Test("A file of a later version is refused with what to do, and left as it is")
  func later() throws {
    do { try Journal(at: folder.journal).commit(Sample.changes(.due)) }
    do { OtherProgram(folder.journal).execute("PRAGMA user_version = 99") }
    let before = File.bytes(folder.journal)
    let error = try #require(throws: JournalError.self) { try Journal(at: folder.journal) }
    #expect(error == .tooNew(path: folder.journal, found: 99, known: 9))
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
