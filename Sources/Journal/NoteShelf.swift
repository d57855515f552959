import CSQLite
import CivilTime
import Rituals
import Texts

/// Reads notes. Rarely asked, so its statement lives no longer than it does.
struct NoteShelf: ~Copyable {
  private let path: String
  private let notes: Statement
  private var texts: StoredTexts

  init(_ database: borrowing Database) throws(JournalError) {
    // Without the text: a row would be read whole, and an earlier version set no bound to it.
    let notes = try database.prepare(
      """
      SELECT id, at, kind, ritual, guide FROM note
      WHERE at >= ?1 AND (?2 IS NULL OR kind = ?2) AND id < ?3 ORDER BY id DESC LIMIT ?4
      """)
    path = database.path
    self.notes = notes
    texts = StoredTexts(database, table: "note", column: "text")
  }

  /// Adds the notes of one kind or of all, from an instant on, that have room on a page.
  mutating func add(
    to page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?
  ) throws(JournalError) {
    try notes.takeRows(
      .integer(since?.microseconds ?? .min), .optional(kind?.rawValue), .integer(page.before ?? .max),
      .integer(Int64(page.room))
    ) { row throws(JournalError) in
      guard let id = row.integer(0), let at = row.integer(1), let word = row.words(2)
      else { throw .damaged(path, "a row of the table note cannot be understood") }
      let text = try texts.text(of: id, from: 0, upTo: TextBound.bytes)
      let kind = Note.Kind(rawValue: word)
      let note = Note(
        kind ?? .note, text.part, at: Instant(microseconds: at), ritual: row.text(3).flatMap { RitualID($0) },
        guide: row.words(4))
      let kept = KeptNote(
        id: id, note, unknownKind: kind == nil ? word : nil, length: text.next == nil ? nil : text.length)
      page.add(kept, number: id, size: note.size)
      return !page.isFull
    }
  }
}

extension Note {
  /// Bytes that it takes on a page: its words, and about as much as the rest of it has on the wire.
  var size: Int { text.utf8.count + (guide?.utf8.count ?? 0) + 200 }
}
