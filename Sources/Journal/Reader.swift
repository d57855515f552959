import CSQLite
import CivilTime
import Rituals

/// Reads what was recorded; its statements are prepared once.
struct Reader: ~Copyable {
  private let path: String
  private let open: Statement
  private let tracked: Statement
  private let orders: Statement
  private let draws: Statement
  private let seed: Statement
  private let timeout: Statement
  private let names: Statement
  private let shown: Statement
  private let showings: Statement
  private let history: Statement
  private let ritualHistory: Statement

  init(_ database: borrowing Database) throws(JournalError) {
    // All are made before any is kept: a half-made value cannot be thrown away.
    let open = try database.prepare(
      """
      SELECT ritual, scheduled, title, due, phase, server, number, until, nudges, prompt, was_seen
      FROM occurrence WHERE outcome IS NULL ORDER BY came
      """)
    // The latest occurrence of each is one look into the index, however long the history is. One that was
    // missed later than now, or before its time, was so by a clock that was wrong.
    let tracked = try database.prepare(
      """
      SELECT ritual, fingerprint, since, lead, server, number, (
        SELECT scheduled FROM occurrence
        WHERE occurrence.ritual = tracking.ritual AND scheduled <= ?1
          AND NOT (outcome IS 'missed' AND NOT was_shown AND (changed > ?1 OR changed < scheduled))
        ORDER BY scheduled DESC LIMIT 1), away
      FROM tracking
      """)
    let orders = try database.prepare(
      "SELECT subject, ritual, since, until FROM standing_order ORDER BY since, subject, ritual")
    // The one that was drawn last comes last.
    let draws = try database.prepare("SELECT deck, prompt, turn FROM draw ORDER BY number")
    let seed = try database.prepare("SELECT seed FROM couple")
    let timeout = try database.prepare("SELECT since, until, stage, server, number FROM timeout")
    let names = try database.prepare("SELECT calendar, event, ritual, gone FROM calendar_event")
    let shown = try database.prepare(
      """
      SELECT ritual, scheduled FROM occurrence
      WHERE scheduled > ? AND (outcome IS NOT 'missed' OR was_shown) ORDER BY scheduled, ritual
      """)
    let showings = try database.prepare(
      """
      SELECT occurrence.ritual, entry.server, entry.number
      FROM entry JOIN occurrence ON occurrence.id = entry.occurrence
      WHERE happening = 'shown' ORDER BY entry.id DESC LIMIT ?
      """)
    let history = try database.prepare(Self.history(where: "entry.at >= ?1 AND entry.id < ?2", limit: "?3"))
    let ritualHistory = try database.prepare(
      Self.history(where: "entry.at >= ?1 AND entry.id < ?2 AND occurrence.ritual = ?4", limit: "?3"))
    path = database.path
    self.open = open
    self.tracked = tracked
    self.orders = orders
    self.draws = draws
    self.seed = seed
    self.timeout = timeout
    self.names = names
    self.shown = shown
    self.showings = showings
    self.history = history
    self.ritualHistory = ritualHistory
  }

  private static func history(where condition: String, limit: String) -> String {
    """
    SELECT ritual, scheduled, entry.title, at, happening, answerer, reason,
      entry.server, entry.number, entry.until, count, entry.id
    FROM entry JOIN occurrence ON occurrence.id = entry.occurrence
    WHERE \(condition) ORDER BY entry.id DESC LIMIT \(limit)
    """
  }

  func snapshot(at now: Instant) throws(JournalError) -> Snapshot {
    var snapshot = Snapshot()
    try open.forEachRow { row throws(JournalError) in
      guard let occurrence = occurrence(row), let title = row.words(2), let due = row.instant(3),
        let nudges = row.integer(8)
      else { throw unreadable("occurrence") }
      let phase = PhaseColumns(row, from: 4).value
      if phase == nil { snapshot.unknownWords.insert("occurrence.phase") }
      // An unknown phase becomes due: the reminder is shown once more rather than never.
      snapshot.open.append(
        OpenOccurrence(
          occurrence, title: title, phase: phase ?? .due, due: due, nudges: Int(nudges),
          prompt: row.text(9).flatMap { ContentID($0) }, wasSeen: row.integer(10) == 1))
    }
    try tracked.forEachRow(.integer(now.microseconds)) { row throws(JournalError) in
      guard let ritual = row.ritual(0), let fingerprint = row.text(1), let since = row.instant(2)
      else { throw unreadable("tracking") }
      let lead = row.instant(3).map {
        Lead(scheduled: $0, display: Display(row.text(4), row.integer(5)))
      }
      snapshot.tracked[ritual] = Tracking(
        fingerprint: fingerprint, since: since, lead: lead, away: row.instant(7))
      snapshot.lastAccounted[ritual] = row.instant(6)
    }
    try orders.forEachRow { row throws(JournalError) in
      guard let columns = SubjectColumns(row, from: 0), let since = row.instant(2)
      else { throw unreadable("standing_order") }
      // An order that this version cannot obey stays in the file, for the version that gave it.
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
      // An unknown stage is a rest: it holds rituals until the time that the user was told.
      snapshot.timeout = Timeout(
        since: since, until: until, stage: stage ?? .resting,
        display: stage == nil ? nil : Display(row.text(3), row.integer(4)))
    }
    try names.forEachRow { row throws(JournalError) in
      guard let calendar = row.text(0), let key = row.text(1), let ritual = row.ritual(2)
      else { throw unreadable("calendar_event") }
      snapshot.names[CalendarEvent(calendar: calendar, key: key)] = EventName(ritual, gone: row.instant(3))
    }
    snapshot.findLeftBehind(among: try shownLast())
    return snapshot
  }

