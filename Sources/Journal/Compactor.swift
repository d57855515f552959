import CivilTime
import Rituals

/// Turns occurrences of the long past into daily counts, inside a transaction of the caller. Its statements
/// are prepared once.
final class Compactor {
  private let path: String
  private let findPast: Statement
  private let addCount: Statement
  private let deleteEntries: Statement
  private let deleteOccurrence: Statement

  init(_ database: borrowing Database) throws(JournalError) {
    // The last occurrence of each ritual stays: a start continues from it, and it must not become due again.
    findPast = try database.prepare(
      """
      SELECT id, ritual, scheduled, outcome, coalesce((
        SELECT entry.count FROM entry
        WHERE entry.occurrence = past.id AND entry.happening = past.outcome
        ORDER BY entry.id DESC LIMIT 1), 1)
      FROM occurrence AS past
      WHERE scheduled < ?1 AND changed < ?1 AND outcome IS NOT NULL AND EXISTS (
        SELECT 1 FROM occurrence AS later
        WHERE later.ritual = past.ritual AND later.scheduled > past.scheduled AND later.scheduled <= ?2)
      ORDER BY scheduled LIMIT ?3
      """)
    addCount = try database.prepare(
      """
      INSERT INTO daily_count (day, ritual, outcome, count) VALUES (?, ?, ?, ?)
      ON CONFLICT (day, ritual, outcome) DO UPDATE SET count = count + excluded.count
      """)
    deleteEntries = try database.prepare("DELETE FROM entry WHERE occurrence = ?")
    deleteOccurrence = try database.prepare("DELETE FROM occurrence WHERE id = ?")
    path = database.path
  }

  /// Compacts at most `limit` occurrences. Returns their number.
  func compact(
    before cutoff: Instant, in zone: Zone, now: Instant, limit: Int
  ) throws(JournalError) -> Int {
    var past: [(row: Int64, ritual: String, scheduled: Int64, outcome: String, count: Int64)] = []
    try findPast.forEachRow(
      .integer(cutoff.microseconds), .integer(now.microseconds), .integer(Int64(max(limit, 0)))
    ) { row throws(JournalError) in
      guard let id = row.integer(0), let ritual = row.text(1), let scheduled = row.integer(2),
        let outcome = row.text(3), let count = row.integer(4)
      else { throw .unreadableRow(of: "occurrence", in: path) }
      past.append((id, ritual, scheduled, outcome, count))
    }
    for item in past {
      let day = zone.local(at: Instant(microseconds: item.scheduled)).civil.date.daysSinceEpoch
      try addCount.run(
        .integer(Int64(day)), .text(item.ritual), .text(item.outcome), .integer(item.count))
      try deleteEntries.run(.integer(item.row))
      try deleteOccurrence.run(.integer(item.row))
    }
    return past.count
  }
}
