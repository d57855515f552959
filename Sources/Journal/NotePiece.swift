import CSQLite
package import CivilTime
package import Rituals

/// A piece of a note's text.
package struct NotePiece: Hashable, Sendable {
  package let text: String
  /// Where the next piece begins, in bytes; nil where the text ends with this one.
  package let next: Int?

  /// Nil where there is no such note.
  init?(
    of id: Int64, from start: Int, upTo limit: Int, _ database: borrowing Database
  ) throws(JournalError) {
    var isThere = false
    try database.prepare("SELECT id FROM note WHERE id = ?").forEachRow(.integer(id)) { _ in isThere = true }
    guard isThere else { return nil }
    var texts = StoredTexts(database, table: "note", column: "text")
    let piece = try texts.text(of: id, from: start, upTo: limit)
    text = piece.part
    next = piece.next
  }
}

/// That something was written: when, and of what kind.
package struct NoteTime: Hashable, Sendable {
  package let at: Instant
  package let kind: Note.Kind

  package init(at: Instant, kind: Note.Kind) {
    self.at = at
    self.kind = kind
  }

  /// All of them from an instant on, oldest first. A kind that this version does not know is a note.
  static func all(since: Instant, _ database: borrowing Database) throws(JournalError) -> [NoteTime] {
    var all: [NoteTime] = []
    try database.prepare("SELECT at, kind FROM note WHERE at >= ? ORDER BY id")
      .forEachRow(.integer(since.microseconds)) { row in
        guard let at = row.integer(0), let word = row.text(1) else { return }
        all.append(NoteTime(at: Instant(microseconds: at), kind: Note.Kind(rawValue: word) ?? .note))
      }
    return all
  }
}

extension Database {
  /// The numbers of the newest note and the newest entry; 0 where there is none.
  func newest() throws(JournalError) -> (note: Int64, entry: Int64) {
    (
      try firstInteger("SELECT max(id) FROM note") ?? 0, try firstInteger("SELECT max(id) FROM entry") ?? 0
    )
  }
}
