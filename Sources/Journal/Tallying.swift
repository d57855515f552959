package import CivilTime
package import Rituals

/// What happened, counted for a report.
extension Journal {
  package func done(
    since: Instant, before: Instant, in zone: Zone
  ) throws(JournalError) -> [DailyCount] {
    try Tally.done(since: since, before: before, in: zone, database)
  }

  package func titles() throws(JournalError) -> [RitualID: String] { try Tally.titles(database) }
}

extension StoredJournal {
  package func done(
    since: Instant, before: Instant, in zone: Zone
  ) throws(JournalError) -> [DailyCount] {
    try Tally.done(since: since, before: before, in: zone, database)
  }

  package func titles() throws(JournalError) -> [RitualID: String] { try Tally.titles(database) }
}

extension Backlog {
  /// Occurrences that were done and wait for the disk.
  package func done(since: Instant, before: Instant, in zone: Zone) -> [DailyCount] {
    changes.compactMap { change in
      guard case .entry(let entry) = change, case .done = entry.happening,
        since <= entry.occurrence.scheduled, entry.occurrence.scheduled < before
      else { return nil }
      return DailyCount(
        day: zone.local(at: entry.occurrence.scheduled).civil.date, ritual: entry.occurrence.ritual,
        outcome: .done, count: 1)
    }
  }
}

/// Rarely asked, so its statements live no longer than a call.
private enum Tally {
  static func done(
    since: Instant, before: Instant, in zone: Zone, _ database: borrowing Database
  ) throws(JournalError) -> [DailyCount] {
    var counts: [DailyCount] = []
    let path = database.path
    try database.prepare(
      """
      SELECT ritual, scheduled FROM occurrence
      WHERE outcome = 'done' AND scheduled >= ? AND scheduled < ? ORDER BY scheduled
      """
    ).forEachRow(.integer(since.microseconds), .integer(before.microseconds)) { row throws(JournalError) in
      guard let ritual = row.text(0).flatMap({ RitualID($0) }), let scheduled = row.integer(1) else {
        throw .damaged(path, "a row of the table occurrence cannot be understood")
      }
      let day = zone.local(at: Instant(microseconds: scheduled)).civil.date
      counts.append(DailyCount(day: day, ritual: ritual, outcome: .done, count: 1))
    }
    let first = zone.local(at: since).civil.date.daysSinceEpoch
    let last = zone.local(at: before.advanced(byMicroseconds: -1)).civil.date.daysSinceEpoch
    try database.prepare(
      "SELECT day, ritual, count FROM daily_count WHERE outcome = 'done' AND day BETWEEN ? AND ? ORDER BY day"
    ).forEachRow(.integer(Int64(first)), .integer(Int64(last))) { row throws(JournalError) in
      guard let day = row.integer(0), let ritual = row.text(1).flatMap({ RitualID($0) }),
        let count = row.integer(2)
      else { throw .damaged(path, "a row of the table daily_count cannot be understood") }
      counts.append(
        DailyCount(
          day: CivilDate(daysSinceEpoch: Int(day)), ritual: ritual, outcome: .done, count: Int(count)))
    }
    return counts
  }

  static func titles(_ database: borrowing Database) throws(JournalError) -> [RitualID: String] {
    var titles: [RitualID: String] = [:]
    try database.prepare(
      "SELECT ritual, title, max(scheduled) FROM occurrence WHERE title <> '' GROUP BY ritual"
    ).forEachRow { row in
      if let ritual = row.text(0).flatMap({ RitualID($0) }) { titles[ritual] = row.text(1) }
    }
    return titles
  }
}
