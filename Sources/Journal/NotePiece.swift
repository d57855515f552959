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
