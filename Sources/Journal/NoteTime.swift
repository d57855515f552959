package import CivilTime
package import Rituals

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
