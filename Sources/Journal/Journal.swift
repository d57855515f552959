package import CivilTime
package import Rituals

/// What happened, durable: an SQLite file that one process has at a time (docs/journal-schema.md).
///
/// Used from one queue only. After an error it stays usable: what could not be committed can be committed later.
package final class Journal {
  // In the order in which they are let go: statements, the database, and the lock that guards it.
  private let recorder: Recorder
  private let reader: Reader
  private let database: Database
  private let lock: JournalLock
  /// Commits since the write-ahead log was last moved into the database.
  private var gathered = 0

  /// The database file.
  package var path: String { database.path }

  /// Opens the journal at `path`, or begins one.
  ///
  /// Its folder is made where it is missing. The folder is set to mode 0700 and the files to 0600, because they
  /// hold titles. A file that is damaged or no journal is left as it is: `JournalError.notAJournal`, after which
  /// the caller may `setAside` and open again.
  package init(at path: String) throws(JournalError) {
    try Folder(of: path).prepare()
    lock = try JournalLock(of: path)
    try JournalFile(path: path).prepare()
    let database = try Database(at: path)
    try Schema.prepare(database)
    recorder = try Recorder(database)
    reader = try Reader(database)
    self.database = database
  }

  /// Records changes, all or none; they are durable when this returns. Nothing to do for an empty list.
  ///
  /// An entry for an occurrence that has ended is refused (`JournalError.ended`), but one that is missed may
  /// become due or missed again: the clock had been wrong.
  package func commit(_ changes: [Change]) throws(JournalError) {
    guard !changes.isEmpty else { return }
    try database.transaction { () throws(JournalError) in
      for change in changes { try recorder.record(change) }
    }
    gathered += 1
  }

  /// What a start at `now` carries over. `lastAccounted` is of tracked rituals only.
  package func snapshot(at now: Instant) throws(JournalError) -> Snapshot {
    try reader.snapshot(at: now)
  }

  /// Occurrences scheduled later than `instant` that must not come again when the clock is set back to it: all that
  /// are recorded, except those that were never shown and ended as missed. In order of their time.
  package func shown(after instant: Instant) throws(JournalError) -> [Occurrence] {
    try reader.shown(after: instant)
  }

  /// The last `limit` entries, oldest first: of one ritual or of all, from an instant on or from the beginning.
  /// The order is the one in which they were recorded, also where the clock was set between them.
  package func history(
    since: Instant? = nil, ritual: RitualID? = nil, limit: Int
  ) throws(JournalError) -> [Entry] {
    try reader.history(since: since, ritual: ritual, limit: limit)
  }

  /// Moves what has gathered in the write-ahead log into the database, where it is worth it. To be called when
  /// nothing waits: after the effects of a transition, so that no reminder waits for its disk writes. If it is
  /// not called, a commit does it now and then.
  package func tidy() throws(JournalError) {
    guard gathered >= Self.worthTidying else { return }
    try database.checkpoint()
    gathered = 0
  }

  /// About half of the pages at which SQLite would tidy by itself, in the middle of a commit.
  private static let worthTidying = 64
}
