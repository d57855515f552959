package import CivilTime
package import Rituals

extension Journal {
  /// An open journal, and what was found at its path.
  package struct Opening {
    package let journal: Journal
    /// The state that a start carries over; empty for a new journal.
    package let snapshot: Snapshot
    /// Occurrences later than now that must not become due again.
    package let alreadyHandled: [Occurrence]
    /// The file that was set aside; nil if none was.
    package let displaced: DisplacedJournal?
  }

  /// Opens the journal at `path` for a start at `now`, or begins a new one. A file that is damaged or another
  /// program's is set aside, and a new journal begun. A file of a later version is refused and stays as it
  /// is. Of several processes one has the lock, and the others touch nothing.
  ///
  /// Only what a start needs is read here; `IntegrityCheck` reads the rest later. If it has found `damage`,
  /// the file is set aside unread.
  package static func open(
    at path: String, now: Instant, settingAside damage: SQLiteFailure? = nil
  ) throws(JournalError) -> Opening {
    try Folder(of: path).prepare()
    let lock = try JournalLock(of: path)
    do throws(JournalError) {
      if let damage { throw .notAJournal(path: path, cause: damage) }
      return try open(at: path, under: lock, now: now, displaced: nil)
    } catch {
      guard case .notAJournal(_, let cause) = error else { throw error }
      let displaced = DisplacedJournal(path: path, aside: try moveAway(path, at: now), cause: cause)
      return try open(at: path, under: lock, now: now, displaced: displaced)
    }
  }

  private static func open(
    at path: String, under lock: JournalLock, now: Instant, displaced: DisplacedJournal?
  ) throws(JournalError) -> Opening {
    let journal = try Journal(at: path, under: lock)
    do throws(JournalError) {
      return Opening(
        journal: journal, snapshot: try journal.reader.snapshot(at: now),
        alreadyHandled: try journal.reader.shown(after: now), displaced: displaced)
    } catch {
      journal.forbidCheckpointOnClose()
      throw error
    }
  }
}
