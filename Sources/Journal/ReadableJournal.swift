package import CivilTime
package import Rituals

/// What can be read of a journal, also of one that cannot be written at present.
package protocol ReadableJournal: AnyObject {
  /// What a start at `now` carries over. `lastAccounted` is of tracked rituals only.
  func snapshot(at now: Instant) throws(JournalError) -> Snapshot

  /// Up to when each tracked ritual is accounted for at `now`, as a start at `now` would read it.
  func accounted(at now: Instant) throws(JournalError) -> [RitualID: Instant]

  /// Occurrences scheduled later than `instant` that must not come again when the clock is set back to it: all that
  /// are recorded, except those that were never shown and ended as missed. In order of their time.
  func shown(after instant: Instant) throws(JournalError) -> [Occurrence]

  /// The last `limit` entries, oldest first: of one ritual or of all, from an instant on or from the beginning.
  /// The order is the one in which they were recorded, also where the clock was set between them.
  func history(since: Instant?, ritual: RitualID?, limit: Int) throws(JournalError) -> [Entry]

  /// The last `limit` notes, oldest first: of one kind or of all, from an instant on or from the beginning.
  func notes(since: Instant?, kind: Note.Kind?, limit: Int) throws(JournalError) -> [KeptNote]

  /// How often each ritual was done on each day of a span: occurrences scheduled from `since` on and before `before`, and
  /// the daily counts of its days. Days are those of `zone`.
  func done(since: Instant, before: Instant, in zone: Zone) throws(JournalError) -> [DailyCount]

  /// What each ritual was called last, where that is still known.
  func titles() throws(JournalError) -> [RitualID: String]
}
