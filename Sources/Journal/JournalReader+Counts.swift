package import CivilTime
package import Rituals

/// Counts of the past, for reports. They are rarely asked for, so their statements live no longer than a
/// call.
extension JournalReader {
  /// The number of times that each ritual was done on each day of a span: occurrences scheduled from `since`
  /// on and before `before`, and the daily counts of these days. Days are those of `zone`.
  package func done(
    since: Instant, before: Instant, in zone: Zone
  ) throws(JournalError) -> [DailyCount] {
    var counts: [DailyCount] = []
    try database.prepare(
      """
      SELECT ritual, scheduled FROM occurrence
      WHERE outcome = 'done' AND scheduled >= ? AND scheduled < ? ORDER BY scheduled
      """
    ).forEachRow(.integer(since.microseconds), .integer(before.microseconds)) { row throws(JournalError) in
      guard let occurrence = occurrence(row) else { throw unreadable("occurrence") }
      counts.append(DailyCount(done: occurrence, in: zone))
    }
    let first = zone.local(at: since).civil.date.daysSinceEpoch
    let last = zone.local(at: before.advanced(byMicroseconds: -1)).civil.date.daysSinceEpoch
    return counts + (try dailyCounts(where: "outcome = 'done' AND day BETWEEN \(first) AND \(last)"))
  }

  /// All daily counts, by day, then ritual, then outcome.
  package func dailyCounts() throws(JournalError) -> [DailyCount] { try dailyCounts(where: "TRUE") }

  private func dailyCounts(where condition: String) throws(JournalError) -> [DailyCount] {
    var counts: [DailyCount] = []
    try database.prepare(
      """
      SELECT day, ritual, outcome, count FROM daily_count
      WHERE \(condition) ORDER BY day, ritual, outcome
      """
    ).forEachRow { row throws(JournalError) in
      guard let day = row.integer(0), let ritual = row.ritual(1), let outcome = row.text(2),
        let count = row.integer(3)
      else { throw unreadable("daily_count") }
      counts.append(
        DailyCount(
          day: CivilDate(daysSinceEpoch: Int(day)), ritual: ritual, outcome: Outcome(rawValue: outcome),
          count: Int(count)))
    }
    return counts
  }

  /// The last title of each ritual, of those that have one in the journal.
  package func titles() throws(JournalError) -> [RitualID: String] {
    var titles: [RitualID: String] = [:]
    try database.prepare(
      "SELECT ritual, title, max(scheduled) FROM occurrence WHERE title <> '' GROUP BY ritual"
    ).forEachRow { row in
      if let ritual = row.ritual(0) { titles[ritual] = row.text(1) }
    }
    return titles
  }

  /// The time and kind of each note from an instant on, oldest first, without the words. A kind of a later
  /// version counts as a note.
  package func noteTimes(since: Instant) throws(JournalError) -> [NoteTime] {
    var times: [NoteTime] = []
    try database.prepare("SELECT at, kind FROM note WHERE at >= ? ORDER BY id")
      .forEachRow(.integer(since.microseconds)) { row in
        guard let at = row.instant(0), let word = row.text(1) else { return }
        times.append(NoteTime(at: at, kind: Note.Kind(rawValue: word) ?? .note))
      }
    return times
  }
}

/// The time and kind of a note.
package struct NoteTime: Hashable, Sendable {
  package let at: Instant
  package let kind: Note.Kind
}

extension DailyCount {
  /// An occurrence that was done, as a count of one.
  init(done occurrence: Occurrence, in zone: Zone) {
    self.init(
      day: zone.local(at: occurrence.scheduled).civil.date, ritual: occurrence.ritual, outcome: .done,
      count: 1)
  }
}
