import CSQLite
import CivilTime
import Rituals

/// Reads notes. Rarely asked, so its statement lives no longer than it does.
struct NoteShelf: ~Copyable {
  private let path: String
  private let notes: Statement

  init(_ database: borrowing Database) throws(JournalError) {
    let notes = try database.prepare(
      """
      SELECT id, at, kind, text, ritual, guide FROM note
      WHERE at >= ?1 AND (?2 IS NULL OR kind = ?2) ORDER BY id DESC LIMIT ?3
      """)
    path = database.path
    self.notes = notes
  }

  /// The last `limit` notes, oldest first, of one kind or of all.
  func notes(since: Instant?, kind: Note.Kind?, limit: Int) throws(JournalError) -> [KeptNote] {
    var all: [KeptNote] = []
    try notes.forEachRow(
      .integer(since?.microseconds ?? .min), .optional(kind?.rawValue), .integer(Int64(max(limit, 0)))
    ) { row throws(JournalError) in
      guard let id = row.integer(0), let at = row.integer(1), let word = row.text(2), let text = row.text(3)
      else { throw .damaged(path, "a row of the table note cannot be understood") }
      let kind = Note.Kind(rawValue: word)
      let note = Note(
        kind ?? .note, text, at: Instant(microseconds: at), ritual: row.text(4).flatMap { RitualID($0) },
        guide: row.text(5))
      all.append(KeptNote(id: id, note, unknownKind: kind == nil ? word : nil))
    }
    return all.reversed()
  }
}
