package import CivilTime
import Files
package import Rituals

/// What happened, durable: an SQLite file that one process has at a time (docs/journal.md).
///
/// Used from one queue only. After an error it stays usable: what could not be committed can be committed
/// later.
package final class Journal: ReadableJournal {
  // In the order in which they are let go: statements, the database, and the lock that guards it.
  private let recorder: Recorder
  private let reader: Reader
  private let compactor: Compactor
  let database: Database
  private let lock: JournalLock
  private let identity: FileIdentity?
  /// Commits since the write-ahead log was last moved into the database.
  private var gathered = 0

  /// The database file.
  package var path: String { database.path }

  /// Opens the journal at `path`, or begins one.
  ///
  /// Its folder is made where it is missing. The folder is set to mode 0700 and the files to 0600, because
  /// they hold titles. A file that is damaged or no journal is left as it is: `JournalError.notAJournal`,
  /// after which the caller may `setAside` and open again; `Journal.open` does both under one lock.
  package convenience init(at path: String) throws(JournalError) {
    try Folder(of: path).prepare()
    try self.init(at: path, under: try JournalLock(of: path))
  }

  /// The same, for one who has the lock already.
  init(at path: String, under lock: JournalLock) throws(JournalError) {
    try JournalFile(path: path).prepare()
    let database = try Database(at: path)
    try Schema.prepare(database)
    self.lock = lock
    recorder = try Recorder(database)
    reader = try Reader(database)
    compactor = try Compactor(database)
    database.settle()
    identity = try? FileStatus(of: path).identity
    self.database = database
  }

  /// Puts all that was written into a file that is not in its place any more: SQLite does not, and its log
  /// would be taken for that of the next one.
  package func leave() throws(JournalError) { try database.emptyLog() }

  /// Whether the file is where it was opened: not moved, deleted or replaced.
  package var isInPlace: Bool { (try? FileStatus(of: path).identity) == identity }

  /// Nothing is written to the files any more, also not when they are closed: they are damaged, and are
  /// evidence.
  package func abandon() { database.abandon() }

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

  /// Records changes, and makes the standing state what memory holds, all or none. Only for a journal that
  /// was begun anew: whose `holdsPast` is false.
  package func commit(
    _ changes: [Change], adopting snapshot: Snapshot, handledAhead: [Occurrence], at now: Instant
  ) throws(JournalError) {
    let adoption = try Adoption(database)
    try database.transaction { () throws(JournalError) in
      for change in changes { try recorder.record(change) }
      try adoption.adopt(snapshot, handledAhead: handledAhead, at: now)
    }
    gathered += 1
  }

  /// Whether anything was ever recorded in it. Its seed alone is no past: a new journal has one, too.
  package func holdsPast() throws(JournalError) -> Bool {
    var tables: [String] = []
    try database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'couple'")
      .forEachRow { row in tables.append(row.text(0) ?? "") }
    for table in tables where try database.firstInteger("SELECT 1 FROM \"\(table)\" LIMIT 1") != nil {
      return true
    }
    return false
  }

  /// Occurrences to compact at a time, so that a reminder waits some milliseconds at most.
  package static let compactionBatch = 100

  /// Turns occurrences that ended before `cutoff` into daily counts, at most `limit` of them, so that no
  /// write takes long. Days are those of `zone`. What is open, and the last occurrence of each ritual up to
  /// `now`, stay. Returns how many it were: fewer than `limit` when there are no more.
  package func compact(
    before cutoff: Instant, in zone: Zone, now: Instant, limit: Int
  ) throws(JournalError) -> Int {
    var count = 0
    try database.transaction { () throws(JournalError) in
      count = try compactor.compact(before: cutoff, in: zone, now: now, limit: limit)
    }
    if count > 0 { gathered += 1 }
    return count
  }

  /// What compaction has made of the past, by day, then ritual, then outcome.
  package func dailyCounts() throws(JournalError) -> [DailyCount] { try compactor.dailyCounts() }

  package func snapshot(at now: Instant) throws(JournalError) -> Snapshot {
    try reader.snapshot(at: now)
  }

  package func accounted(at now: Instant) throws(JournalError) -> [RitualID: Instant] {
    try reader.accounted(at: now)
  }

  package func shown(after instant: Instant) throws(JournalError) -> [Occurrence] {
    try reader.shown(after: instant)
  }

  package func add(
    to page: inout Page<Entry>, since: Instant?, ritual: RitualID?
  ) throws(JournalError) {
    try reader.add(to: &page, since: since, ritual: ritual)
  }

  package func add(
    to page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?
  ) throws(JournalError) {
    var shelf = try NoteShelf(database)
    try shelf.add(to: &page, since: since, kind: kind)
  }

  package func text(ofNote id: Int64, from start: Int, upTo limit: Int) throws(JournalError) -> NotePiece? {
    try NotePiece(of: id, from: start, upTo: limit, database)
  }

  package func noteTimes(since: Instant) throws(JournalError) -> [NoteTime] {
    try NoteTime.all(since: since, database)
  }

  package func newest() throws(JournalError) -> (note: Int64, entry: Int64) { try database.newest() }

  /// Moves what has gathered in the write-ahead log into the database, where it is worth it. To be called
  /// when nothing waits: after the effects of a transition, so that no reminder waits for its disk writes. If
  /// it is not called, a commit does it now and then. `now` does not wait until it is worth it.
  package func tidy(now: Bool = false) throws(JournalError) {
    guard gathered >= (now ? 1 : Self.worthTidying) else { return }
    try database.checkpoint()
    gathered = 0
  }

  /// About half of the pages at which SQLite would tidy by itself, in the middle of a commit.
  private static let worthTidying = 64
}
