import CivilTime
import Rituals

/// Writes a standing state that memory holds into a file that was begun anew. Rare, so its statements live no
/// longer than it does. Always inside a transaction.
struct Adoption: ~Copyable {
  private let open: Statement
  private let handled: Statement
  private let untrackAll: Statement
  private let plant: Statement
  private let unnameAll: Statement
  private let recorder: Recorder

  init(_ database: borrowing Database) throws(JournalError) {
    let open = try database.prepare(
      """
      INSERT INTO occurrence
        (ritual, scheduled, came, title, changed, phase, server, number, until, was_shown, due, nudges, prompt, was_seen)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
      ON CONFLICT (ritual, scheduled) DO UPDATE SET
        title = excluded.title, phase = excluded.phase, outcome = NULL, server = excluded.server,
        number = excluded.number, until = excluded.until, was_shown = was_shown OR excluded.was_shown,
        due = excluded.due, nudges = excluded.nudges, prompt = excluded.prompt, was_seen = excluded.was_seen
      """)
    // How it ended is not known any more; one that is missed and was shown does not come again by itself.
    let handled = try database.prepare(
      """
      INSERT INTO occurrence (ritual, scheduled, came, title, changed, outcome, was_shown)
      VALUES (?, ?, 0, '', ?, 'missed', 1)
      ON CONFLICT (ritual, scheduled) DO NOTHING
      """)
    let untrackAll = try database.prepare("DELETE FROM tracking")
    let unnameAll = try database.prepare("DELETE FROM calendar_event")
    let plant = try database.prepare("UPDATE couple SET seed = ?")
    recorder = try Recorder(database)
    self.open = open
    self.handled = handled
    self.untrackAll = untrackAll
    self.plant = plant
    self.unnameAll = unnameAll
  }

  func adopt(
    _ snapshot: Snapshot, handledAhead: [Occurrence], at now: Instant
  ) throws(JournalError) {
    for (index, item) in snapshot.open.enumerated() {
      // They came before all that is recorded here, in this order.
      try adopt(item, came: Int64(index - snapshot.open.count), at: now)
    }
    for occurrence in handledAhead {
      try handled.run(
        .text(occurrence.ritual.text), .integer(occurrence.scheduled.microseconds),
        .integer(now.microseconds))
    }
    try untrackAll.run()
    for (ritual, tracking) in snapshot.tracked {
      let since = max(tracking.since, snapshot.lastAccounted[ritual] ?? tracking.since)
      let moved = Tracking(
        fingerprint: tracking.fingerprint, since: since, lead: tracking.lead, away: tracking.away)
      try recorder.record(.track(ritual, moved))
    }
    for order in snapshot.orders { try recorder.record(.order(order)) }
    try plant.run(.integer(Int64(bitPattern: snapshot.draws.seed)))
    for draw in snapshot.draws.all { try recorder.record(.drew(draw)) }
    try recorder.record(.timeout(snapshot.timeout))
    try unnameAll.run()
    for (event, name) in snapshot.names { try recorder.record(.named(event, name)) }
  }

  private func adopt(_ item: OpenOccurrence, came: Int64, at now: Instant) throws(JournalError) {
    let columns = PhaseColumns(.open(item.phase))
    let wasShown =
      switch item.phase {
      case .due: item.wasSeen
      case .shown, .closed, .snoozed: true
      }
    try open.run(
      .text(item.occurrence.ritual.text), .integer(item.occurrence.scheduled.microseconds), .integer(came),
      .text(item.title), .integer(now.microseconds), .optional(columns.phase), .optional(columns.server),
      .optional(columns.number), .optional(columns.until), .integer(wasShown ? 1 : 0),
      .integer(item.due.microseconds), .integer(Int64(item.nudges)),
      .optional(item.prompt?.text), .integer(item.wasSeen ? 1 : 0))
  }
}
