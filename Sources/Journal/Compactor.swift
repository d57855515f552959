import CivilTime
import Rituals

/// Makes daily counts of what is long past; its statements are prepared once. Always inside a transaction.
struct Compactor: ~Copyable {
  private let path: String
  private let find: Statement
  private let count: Statement
  private let forget: Statement
  private let remove: Statement
  private let counts: Statement

  init(_ database: borrowing Database) throws(JournalError) {
    // All are made before any is kept: a half-made value cannot be thrown away.
    // The last one of each ritual stays: a start counts on from it, and it must not come again.
    let find = try database.prepare(
      """
      SELECT id, ritual, scheduled, outcome, coalesce((
        SELECT entry.count FROM entry
        WHERE entry.occurrence = past.id AND entry.happening = past.outcome ORDER BY entry.id DESC LIMIT 1), 1)
      FROM occurrence AS past
      WHERE scheduled < ?1 AND changed < ?1 AND outcome IS NOT NULL AND EXISTS (
        SELECT 1 FROM occurrence AS later
        WHERE later.ritual = past.ritual AND later.scheduled > past.scheduled AND later.scheduled <= ?2)
      ORDER BY scheduled LIMIT ?3
      """)
    let count = try database.prepare(
      """
      INSERT INTO daily_count (day, ritual, outcome, count) VALUES (?, ?, ?, ?)
      ON CONFLICT (day, ritual, outcome) DO UPDATE SET count = count + excluded.count
      """)
    let forget = try database.prepare("DELETE FROM entry WHERE occurrence = ?")
    let remove = try database.prepare("DELETE FROM occurrence WHERE id = ?")
    let counts = try database.prepare(
      "SELECT day, ritual, outcome, count FROM daily_count ORDER BY day, ritual, outcome")
    path = database.path
    self.find = find
    self.count = count
    self.forget = forget
    self.remove = remove
    self.counts = counts
  }

  /// Compacts at most `limit` occurrences; returns how many there were.
  func compact(
    before cutoff: Instant, in zone: Zone, now: Instant, limit: Int
  ) throws(JournalError) -> Int {
    var past: [(row: Int64, ritual: String, scheduled: Int64, outcome: String, count: Int64)] = []
    try find.forEachRow(
      .integer(cutoff.microseconds), .integer(now.microseconds), .integer(Int64(max(limit, 0)))
    ) { row throws(JournalError) in
      guard let id = row.integer(0), let ritual = row.text(1), let scheduled = row.integer(2),
        let outcome = row.text(3), let count = row.integer(4)
      else { throw .damaged(path, "a row of the table occurrence cannot be understood") }
      past.append((id, ritual, scheduled, outcome, count))
    }
    for item in past {
      let day = zone.local(at: Instant(microseconds: item.scheduled)).civil.date.daysSinceEpoch
      try count.run(
        .integer(Int64(day)), .text(item.ritual), .text(item.outcome), .integer(item.count))
      try forget.run(.integer(item.row))
      try remove.run(.integer(item.row))
    }
    return past.count
  }

  func dailyCounts() throws(JournalError) -> [DailyCount] {
    var all: [DailyCount] = []
    try counts.forEachRow { row throws(JournalError) in
      guard let day = row.integer(0), let ritual = row.text(1).flatMap({ RitualID($0) }),
        let outcome = row.text(2), let count = row.integer(3)
      else { throw .damaged(path, "a row of the table daily_count cannot be understood") }
      all.append(
        DailyCount(
          day: CivilDate(daysSinceEpoch: Int(day)), ritual: ritual, outcome: Outcome(rawValue: outcome),
          count: Int(count)))
    }
    return all
  }
}
