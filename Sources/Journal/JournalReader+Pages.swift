package import CivilTime
package import Rituals

/// Entries and notes, in pages and as lists. Their order is the order in which they were recorded, also where
/// the clock was set between them.
extension JournalReader {
  /// Fills a page with the latest entries of one ritual or of all, not older than `since`.
  package func fill(_ page: inout Page<Entry>, since: Instant?, ritual: RitualID?) throws(JournalError) {
    let since = Value.integer(since?.microseconds ?? .min)
    let before = Value.integer(page.before ?? .max)
    let limit = Value.integer(Int64(page.room))
    if let ritual {
      try ritualEntries.takeRows(since, before, limit, .text(ritual.text)) { row throws(JournalError) in
        try add(row, to: &page)
      }
    } else {
      try entries.takeRows(since, before, limit) { row throws(JournalError) in try add(row, to: &page) }
    }
  }

  /// Fills a page with the latest notes of one kind or of all, not older than `since`; with the beginning of
  /// each long note.
  package func fill(_ page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?) throws(JournalError) {
    var notes = try NoteReader(database)
    try notes.fill(&page, since: since, kind: kind)
  }

  /// The last `limit` entries, oldest first.
  package func history(
    since: Instant? = nil, ritual: RitualID? = nil, limit: Int
  ) throws(JournalError) -> [Entry] {
    var page = Page<Entry>(limit: limit)
    try fill(&page, since: since, ritual: ritual)
    return page.elements
  }

  /// The last `limit` notes, oldest first; the beginning of each long note.
  package func notes(
    since: Instant? = nil, kind: Note.Kind? = nil, limit: Int
  ) throws(JournalError) -> [KeptNote] {
    var page = Page<KeptNote>(limit: limit)
    try fill(&page, since: since, kind: kind)
    return page.elements
  }

  /// A part of a note's text, from a byte on and of at most `limit` bytes; nil if there is no such note.
  package func text(ofNote id: Int64, from start: Int, upTo limit: Int) throws(JournalError) -> TextPart? {
    guard try database.firstInteger("SELECT id FROM note WHERE id = \(id)") != nil else { return nil }
    var texts = StoredTexts(database, table: "note", column: "text")
    return try texts.text(of: id, from: start, upTo: limit)
  }

  /// The highest numbers of the notes and the entries; 0 if there are none.
  package func newest() throws(JournalError) -> (note: Int64, entry: Int64) {
    let note = try database.firstInteger("SELECT max(id) FROM note") ?? 0
    return (note, try database.firstInteger("SELECT max(id) FROM entry") ?? 0)
  }

  /// Returns true while the page has room for more.
  private func add(_ row: Row, to page: inout Page<Entry>) throws(JournalError) -> Bool {
    guard let occurrence = occurrence(row), let title = row.words(2), let at = row.instant(3),
      let columns = HappeningColumns(row, from: 4), let number = row.integer(11)
    else { throw unreadable("entry") }
    let entry = Entry(occurrence, title: title, at: at, columns.value)
    page.add(entry, number: number, size: entry.size)
    return !page.isFull
  }
}

extension Entry {
  /// Bytes that it takes on a page: those of its words, and about as many as the rest of it has on the wire.
  var size: Int {
    let reason =
      switch happening {
      case .undelivered(let reason): reason.utf8.count
      case .unknown(let words):
        words.happening.utf8.count + (words.reason?.utf8.count ?? 0) + (words.answerer?.utf8.count ?? 0)
      default: 0
      }
    return title.utf8.count + reason + 300
  }
}
