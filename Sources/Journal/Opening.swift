package import CivilTime
package import Rituals

extension Journal {
  /// A journal that is open, and what was found in it.
  package struct Opening {
    package let journal: Journal
    /// What a start carries over; empty where the journal is new.
    package let snapshot: Snapshot
    /// Occurrences later than now that must not come again.
    package let handledAhead: [Occurrence]
    /// What was in its place and had to go.
    package let displaced: Displaced?
  }

  /// Opens the journal at `path`, or begins one, for a start at `now`. A file that is damaged, or another program's,
  /// is set aside and a new journal begun; one of a later version is refused and left as it was. Of several
  /// processes one has the lock, and the others touch nothing.
  ///
  /// What is read here is what a start needs; `IntegrityCheck` looks at all the rest, which takes too long here. A file
  /// in which that has found `damage` is set aside unread.
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
      let displaced = Displaced(path: path, aside: try moveAway(path, at: now), cause: cause)
      return try open(at: path, under: lock, now: now, displaced: displaced)
    }
  }

  private static func open(
    at path: String, under lock: JournalLock, now: Instant, displaced: Displaced?
  ) throws(JournalError) -> Opening {
    let journal = try Journal(at: path, under: lock)
    do throws(JournalError) {
      return Opening(
        journal: journal, snapshot: try journal.snapshot(at: now),
        handledAhead: try journal.shown(after: now), displaced: displaced)
    } catch {
      journal.abandon()
      throw error
    }
  }
}
