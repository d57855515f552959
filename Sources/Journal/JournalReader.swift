import CSQLite
package import CivilTime
package import Rituals

/// Reads a journal: the one that `Journal` writes, or a file that this process cannot write at present.
///
/// Used from one queue only. Its statements are prepared once.
package final class JournalReader {
  // Stored properties are destroyed in this order: statements before their database.
  private let openOccurrences: Statement
  private let trackings: Statement
  private let orders: Statement
  private let draws: Statement
  private let seed: Statement
  private let timeout: Statement
  private let eventNames: Statement
  private let laterOccurrences: Statement
  private let latestShowings: Statement
  let entries: Statement
  let ritualEntries: Statement
  let database: Database

  /// Takes over a database that has the tables of the present format.
  init(_ database: consuming Database) throws(JournalError) {
    openOccurrences = try database.prepare(
      """
      SELECT ritual, scheduled, title, due, phase, server, number, until, nudges, prompt, was_seen
      FROM occurrence WHERE outcome IS NULL ORDER BY came
      """)
    // The latest occurrence of each ritual is one lookup in the index, however long the history is. A wrong
    // clock wrote an occurrence as missed later than now, or before its time: it does not count.
    trackings = try database.prepare(
      """
      SELECT ritual, fingerprint, since, lead, server, number, (
        SELECT scheduled FROM occurrence
        WHERE occurrence.ritual = tracking.ritual AND scheduled <= ?1
          AND NOT (outcome IS 'missed' AND NOT was_shown AND (changed > ?1 OR changed < scheduled))
        ORDER BY scheduled DESC LIMIT 1), away
      FROM tracking
      """)
    orders = try database.prepare(
      "SELECT subject, ritual, since, until FROM standing_order ORDER BY since, subject, ritual")
    // The latest draw comes last.
    draws = try database.prepare("SELECT deck, prompt, turn FROM draw ORDER BY number")
    seed = try database.prepare("SELECT seed FROM couple")
    timeout = try database.prepare("SELECT since, until, stage, server, number FROM timeout")
    eventNames = try database.prepare("SELECT calendar, event, ritual, gone FROM calendar_event")
    laterOccurrences = try database.prepare(
      """
      SELECT ritual, scheduled FROM occurrence
      WHERE scheduled > ? AND (outcome IS NOT 'missed' OR was_shown) ORDER BY scheduled, ritual
      """)
    latestShowings = try database.prepare(
      """
      SELECT server, number FROM entry WHERE happening = 'shown' ORDER BY id DESC LIMIT ?
      """)
    entries = try database.prepare(Self.entries(where: "entry.at >= ?1 AND entry.id < ?2", limit: "?3"))
    ritualEntries = try database.prepare(
      Self.entries(where: "entry.at >= ?1 AND entry.id < ?2 AND occurrence.ritual = ?4", limit: "?3"))
    self.database = database
  }

  private static func entries(where condition: String, limit: String) -> String {
    """
    SELECT ritual, scheduled, entry.title, at, happening, answerer, reason,
      entry.server, entry.number, entry.until, count, entry.id
    FROM entry JOIN occurrence ON occurrence.id = entry.occurrence
    WHERE \(condition) ORDER BY entry.id DESC LIMIT \(limit)
    """
  }

  /// The state that a start at `now` carries over. `lastAccounted` has tracked rituals only.
  package func snapshot(at now: Instant) throws(JournalError) -> Snapshot {
    var snapshot = Snapshot()
    try openOccurrences.forEachRow { row throws(JournalError) in
      guard let occurrence = occurrence(row), let title = row.words(2), let due = row.instant(3),
        let nudges = row.integer(8)
      else { throw unreadable("occurrence") }
      let phase = PhaseColumns(row, from: 4).value
      if phase == nil { snapshot.unknownWords.insert("occurrence.phase") }
      // An unknown phase counts as due: better a second notification than none.
      snapshot.open.append(
        OpenOccurrence(
          occurrence, title: title, phase: phase ?? .due, due: due, nudges: Int(nudges),
          prompt: row.text(9).flatMap { ContentID($0) }, wasSeen: row.integer(10) == 1))
    }
    try trackings.forEachRow(.integer(now.microseconds)) { row throws(JournalError) in
      guard let ritual = row.ritual(0), let fingerprint = row.text(1), let since = row.instant(2)
      else { throw unreadable("tracking") }
      let lead = row.instant(3).map {
        Lead(scheduled: $0, notification: NotificationID(row.text(4), row.integer(5)))
      }
      snapshot.tracked[ritual] = Tracking(
        fingerprint: fingerprint, since: since, lead: lead, away: row.instant(7))
      snapshot.lastAccounted[ritual] = row.instant(6)
    }
    try orders.forEachRow { row throws(JournalError) in
      guard let columns = SubjectColumns(row, from: 0), let since = row.instant(2)
      else { throw unreadable("standing_order") }
      // An order of a later version stays in the file for that version.
      guard let subject = columns.value else {
        snapshot.unknownWords.insert("standing_order.subject")
        return
      }
      snapshot.orders.append(Order(subject, since: since, until: row.instant(3)))
    }
    snapshot.draws = try drawn()
    try timeout.forEachRow { row throws(JournalError) in
      guard let since = row.instant(0), let until = row.instant(1), let word = row.text(2)
      else { throw unreadable("timeout") }
      let stage = Timeout.Stage(rawValue: word)
      if stage == nil { snapshot.unknownWords.insert("timeout.stage") }
      // An unknown stage counts as a rest: rituals are held until the time that the user was told.
      snapshot.timeout = Timeout(
        since: since, until: until, stage: stage ?? .resting,
        notification: stage == nil ? nil : NotificationID(row.text(3), row.integer(4)))
    }
    try eventNames.forEachRow { row throws(JournalError) in
      guard let calendar = row.text(0), let key = row.text(1), let ritual = row.ritual(2)
      else { throw unreadable("calendar_event") }
      snapshot.names[CalendarEvent(calendar: calendar, key: key)] = EventName(ritual, gone: row.instant(3))
    }
    snapshot.findLeftBehind(among: try shownLast())
    return snapshot
  }

  /// The latest showings, newest first; empty if the history is damaged. `IntegrityCheck` finds that damage,
  /// and the daemon starts without them.
  private func shownLast() throws(JournalError) -> [NotificationID] {
    var shown: [NotificationID] = []
    do throws(JournalError) {
      try latestShowings.forEachRow(.integer(Int64(Snapshot.recentShowings))) { row in
        if let notification = NotificationID(row.text(0), row.integer(1)) { shown.append(notification) }
      }
    } catch {
      if error.isTemporary { throw error }
    }
    return shown
  }

  /// The instant up to which each tracked ritual is accounted for, as a start at `now` reads it.
  package func accounted(at now: Instant) throws(JournalError) -> [RitualID: Instant] {
    var accounted: [RitualID: Instant] = [:]
    try trackings.forEachRow(.integer(now.microseconds)) { row throws(JournalError) in
      guard let ritual = row.ritual(0), let fingerprint = row.text(1), let since = row.instant(2)
      else { throw unreadable("tracking") }
      let tracking = Tracking(fingerprint: fingerprint, since: since)
      accounted[ritual] = tracking.accounted(last: row.instant(6), at: now)
    }
    return accounted
  }

  private func drawn() throws(JournalError) -> Draws {
    var drawn = Draws()
    try seed.forEachRow { row in drawn.seed = UInt64(bitPattern: row.integer(0) ?? 0) }
    try draws.forEachRow { row throws(JournalError) in
      guard let deck = row.text(0).flatMap({ ContentID($0) }),
        let prompt = row.text(1).flatMap({ ContentID($0) }),
        let turn = row.integer(2)
      else { throw unreadable("draw") }
      drawn.add(Draw(deck: deck, prompt: prompt, round: Int(turn)))
    }
    return drawn
  }

  /// Occurrences after `instant` that must not become due again if the clock is set back to it: all that are
  /// recorded, except those that were never shown and ended as missed. In order of their time.
  package func shown(after instant: Instant) throws(JournalError) -> [Occurrence] {
    var occurrences: [Occurrence] = []
    try laterOccurrences.forEachRow(.integer(instant.microseconds)) { row throws(JournalError) in
      guard let occurrence = occurrence(row) else { throw unreadable("occurrence") }
      occurrences.append(occurrence)
    }
    return occurrences
  }

  func occurrence(_ row: Row) -> Occurrence? {
    guard let ritual = row.ritual(0), let scheduled = row.instant(1) else { return nil }
    return Occurrence(ritual: ritual, scheduled: scheduled)
  }

  /// The error for a row that only another program can have written.
  func unreadable(_ table: String) -> JournalError { .unreadableRow(of: table, in: database.path) }
}

extension Row {
  func instant(_ column: Int32) -> Instant? {
    integer(column).map { Instant(microseconds: $0) }
  }

  func ritual(_ column: Int32) -> RitualID? {
    text(column).flatMap { RitualID($0) }
  }
}
