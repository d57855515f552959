import CivilTime
import Rituals

/// Writes changes into the tables, inside a transaction of the caller. Its statements are prepared once.
final class ChangeStatements {
  private let path: String
  private let findOccurrence: Statement
  private let insertOccurrence: Statement
  private let updateOccurrence: Statement
  private let insertEntry: Statement
  private let setNudges: Statement
  private let setTracking: Statement
  private let deleteTracking: Statement
  private let setOrder: Statement
  private let deleteOrder: Statement
  private let insertDraw: Statement
  private let setPrompt: Statement
  private let insertNote: Statement
  private let setTimeout: Statement
  private let deleteTimeout: Statement
  private let setEventName: Statement
  private let deleteEventName: Statement

  init(_ database: borrowing Database) throws(JournalError) {
    findOccurrence = try database.prepare(
      "SELECT id, outcome FROM occurrence WHERE ritual = ? AND scheduled = ?")
    insertOccurrence = try database.prepare(
      """
      INSERT INTO occurrence
        (title, changed, phase, outcome, server, number, until, was_shown, was_seen, ritual, scheduled, due,
        came)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?10, (SELECT coalesce(max(id), 0) + 1 FROM entry))
      """)
    // An occurrence that becomes due again after its end is the last in the order of coming. After a snooze
    // it is due at the end of the snooze.
    updateOccurrence = try database.prepare(
      """
      UPDATE occurrence SET
        title = ?1, changed = ?2, phase = ?3, outcome = ?4, server = ?5, number = ?6, until = ?7,
        was_shown = was_shown OR ?8, was_seen = NOT ?9 AND (was_seen OR ?8),
        due = CASE WHEN NOT ?9 THEN due WHEN phase = 'snoozed' THEN until ELSE scheduled END,
        prompt = CASE WHEN phase IS NULL THEN NULL ELSE prompt END,
        nudges = CASE WHEN phase IS NULL OR phase = 'snoozed' THEN 0 ELSE nudges END,
        came = CASE WHEN outcome IS NULL THEN came ELSE (SELECT coalesce(max(id), 0) + 1 FROM entry) END
      WHERE id = ?10
      """)
    insertEntry = try database.prepare(
      """
      INSERT INTO entry
        (occurrence, at, title, happening, answerer, reason, server, number, until, count)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    setNudges = try database.prepare("UPDATE occurrence SET nudges = ? WHERE id = ?")
    setTracking = try database.prepare(
      """
      INSERT INTO tracking (ritual, fingerprint, since, lead, server, number, away)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (ritual) DO UPDATE SET
        fingerprint = excluded.fingerprint, since = excluded.since,
        lead = excluded.lead, server = excluded.server, number = excluded.number, away = excluded.away
      """)
    deleteTracking = try database.prepare("DELETE FROM tracking WHERE ritual = ?")
    setOrder = try database.prepare(
      """
      INSERT INTO standing_order (subject, ritual, since, until) VALUES (?, ?, ?, ?)
      ON CONFLICT (subject, ritual) DO UPDATE SET since = excluded.since, until = excluded.until
      """)
    deleteOrder = try database.prepare("DELETE FROM standing_order WHERE subject = ? AND ritual = ?")
    insertNote = try database.prepare(
      "INSERT INTO note (at, kind, text, ritual, guide) VALUES (?, ?, ?, ?, ?)")
    insertDraw = try database.prepare(
      """
      INSERT INTO draw (deck, prompt, turn, number)
      VALUES (?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM draw))
      ON CONFLICT (deck, prompt) DO UPDATE SET turn = excluded.turn, number = excluded.number
      """)
    setPrompt = try database.prepare(
      "UPDATE occurrence SET prompt = ? WHERE ritual = ? AND scheduled = ?")
    setTimeout = try database.prepare(
      "INSERT OR REPLACE INTO timeout (id, since, until, stage, server, number) VALUES (1, ?, ?, ?, ?, ?)")
    deleteTimeout = try database.prepare("DELETE FROM timeout")
    setEventName = try database.prepare(
      "INSERT OR REPLACE INTO calendar_event (calendar, event, ritual, gone) VALUES (?, ?, ?, ?)")
    deleteEventName = try database.prepare("DELETE FROM calendar_event WHERE calendar = ? AND event = ?")
    path = database.path
  }

  func write(_ change: Change) throws(JournalError) {
    switch change {
    case .entry(let entry):
      let row = try writeOccurrence(of: entry)
      if case .nudged(let times) = entry.happening {
        try setNudges.run(.integer(Int64(times)), .integer(row))
      }
      try writeEntry(entry, of: row)
    case .track(let ritual, let tracking):
      let notification = tracking.lead?.notification
      try setTracking.run(
        .text(ritual.text), .text(tracking.fingerprint), .integer(tracking.since.microseconds),
        .optional(tracking.lead?.scheduled.microseconds), .optional(notification?.server),
        .optional(notification.map { Int64($0.number) }),
        .optional(tracking.away?.microseconds))
    case .untrack(let ritual):
      try deleteTracking.run(.text(ritual.text))
    case .order(let order):
      let columns = SubjectColumns(order.subject)
      try setOrder.run(
        .text(columns.subject), .text(columns.ritual), .integer(order.since.microseconds),
        .optional(order.until?.microseconds))
    case .revoke(let subject):
      let columns = SubjectColumns(subject)
      try deleteOrder.run(.text(columns.subject), .text(columns.ritual))
    case .drew(let draw):
      try insertDraw.run(.text(draw.deck.text), .text(draw.prompt.text), .integer(Int64(draw.round)))
      guard let occurrence = draw.occurrence else { return }
      try setPrompt.run(
        .text(draw.prompt.text), .text(occurrence.ritual.text), .integer(occurrence.scheduled.microseconds))
    case .timeout(let timeout?):
      try setTimeout.run(
        .integer(timeout.since.microseconds), .integer(timeout.until.microseconds),
        .text(timeout.stage.rawValue), .optional(timeout.notification?.server),
        .optional(timeout.notification.map { Int64($0.number) }))
    case .timeout(nil):
      try deleteTimeout.run()
    case .named(let event, let name?):
      try setEventName.run(
        .text(event.calendar), .text(event.key), .text(name.ritual.text), .optional(name.gone?.microseconds)
      )
    case .named(let event, nil):
      try deleteEventName.run(.text(event.calendar), .text(event.key))
    case .note(let note):
      try insertNote.run(
        .integer(note.at.microseconds), .text(note.kind.rawValue), .text(note.text),
        .optional(note.ritual?.text), .optional(note.guide))
    }
  }

  /// Writes the state in which the entry leaves its occurrence. Returns the occurrence's row.
  private func writeOccurrence(of entry: Entry) throws(JournalError) -> Int64 {
    guard let (row, outcome) = try row(of: entry.occurrence) else {
      // The first entry of an occurrence says that it became due, whatever else it says.
      return try insert(entry, entry.happening.state ?? .open(.due))
    }
    // An outcome of a later version is final too.
    if let outcome, Outcome(rawValue: outcome).map(entry.happening.canFollow) != true {
      throw .ended(
        path: path, scheduled: entry.occurrence.scheduled,
        outcome: Outcome(rawValue: outcome)?.rawValue ?? "ended", happening: entry.happening.word)
    }
    if let state = entry.happening.state { try update(row, entry, state) }
    return row
  }

  private func row(of occurrence: Occurrence) throws(JournalError) -> (row: Int64, outcome: String?)? {
    var result: (Int64, String?)?
    try findOccurrence.forEachRow(.text(occurrence.ritual.text), .integer(occurrence.scheduled.microseconds))
    { row in
      result = row.integer(0).map { ($0, row.text(1)) }
    }
    return result
  }

  private func insert(_ entry: Entry, _ state: OccurrenceState) throws(JournalError) -> Int64 {
    let columns = PhaseColumns(state)
    try insertOccurrence.run(
      .text(entry.title), .integer(entry.at.microseconds), .optional(columns.phase),
      .optional(state.outcome?.rawValue), .optional(columns.server), .optional(columns.number),
      .optional(columns.until), .integer(entry.happening.isShown ? 1 : 0),
      .text(entry.occurrence.ritual.text), .integer(entry.occurrence.scheduled.microseconds))
    return insertOccurrence.lastInsertedRow
  }

  private func update(_ row: Int64, _ entry: Entry, _ state: OccurrenceState) throws(JournalError) {
    let columns = PhaseColumns(state)
    try updateOccurrence.run(
      .text(entry.title), .integer(entry.at.microseconds), .optional(columns.phase),
      .optional(state.outcome?.rawValue), .optional(columns.server), .optional(columns.number),
      .optional(columns.until), .integer(entry.happening.isShown ? 1 : 0),
      .integer(entry.happening == .due ? 1 : 0), .integer(row))
  }

  private func writeEntry(_ entry: Entry, of occurrence: Int64) throws(JournalError) {
    let columns = HappeningColumns(entry.happening)
    try insertEntry.run(
      .integer(occurrence), .integer(entry.at.microseconds), .text(entry.title), .text(columns.happening),
      .optional(columns.answerer), .optional(columns.reason), .optional(columns.server),
      .optional(columns.number), .optional(columns.until), .optional(columns.count))
  }
}
