package import CivilTime
package import Rituals

/// What happened, durable: an SQLite file that one process has at a time (docs/journal-schema.md).
///
/// Used from one queue only. After an error it stays usable: what could not be committed can be committed later.
package final class Journal {
  /// The database file.
  package let path: String

  /// Opens the journal at `path`, or begins one.
  ///
  /// Its folder is made where it is missing. The folder is set to mode 0700 and the files to 0600, because they
  /// hold titles. A file that is damaged or no journal is left as it is: `JournalError.notAJournal`, after which
  /// the caller may `setAside` and open again.
  package init(at path: String) throws(JournalError) {
    self.path = path
  }

  /// Records changes, all or none; they are durable when this returns. Nothing to do for an empty list.
  package func commit(_ changes: [Change]) throws(JournalError) {
    throw .unusable(path: path, reason: "not implemented yet")
  }

  /// What a start at `now` carries over.
  package func snapshot(at now: Instant) throws(JournalError) -> Snapshot {
    throw .unusable(path: path, reason: "not implemented yet")
  }

  /// Occurrences scheduled later than `instant` that must not come again when the clock is set back to it: all that
  /// are recorded, except those that were never shown and ended as missed. In order of their time.
  package func shown(after instant: Instant) throws(JournalError) -> [Occurrence] {
    throw .unusable(path: path, reason: "not implemented yet")
  }

  /// The last `limit` entries, oldest first: of one ritual or of all, from an instant on or from the beginning.
  package func history(
    since: Instant? = nil, ritual: RitualID? = nil, limit: Int
  ) throws(JournalError) -> [Entry] {
    throw .unusable(path: path, reason: "not implemented yet")
  }

  /// Moves what has gathered in the write-ahead log into the database, where it is worth it. To be called when
  /// nothing waits: after the effects of a transition, so that no reminder waits for its disk writes.
  package func tidy() throws(JournalError) {}

  /// Moves a damaged journal out of the way, with its `-wal` and `-shm`, to names that carry `now` in UTC, as in
  /// `journal.sqlite.damaged-20261127-193000`. Nothing is deleted or overwritten. Returns the database's new path.
  package static func setAside(_ path: String, at now: Instant) throws(JournalError) -> String {
    throw .unusable(path: path, reason: "not implemented yet")
  }
}
