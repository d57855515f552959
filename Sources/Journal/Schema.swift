import CSQLite

/// The tables, and the migrations that make them (docs/journal.md).
enum Schema {
  /// `ritu` in ASCII: distinguishes our files from other programs' databases.
  static let applicationID: Int64 = 0x7269_7475

  /// A file of format `n` has gone through the first `n` of these. New ones go to the end.
  ///
  /// A new word in any column of `Vocabulary` is a new format as well, so that an earlier version refuses the
  /// file and does not misread it. Its migration may be just a comment that names the word.
  ///
  /// The tables have no lists of allowed words: SQLite could not extend a list without copying the table.
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
    """
    CREATE TABLE daily_count (
      day INTEGER NOT NULL,
      ritual TEXT NOT NULL,
      outcome TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      PRIMARY KEY (day, ritual, outcome)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE note (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      ritual TEXT,
      guide TEXT
    ) STRICT;
    CREATE INDEX note_at ON note (at);
    """,
    """
    CREATE TABLE draw (
      deck TEXT NOT NULL,
      prompt TEXT NOT NULL,
      turn INTEGER NOT NULL CHECK (turn > 0),
      number INTEGER NOT NULL,
      PRIMARY KEY (deck, prompt)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE couple (seed INTEGER NOT NULL) STRICT;
    INSERT INTO couple (seed) VALUES (random());
    ALTER TABLE occurrence ADD COLUMN prompt TEXT;
    """,
    """
    CREATE TABLE timeout (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      since INTEGER NOT NULL,
      until INTEGER NOT NULL,
      stage TEXT NOT NULL,
      server TEXT,
      number INTEGER,
      CHECK ((server IS NULL) = (number IS NULL))
    ) STRICT;
    """,
    """
    CREATE TABLE calendar_event (
      calendar TEXT NOT NULL,
      event TEXT NOT NULL,
      ritual TEXT NOT NULL,
      gone INTEGER,
      PRIMARY KEY (calendar, event)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    ALTER TABLE occurrence ADD COLUMN was_seen INTEGER NOT NULL DEFAULT 0;
    UPDATE occurrence SET was_seen = 1
    WHERE phase IN ('shown', 'closed') OR phase = 'due' AND was_shown AND due = scheduled;
    """,
    "ALTER TABLE tracking ADD COLUMN away INTEGER;",
  ]

  /// Checks that a file is a journal or empty, and migrates it to the latest format. A refused file stays as
  /// it was. These checks are few and quick; `IntegrityCheck` does the rest. Returns the path of the copy
  /// that was kept of a file of an earlier format; nil if nothing was migrated.
  static func prepare(_ database: borrowing Database) throws(JournalError) -> String? {
    let version = try checkedVersion(of: database)
    if version > 0 { try checkSmallTables(of: database) }
    try configure(database)
    guard version < migrations.count else { return nil }
    let copy = version > 0 ? try FormerCopy.keep(of: database, format: version) : nil
    try migrate(database, from: version)
    // The file itself should say what it is, without its log. A disk may have no room for that yet.
    try? database.checkpoint()
    return copy
  }

  /// Migrates a file of format `version` to the latest one, each step in a transaction.
  static func migrate(_ database: borrowing Database, from version: Int) throws(JournalError) {
    for (index, migration) in migrations.enumerated().dropFirst(version) {
      try database.transaction { () throws(JournalError) in
        try database.execute(migration)
        try database.execute("PRAGMA user_version = \(index + 1)")
      }
    }
  }

  /// The format of the file with its log; 0 if it is empty. `JournalFile.check` has read the file alone.
  static func checkedVersion(of database: borrowing Database) throws(JournalError) -> Int {
    let version = Int(try database.firstInteger("PRAGMA user_version") ?? 0)
    let application = try database.firstInteger("PRAGMA application_id") ?? 0
    let objects = try database.firstInteger("SELECT count(*) FROM sqlite_schema") ?? 0
    if version == 0, application == 0, objects == 0 { return 0 }
    guard application == applicationID else { throw .foreign(database.path) }
    try check(version, path: database.path)
    return version
  }

  /// Throws for a format of a later version, or of none.
  static func check(_ version: Int, path: String) throws(JournalError) {
    guard version <= migrations.count else {
      guard version <= lastCredible else { throw .damaged(path, "its format is \(version)") }
      throw .tooNew(path: path, found: version, known: migrations.count)
    }
    guard version > 0 else { throw .foreign(path) }
  }

  /// No later version has a higher format: a higher number is damage.
  private static let lastCredible = 9_999

  /// Checks the small tables that a start needs whole. Files of early formats do not have all of them.
  private static func checkSmallTables(of database: borrowing Database) throws(JournalError) {
    for table in ["tracking", "standing_order"] {
      guard
        try database.firstInteger("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '\(table)'")
          == 1
      else { continue }
      let answer = try database.integrity(of: table) ?? "no answer"
      guard answer == "ok" else { throw .damaged(database.path, answer) }
    }
  }

  /// Sets what is not stored in the file, for this connection; and the journal mode, which is.
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
