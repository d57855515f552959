import CivilTime
import Rituals
import Texts

/// Reads notes. They are rarely asked for, so its statement lives no longer than it does.
struct NoteReader: ~Copyable {
  private let path: String
  private let notes: Statement
  private var texts: StoredTexts

  init(_ database: borrowing Database) throws(JournalError) {
    // The text is read apart: SQLite reads a row whole, and earlier versions set no bound to a text.
    let notes = try database.prepare(
      """
      SELECT id, at, kind, ritual, guide FROM note
      WHERE at >= ?1 AND (?2 IS NULL OR kind = ?2) AND id < ?3 ORDER BY id DESC LIMIT ?4
      """)
    path = database.path
    self.notes = notes
    texts = StoredTexts(database, table: "note", column: "text")
  }

  /// Fills a page with the latest notes of one kind or of all, not older than `since`.
  mutating func fill(
    _ page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?
  ) throws(JournalError) {
    try notes.takeRows(
      .integer(since?.microseconds ?? .min), .optional(kind?.rawValue), .integer(page.before ?? .max),
      .integer(Int64(page.room))
    ) { row throws(JournalError) in
      guard let id = row.integer(0), let at = row.instant(1), let word = row.words(2)
      else { throw .unreadableRow(of: "note", in: path) }
      let text = try texts.text(of: id, from: 0, upTo: TextBound.bytes)
      let kind = Note.Kind(rawValue: word)
      let note = Note(kind ?? .note, text.text, at: at, ritual: row.ritual(3), guide: row.words(4))
      let kept = KeptNote(
        id: id, note, unknownKind: kind == nil ? word : nil, length: text.next == nil ? nil : text.length)
      page.add(kept, number: id, size: note.size)
      return !page.isFull
    }
  }
}

extension Note {
  /// Bytes that it takes on a page: those of its words, and about as many as the rest of it has on the wire.
  var size: Int { text.utf8.count + (guide?.utf8.count ?? 0) + 200 }
}
