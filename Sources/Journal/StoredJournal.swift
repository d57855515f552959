package import CivilTime
package import Rituals

/// A journal that can be read and not written: on a disk that is full or read-only. Nothing is written to it.
///
/// Used from one queue only; to be let go before the journal is opened for writing.
package final class StoredJournal: ReadableJournal {
  // In the order in which they are let go.
  private let reader: Reader
  let database: Database

  /// Opens what is there, if it is a journal of this version's format, or of an earlier one: of that, a copy
  /// in memory is brought to the present format.
  package init(at path: String) throws(JournalError) {
    try JournalFile(path: path).look()
    let database = try Self.present(Self.database(path))
    reader = try Reader(database)
    self.database = database
  }

  private static func present(_ found: consuming Database) throws(JournalError) -> Database {
    let version = try Schema.checkedVersion(of: found)
    guard version > 0 else { throw .foreign(found.path) }
    guard version < Schema.migrations.count else { return found }
    let copy = try Database(copying: found)
    try Schema.migrate(copy, from: version)
    return copy
  }

  /// Whether there is nothing at `path` that a journal begun anew could lose. No, too, where that cannot be
  /// seen.
  package static func isUnbegun(at path: String) -> Bool {
    let file = JournalFile(path: path)
    // The disk may have become full when the first tables were on their way: they are in no part of the log
    // that counts.
    guard file.hasLog, (try? file.look()) != nil else { return file.isUnbegun }
    return (try? database(path).firstInteger("SELECT count(*) FROM sqlite_schema")) == 0
  }

  /// Each way needs less of the disk than the one before it; the last one sees no write-ahead log.
  private static func database(_ path: String) throws(JournalError) -> Database {
    if let plain = try Self.attempt(path, .read) { return plain }
    if let alone = try Self.attempt(path, .readWithoutRoom) { return alone }
    guard !JournalFile(path: path).hasLog else {
      throw .unusable(path: path, reason: "its write-ahead log cannot be read on this disk")
    }
    return try Database(at: path, for: .readUnchanging)
  }

  /// Nil where the disk does not let it be read this way. A file that another program has locked is read in
  /// no way: what is in it may be half of a change.
  private static func attempt(_ path: String, _ access: Database.Access) throws(JournalError) -> Database? {
    do throws(JournalError) {
      let database = try Database(at: path, for: access)
      _ = try database.firstInteger("SELECT count(*) FROM sqlite_schema")
      return database
    } catch {
      if case .busy = error { throw error }
      guard error.isTemporary else { throw error }
      return nil
    }
  }

  package func snapshot(at now: Instant) throws(JournalError) -> Snapshot { try reader.snapshot(at: now) }

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
}
