package import CivilTime
package import Rituals

/// A journal that can be read and not written: on a disk that is full or read-only. Nothing is written to it.
///
/// Used from one queue only; to be let go before the journal is opened for writing.
package final class StoredJournal: ReadableJournal {
  // In the order in which they are let go.
  private let reader: Reader
  let database: Database

  /// Opens what is there, if it is a journal of this version's format.
  package init(at path: String) throws(JournalError) {
    try JournalFile(path: path).look()
    // Each way needs less of the disk than the one before it; the last one sees no write-ahead log.
    let database: Database
    if let plain = try Self.attempt(path, .read) {
      database = plain
    } else if let alone = try Self.attempt(path, .readWithoutRoom) {
      database = alone
    } else {
      guard !JournalFile(path: path).hasLog else {
        throw .unusable(path: path, reason: "its write-ahead log cannot be read on this disk")
      }
      database = try Database(at: path, for: .readUnchanging)
    }
    reader = try Reader(database)
    self.database = database
  }

  /// Nil where the disk does not let it be read this way.
  private static func attempt(_ path: String, _ access: Database.Access) throws(JournalError) -> Database? {
    do throws(JournalError) {
      let database = try Database(at: path, for: access)
      _ = try database.firstInteger("SELECT count(*) FROM sqlite_schema")
      return database
    } catch {
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

  package func history(
    since: Instant? = nil, ritual: RitualID? = nil, limit: Int
  ) throws(JournalError) -> [Entry] {
    try reader.history(since: since, ritual: ritual, limit: limit)
  }

  package func notes(
    since: Instant? = nil, kind: Note.Kind? = nil, limit: Int
  ) throws(JournalError) -> [KeptNote] {
    try NoteShelf(database).notes(since: since, kind: kind, limit: limit)
  }
}
