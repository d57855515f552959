import CivilTime
import Rituals

/// Writes changes; its statements are prepared once. Always inside a transaction.
struct Recorder: ~Copyable {
  private let path: String
  private let find: Statement
  private let insert: Statement
  private let update: Statement
  private let append: Statement
  private let nudge: Statement
  private let track: Statement
  private let untrack: Statement
  private let order: Statement
  private let revoke: Statement
  private let draw: Statement
  private let dealPrompt: Statement
  private let write: Statement
  private let rest: Statement
  private let endRest: Statement
  private let name: Statement
  private let unname: Statement

  init(_ database: borrowing Database) throws(JournalError) {
    // All are made before any is kept: a half-made value cannot be thrown away.
    let find = try database.prepare("SELECT id, outcome FROM occurrence WHERE ritual = ? AND scheduled = ?")
    let insert = try database.prepare(
      """
      INSERT INTO occurrence
        (title, changed, phase, outcome, server, number, until, was_shown, was_seen, ritual, scheduled, due, came)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?10, (SELECT coalesce(max(id), 0) + 1 FROM entry))
      """)
    // One that comes again after its end is the last in the order of coming; after a snooze, it is due at its end.
    let update = try database.prepare(
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
    let append = try database.prepare(
      """
      INSERT INTO entry
        (occurrence, at, title, happening, answerer, reason, server, number, until, count)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let nudge = try database.prepare("UPDATE occurrence SET nudges = ? WHERE id = ?")
    let track = try database.prepare(
      """
      INSERT INTO tracking (ritual, fingerprint, since, lead, server, number, away)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (ritual) DO UPDATE SET
        fingerprint = excluded.fingerprint, since = excluded.since,
        lead = excluded.lead, server = excluded.server, number = excluded.number, away = excluded.away
      """)
    let untrack = try database.prepare("DELETE FROM tracking WHERE ritual = ?")
    let order = try database.prepare(
      """
      INSERT INTO standing_order (subject, ritual, since, until) VALUES (?, ?, ?, ?)
      ON CONFLICT (subject, ritual) DO UPDATE SET since = excluded.since, until = excluded.until
      """)
    let revoke = try database.prepare("DELETE FROM standing_order WHERE subject = ? AND ritual = ?")
    let write = try database.prepare(
      "INSERT INTO note (at, kind, text, ritual, guide) VALUES (?, ?, ?, ?, ?)")
    let draw = try database.prepare(
      """
      INSERT INTO draw (deck, prompt, turn, number)
      VALUES (?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM draw))
      ON CONFLICT (deck, prompt) DO UPDATE SET turn = excluded.turn, number = excluded.number
      """)
    let dealPrompt = try database.prepare(
      "UPDATE occurrence SET prompt = ? WHERE ritual = ? AND scheduled = ?")
    let rest = try database.prepare(
      "INSERT OR REPLACE INTO timeout (id, since, until, stage, server, number) VALUES (1, ?, ?, ?, ?, ?)")
    let endRest = try database.prepare("DELETE FROM timeout")
    let name = try database.prepare(
      "INSERT OR REPLACE INTO calendar_event (calendar, event, ritual, gone) VALUES (?, ?, ?, ?)")
    let unname = try database.prepare("DELETE FROM calendar_event WHERE calendar = ? AND event = ?")
    path = database.path
    self.find = find
    self.insert = insert
    self.update = update
    self.append = append
    self.nudge = nudge
    self.track = track
    self.untrack = untrack
    self.order = order
    self.revoke = revoke
    self.draw = draw
    self.dealPrompt = dealPrompt
    self.write = write
    self.rest = rest
    self.endRest = endRest
    self.name = name
    self.unname = unname
  }

  func record(_ change: Change) throws(JournalError) {
    switch change {
    case .entry(let entry):
      let row = try stand(entry)
      if case .nudged(let times) = entry.happening { try nudge.run(.integer(Int64(times)), .integer(row)) }
      try append(entry, to: row)
    case .track(let ritual, let tracking):
      let display = tracking.lead?.display
      try track.run(
        .text(ritual.text), .text(tracking.fingerprint), .integer(tracking.since.microseconds),
        .optional(tracking.lead?.scheduled.microseconds), .optional(display?.server),
        .optional(display.map { Int64($0.number) }),
        .optional(tracking.away?.microseconds))
    case .untrack(let ritual):
      try untrack.run(.text(ritual.text))
    case .order(let given):
      let columns = SubjectColumns(given.subject)
      try order.run(
        .text(columns.subject), .text(columns.ritual), .integer(given.since.microseconds),
        .optional(given.until?.microseconds))
    case .revoke(let subject):
      let columns = SubjectColumns(subject)
      try revoke.run(.text(columns.subject), .text(columns.ritual))
    case .drew(let drawn):
      try draw.run(.text(drawn.deck.text), .text(drawn.prompt.text), .integer(Int64(drawn.turn)))
      guard let occurrence = drawn.occurrence else { return }
      try dealPrompt.run(
        .text(drawn.prompt.text), .text(occurrence.ritual.text), .integer(occurrence.scheduled.microseconds))
    case .timeout(let timeout?):
      try rest.run(
        .integer(timeout.since.microseconds), .integer(timeout.until.microseconds),
        .text(timeout.stage.rawValue), .optional(timeout.display?.server),
        .optional(timeout.display.map { Int64($0.number) }))
    case .timeout(nil):
      try endRest.run()
    case .named(let event, let given?):
      try name.run(
        .text(event.calendar), .text(event.key), .text(given.ritual.text), .optional(given.gone?.microseconds)
      )
    case .named(let event, nil):
      try unname.run(.text(event.calendar), .text(event.key))
    case .note(let note):
      try write.run(
        .integer(note.at.microseconds), .text(note.kind.rawValue), .text(note.text),
        .optional(note.ritual?.text), .optional(note.guide))
    }
  }

  /// Puts the occurrence where the entry leaves it; returns its row.
  private func stand(_ entry: Entry) throws(JournalError) -> Int64 {
    guard let (row, outcome) = try found(entry.occurrence) else {
      // An occurrence that is told of for the first time has come, whatever is told.
      return try insertOccurrence(entry, entry.happening.standing ?? .open(.due))
    }
    // An outcome that this version does not know is final too.
    if let outcome, Outcome(rawValue: outcome).map(entry.happening.canFollow) != true {
      throw .ended(
        path: path, scheduled: entry.occurrence.scheduled,
        outcome: Outcome(rawValue: outcome)?.rawValue ?? "ended", happening: entry.happening.word)
    }
    if let standing = entry.happening.standing { try updateOccurrence(row, entry, standing) }
    return row
  }

  private func found(_ occurrence: Occurrence) throws(JournalError) -> (row: Int64, outcome: String?)? {
    var result: (Int64, String?)?
    try find.forEachRow(.text(occurrence.ritual.text), .integer(occurrence.scheduled.microseconds)) { row in
      result = row.integer(0).map { ($0, row.text(1)) }
    }
    return result
  }

  private func insertOccurrence(_ entry: Entry, _ standing: Standing) throws(JournalError) -> Int64 {
    let columns = PhaseColumns(standing)
    try insert.run(
      .text(entry.title), .integer(entry.at.microseconds), .optional(columns.phase),
      .optional(standing.outcome?.rawValue), .optional(columns.server), .optional(columns.number),
      .optional(columns.until), .integer(entry.happening.isShown ? 1 : 0),
      .text(entry.occurrence.ritual.text), .integer(entry.occurrence.scheduled.microseconds))
    return insert.lastInsertedRow
  }

  private func updateOccurrence(_ row: Int64, _ entry: Entry, _ standing: Standing) throws(JournalError) {
    let columns = PhaseColumns(standing)
    try update.run(
      .text(entry.title), .integer(entry.at.microseconds), .optional(columns.phase),
      .optional(standing.outcome?.rawValue), .optional(columns.server), .optional(columns.number),
      .optional(columns.until), .integer(entry.happening.isShown ? 1 : 0),
      .integer(entry.happening == .due ? 1 : 0), .integer(row))
  }

  private func append(_ entry: Entry, to occurrence: Int64) throws(JournalError) {
    let columns = HappeningColumns(entry.happening)
    try append.run(
      .integer(occurrence), .integer(entry.at.microseconds), .text(entry.title), .text(columns.happening),
      .optional(columns.answerer), .optional(columns.reason), .optional(columns.server),
      .optional(columns.number), .optional(columns.until), .optional(columns.count))
  }
}
