import CSQLite

/// The tables, and how a file comes to have them (docs/journal-schema.md).
enum Schema {
  /// `ritu` in ASCII: tells our files from other programs' databases.
  static let applicationID: Int64 = 0x7269_7475

  /// A file of format `n` has gone through the first `n` of these. Only ever added to.
  ///
  /// No list of allowed words is part of a table: SQLite could not extend it without copying the table.
  static let migrations = [
    """
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

    PRAGMA application_id = \(applicationID);
    """,
    """
    ALTER TABLE occurrence ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE occurrence ADD COLUMN nudges INTEGER NOT NULL DEFAULT 0;
    UPDATE occurrence SET due = changed WHERE outcome IS NULL;

    ALTER TABLE tracking ADD COLUMN lead INTEGER;
    ALTER TABLE tracking ADD COLUMN server TEXT;
    ALTER TABLE tracking ADD COLUMN number INTEGER;

    CREATE TABLE standing_order (
      subject TEXT NOT NULL,
      ritual TEXT NOT NULL,
      since INTEGER NOT NULL,
      until INTEGER,
      PRIMARY KEY (subject, ritual)
    ) STRICT, WITHOUT ROWID;
    """,
  ]

  /// Checks that a file is a sound journal of ours, or empty, and brings it to the latest format. A file that is
  /// refused is left as it was.
  static func prepare(_ database: borrowing Database) throws(JournalError) {
    // Titles stay out of temporary files, and a schema that someone tampered with calls no functions.
    try database.execute(
      "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    let version = try checkedVersion(of: database)
    if version > 0 { try checkIntegrity(of: database) }
    try configure(database)
    for (index, migration) in migrations.enumerated().dropFirst(version) {
      try database.transaction { () throws(JournalError) in
        try database.execute(migration)
        try database.execute("PRAGMA user_version = \(index + 1)")
      }
    }
  }

  /// The format of the file; 0 where it is empty.
  private static func checkedVersion(of database: borrowing Database) throws(JournalError) -> Int {
    let version = Int(try database.firstInteger("PRAGMA user_version") ?? 0)
    let application = try database.firstInteger("PRAGMA application_id") ?? 0
    let things = try database.firstInteger("SELECT count(*) FROM sqlite_schema") ?? 0
    if version == 0, application == 0, things == 0 { return 0 }
    guard application == applicationID, version > 0 else {
      let cause = SQLiteFailure(code: SQLITE_NOTADB, message: "it is another program's database")
      throw .notAJournal(path: database.path, cause: cause)
    }
    guard version <= migrations.count else {
      throw .tooNew(path: database.path, found: version, known: migrations.count)
    }
    return version
  }

  private static func checkIntegrity(of database: borrowing Database) throws(JournalError) {
    let answer = try database.firstText("PRAGMA integrity_check(1)") ?? "no answer"
    guard answer == "ok" else {
      throw .notAJournal(path: database.path, cause: SQLiteFailure(code: SQLITE_CORRUPT, message: answer))
    }
    if let table = try database.firstText("PRAGMA foreign_key_check") {
      let cause = SQLiteFailure(code: SQLITE_CORRUPT, message: "\(table) refers to a row that is not there")
      throw .notAJournal(path: database.path, cause: cause)
    }
    database.releaseMemory()
  }

  /// What a connection has to be told each time; the journal mode stays with the file.
  private static func configure(_ database: borrowing Database) throws(JournalError) {
    let mode = try database.firstText("PRAGMA journal_mode = WAL") ?? "no"
    guard mode == "wal" else {
      throw .unusable(
        path: database.path,
        reason: "its file system allows \(mode) journaling only; put it on one with shared memory")
    }
    // FULL: a commit is on the disk when it returns, with one fsync of the write-ahead log.
    try database.execute(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON")
  }
}
