package import CivilTime
import Files
package import Rituals

/// The durable record of what happened: an SQLite file that one process has at a time (docs/journal.md).
///
/// Used from one queue only. It stays usable after an error: the same changes can be committed later.
package final class Journal {
  /// Reads this journal, for as long as the journal lives.
  package let reader: JournalReader
  /// The path of the copy that was kept before this opening brought the file to the present format; nil if it
  /// had that format.
  package let formerCopy: String?

  // Stored properties are destroyed in their order: the lock goes after all that uses the file.
  private let changes: ChangeStatements
  private let compactor: Compactor
  private let lock: JournalLock
  private let identity: FileIdentity?
  /// Commits since the last checkpoint.
  private var uncheckpointed = 0

  /// The database file.
  package var path: String { reader.database.path }

  /// Opens the journal at `path`, or begins a new one if there is no file.
  ///
  /// Makes the folder if it is missing. Sets the folder's mode to 0700 and the files' modes to 0600, because
  /// they hold titles. A file that is damaged or no journal stays as it is, and `JournalError.notAJournal` is
  /// thrown; `Journal.open` sets such a file aside.
  package convenience init(at path: String) throws(JournalError) {
    try Folder(of: path).prepare()
    try self.init(at: path, under: try JournalLock(of: path))
  }

  /// The same, for a caller that has the lock.
  init(at path: String, under lock: JournalLock) throws(JournalError) {
    try JournalFile(path: path).prepare()
    let database = try Database(at: path)
    formerCopy = try Schema.prepare(database)
    changes = try ChangeStatements(database)
    compactor = try Compactor(database)
    reader = try JournalReader(database)
    reader.database.allowCheckpointOnClose()
    identity = try? FileStatus(of: path).identity
    self.lock = lock
  }

  /// Copies all of the write-ahead log into the file, also into one that was moved away. SQLite does not do
  /// that by itself, and would take the log for that of the next journal in this place.
  package func emptyLog() throws(JournalError) { try reader.database.emptyLog() }

  /// True while the file is where it was opened: not moved, deleted or replaced.
  package var isInPlace: Bool { (try? FileStatus(of: path).identity) == identity }

  /// Forbids writing to the files, also on close: they are damaged, and stay as they are for a repair.
  package func forbidCheckpointOnClose() { reader.database.forbidCheckpointOnClose() }

  /// Writes changes, all or none; they are durable when this returns.
  ///
  /// An entry for an occurrence that has ended is refused (`JournalError.ended`). A missed occurrence may
  /// become due or missed again: the clock was wrong before.
  package func commit(_ changes: [Change]) throws(JournalError) {
    guard !changes.isEmpty else { return }
    try reader.database.transaction { () throws(JournalError) in
      for change in changes { try self.changes.write(change) }
    }
    uncheckpointed += 1
  }

  /// Writes changes and the state that the daemon has in memory, all or none. Only for a new journal, whose
  /// `hasRecords` is false. `alreadyHandled` are occurrences after `now` that must not become due again.
  package func commit(
    _ changes: [Change], importing snapshot: Snapshot, alreadyHandled: [Occurrence], at now: Instant
  ) throws(JournalError) {
    let stateImport = try StateImport(reader.database)
    try reader.database.transaction { () throws(JournalError) in
      for change in changes { try self.changes.write(change) }
      try stateImport.write(snapshot, alreadyHandled: alreadyHandled, at: now)
    }
    uncheckpointed += 1
  }

  /// True if any table has a row. The table of the seed does not count: a new journal has one, too.
  package func hasRecords() throws(JournalError) -> Bool {
    var tables: [String] = []
    try reader.database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'couple'")
      .forEachRow { row in tables.append(row.text(0) ?? "") }
    for table in tables where try reader.database.firstInteger("SELECT 1 FROM \"\(table)\" LIMIT 1") != nil {
      return true
    }
    return false
  }

  /// Occurrences in one call of `compact`. While it runs, a reminder waits: some milliseconds at most.
  package static let compactionBatch = 100

  /// Turns occurrences that ended before `cutoff` into daily counts, at most `limit` of them. Days are those
  /// of `zone`. Open occurrences stay, and so does the last occurrence of each ritual up to `now`. Returns
  /// the number of occurrences: fewer than `limit` if there are no more.
  package func compact(
    before cutoff: Instant, in zone: Zone, now: Instant, limit: Int
  ) throws(JournalError) -> Int {
    var count = 0
    try reader.database.transaction { () throws(JournalError) in
      count = try compactor.compact(before: cutoff, in: zone, now: now, limit: limit)
    }
    if count > 0 { uncheckpointed += 1 }
    return count
  }

  /// Copies the write-ahead log into the database file, if at least 64 commits are in the log, or any with
  /// `now`. To be called after the effects of a transition, so that no reminder waits for these disk writes.
  /// Without this call, SQLite does it in the middle of a commit now and then.
  package func checkpoint(now: Bool = false) throws(JournalError) {
    guard uncheckpointed >= (now ? 1 : Self.checkpointEvery) else { return }
    try reader.database.checkpoint()
    uncheckpointed = 0
  }

  /// Commits; about half of the pages at which SQLite makes a checkpoint by itself.
  private static let checkpointEvery = 64
}
