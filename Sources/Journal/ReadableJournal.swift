package import CivilTime
package import Rituals

/// What can be read of a journal, also of one that cannot be written at present.
package protocol ReadableJournal: AnyObject {
  /// What a start at `now` carries over. `lastAccounted` is of tracked rituals only.
  func snapshot(at now: Instant) throws(JournalError) -> Snapshot

  /// Up to when each tracked ritual is accounted for at `now`, as a start at `now` would read it.
  func accounted(at now: Instant) throws(JournalError) -> [RitualID: Instant]

  /// Occurrences scheduled later than `instant` that must not come again when the clock is set back to it:
  /// all that are recorded, except those that were never shown and ended as missed. In order of their time.
  func shown(after instant: Instant) throws(JournalError) -> [Occurrence]

  /// Adds the last entries that a page has room for: of one ritual or of all, from an instant on or from the
  /// beginning. The order is the one in which they were recorded, also where the clock was set between them.
  func add(to page: inout Page<Entry>, since: Instant?, ritual: RitualID?) throws(JournalError)

  /// Adds the last notes that a page has room for: of one kind or of all, from an instant on or from the
  /// beginning. Of a long one, the beginning.
  func add(to page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?) throws(JournalError)

  /// At most `limit` bytes of a note's text from a byte on; nil where there is no such note.
  func text(ofNote id: Int64, from start: Int, upTo limit: Int) throws(JournalError) -> NotePiece?

  /// When something was written from an instant on, and of what kind, without the words.
  func noteTimes(since: Instant) throws(JournalError) -> [NoteTime]

  /// The numbers of the newest note and the newest entry; 0 where there is none.
  func newest() throws(JournalError) -> (note: Int64, entry: Int64)

  /// How often each ritual was done on each day of a span: occurrences scheduled from `since` on and before
  /// `before`, and the daily counts of its days. Days are those of `zone`.
  func done(since: Instant, before: Instant, in zone: Zone) throws(JournalError) -> [DailyCount]

  /// What each ritual was called last, where that is still known.
  func titles() throws(JournalError) -> [RitualID: String]
}

extension ReadableJournal {
  /// The last `limit` entries, oldest first: of one ritual or of all, from an instant on or from the
  /// beginning.
  package func history(
    since: Instant? = nil, ritual: RitualID? = nil, limit: Int
  ) throws(JournalError) -> [Entry] {
    var page = Page<Entry>(limit: limit)
    try add(to: &page, since: since, ritual: ritual)
    return page.elements
  }

  /// The last `limit` notes, oldest first: of one kind or of all, from an instant on or from the beginning.
  /// Of a long one, the beginning.
  package func notes(
    since: Instant? = nil, kind: Note.Kind? = nil, limit: Int
  ) throws(JournalError) -> [KeptNote] {
    var page = Page<KeptNote>(limit: limit)
    try add(to: &page, since: since, kind: kind)
    return page.elements
  }
}
