import CivilTime
import Rituals

/// Counts and erases parts of the past. This is rare, so statements live no longer than a call. Deleted rows
/// are overwritten (`secure_delete`); `Database.shred` removes the copies in the write-ahead log.
enum Eraser {
  private static let past =
    "outcome IS NOT NULL AND (?1 IS NULL OR ritual = ?1) AND scheduled >= ?2 AND scheduled < ?3"
  private static let notes = "(?1 IS NULL OR ritual = ?1) AND at >= ?2 AND at < ?3"
  private static let days = "(?1 IS NULL OR ritual = ?1) AND day >= ?2 AND day <= ?3"

  /// The amount that `erase` would erase. Named notes that do not exist do not count.
  static func count(
    _ forgetting: Forgetting, in zone: Zone, _ database: borrowing Database
  ) throws(JournalError) -> Forgotten {
    switch forgetting {
    case .notes(let ids):
      var found = 0
      try database.prepare("SELECT id FROM note").forEachRow { row in
        if let id = row.integer(0), ids.contains(id) { found += 1 }
      }
      return Forgotten(notes: found)
    case .past(let ritual, let since, let before):
      let span = Span(ritual, since, before)
      // One entry may represent several occurrences.
      let occurrences = """
        SELECT coalesce(sum(coalesce((
          SELECT entry.count FROM entry
          WHERE entry.occurrence = past.id AND entry.happening = past.outcome
          ORDER BY entry.id DESC LIMIT 1), 1)), 0)
        FROM occurrence AS past WHERE \(past)
        """
      let counts = "SELECT coalesce(sum(count), 0) FROM daily_count WHERE \(days)"
      return Forgotten(
        notes: try number("SELECT count(*) FROM note WHERE \(notes)", span, database),
        occurrences: try number(occurrences, span, database) + number(counts, span.days(in: zone), database))
    }
  }

  /// Erases it inside a transaction of the caller. A start at `now` or later counts from the same instants as
  /// before.
  static func erase(
    _ forgetting: Forgetting, in zone: Zone, now: Instant, _ database: borrowing Database
  ) throws(JournalError) {
    switch forgetting {
    case .notes(let ids):
      let erase = try database.prepare("DELETE FROM note WHERE id = ?")
      for id in ids.sorted() { try erase.run(.integer(id)) }
    case .past(let ritual, let since, let before):
      let span = Span(ritual, since, before)
      try database.prepare(
        """
        UPDATE tracking SET since = max(since, coalesce((
          SELECT max(scheduled) FROM occurrence
          WHERE occurrence.ritual = tracking.ritual AND scheduled <= ?), since))
        """
      ).run(.integer(now.microseconds))
      try run("DELETE FROM note WHERE \(notes)", span, database)
      try run(
        "DELETE FROM entry WHERE occurrence IN (SELECT id FROM occurrence WHERE \(past))", span, database)
      try run("DELETE FROM occurrence WHERE \(past)", span, database)
      try run("DELETE FROM daily_count WHERE \(days)", span.days(in: zone), database)
    }
  }

  /// A part of the past as parameters of the statements.
  private struct Span {
    let ritual: Value
    let since: Int64
    let before: Int64

    init(_ ritual: RitualID?, _ since: Instant?, _ before: Instant?) {
      self.init(
        ritual: .optional(ritual?.text), since: since?.microseconds ?? .min,
        before: before?.microseconds ?? .max)
    }

    private init(ritual: Value, since: Int64, before: Int64) {
      self.ritual = ritual
      self.since = since
      self.before = before
    }

    /// The same span in days, the last one included. A daily count is erased if any part of its day is in the
    /// span.
    func days(in zone: Zone) -> Span {
      let day = { (time: Int64) in
        Int64(zone.local(at: Instant(microseconds: time)).civil.date.daysSinceEpoch)
      }
      return Span(
        ritual: ritual, since: since == .min ? .min : day(since),
        before: before == .max ? .max : day(before - 1))
    }
  }

  private static func run(
    _ sql: String, _ span: Span, _ database: borrowing Database
  ) throws(JournalError) {
    try database.prepare(sql).run(span.ritual, .integer(span.since), .integer(span.before))
  }

  private static func number(
    _ sql: String, _ span: Span, _ database: borrowing Database
  ) throws(JournalError) -> Int {
    var number: Int64 = 0
    try database.prepare(sql).forEachRow(span.ritual, .integer(span.since), .integer(span.before)) { row in
      number = row.integer(0) ?? 0
    }
    return Int(number)
  }
}