  /// The occurrences that were shown last, newest first. None where the history is damaged: that is found by
  /// a look at the whole file, and is no reason not to start.
  private func shownLast() throws(JournalError) -> [(display: Display, ritual: RitualID)] {
    var shown: [(display: Display, ritual: RitualID)] = []
    do throws(JournalError) {
      try showings.forEachRow(.integer(Int64(Snapshot.recentShowings))) { row in
        guard let ritual = row.ritual(0), let display = Display(row.text(1), row.integer(2)) else { return }
        shown.append((display, ritual))
      }
    } catch {
      if error.isTemporary { throw error }
    }
    return shown
  }

  /// Up to when each tracked ritual is accounted for at `now`.
  func accounted(at now: Instant) throws(JournalError) -> [RitualID: Instant] {
    var accounted: [RitualID: Instant] = [:]
    try tracked.forEachRow(.integer(now.microseconds)) { row throws(JournalError) in
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
      drawn.add(Draw(deck: deck, prompt: prompt, turn: Int(turn)))
    }
    return drawn
  }

  func shown(after instant: Instant) throws(JournalError) -> [Occurrence] {
    var occurrences: [Occurrence] = []
    try shown.forEachRow(.integer(instant.microseconds)) { row throws(JournalError) in
      guard let occurrence = occurrence(row) else { throw unreadable("occurrence") }
      occurrences.append(occurrence)
    }
    return occurrences
  }

  /// Adds the entries of one ritual or of all, from an instant on, that have room on a page.
  func add(to page: inout Page<Entry>, since: Instant?, ritual: RitualID?) throws(JournalError) {
    let since = Value.integer(since?.microseconds ?? .min)
    let before = Value.integer(page.before ?? .max)
    let limit = Value.integer(Int64(page.room))
    if let ritual {
      try ritualHistory.takeRows(since, before, limit, .text(ritual.text)) { row throws(JournalError) in
        try add(row, to: &page)
      }
    } else {
      try history.takeRows(since, before, limit) { row throws(JournalError) in try add(row, to: &page) }
    }
  }

  /// Returns whether there is room for more.
  private func add(_ row: Row, to page: inout Page<Entry>) throws(JournalError) -> Bool {
    let entry = try entry(row)
    guard let number = row.integer(11) else { throw unreadable("entry") }
    page.add(entry, number: number, size: entry.size)
    return !page.isFull
  }

  private func entry(_ row: Row) throws(JournalError) -> Entry {
    guard let occurrence = occurrence(row), let title = row.words(2), let at = row.instant(3),
      let columns = HappeningColumns(row, from: 4)
    else { throw unreadable("entry") }
    return Entry(occurrence, title: title, at: at, columns.value)
  }

  private func occurrence(_ row: Row) -> Occurrence? {
    guard let ritual = row.ritual(0), let scheduled = row.instant(1) else { return nil }
    return Occurrence(ritual: ritual, scheduled: scheduled)
  }

  /// Only another program can have written such a row.
  private func unreadable(_ table: String) -> JournalError {
    let message = "a row of the table \(table) cannot be understood"
    return .notAJournal(path: path, cause: SQLiteFailure(code: SQLITE_CORRUPT, message: message))
  }
}

extension Entry {
  /// Bytes that it takes on a page: its words, and about as much as the rest of it has on the wire.
  var size: Int {
    let reason =
      switch happening {
      case .undelivered(let reason): reason.utf8.count
      case .unknown(let words):
        words.happening.utf8.count + (words.reason?.utf8.count ?? 0) + (words.answerer?.utf8.count ?? 0)
      default: 0
      }
    return title.utf8.count + reason + 300
  }
}

extension Row {
  fileprivate func instant(_ column: Int32) -> Instant? {
    integer(column).map { Instant(microseconds: $0) }
  }

  fileprivate func ritual(_ column: Int32) -> RitualID? {
    text(column).flatMap { RitualID($0) }
  }
}
