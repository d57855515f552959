import CivilTime
import Rituals

/// Writes the state that the daemon has in memory into a new journal, inside a transaction of the caller.
/// This is rare, so its statements live only as long as it does.
final class StateImport {
  private let writeOpen: Statement
  private let insertHandled: Statement
  private let deleteTracking: Statement
  private let setSeed: Statement
  private let deleteEventNames: Statement
  private let changes: ChangeStatements

  init(_ database: borrowing Database) throws(JournalError) {
    writeOpen = try database.prepare(
      """
      INSERT INTO occurrence
        (ritual, scheduled, came, title, changed, phase, server, number, until, was_shown, due, nudges,
        prompt, was_seen)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
      ON CONFLICT (ritual, scheduled) DO UPDATE SET
        title = excluded.title, phase = excluded.phase, outcome = NULL, server = excluded.server,
        number = excluded.number, until = excluded.until, was_shown = was_shown OR excluded.was_shown,
        due = excluded.due, nudges = excluded.nudges, prompt = excluded.prompt, was_seen = excluded.was_seen
      """)
    // The journal does not know how these ended. A missed occurrence that was shown does not become due
    // again.
    insertHandled = try database.prepare(
      """
      INSERT INTO occurrence (ritual, scheduled, came, title, changed, outcome, was_shown)
      VALUES (?, ?, 0, '', ?, 'missed', 1)
      ON CONFLICT (ritual, scheduled) DO NOTHING
      """)
    deleteTracking = try database.prepare("DELETE FROM tracking")
    deleteEventNames = try database.prepare("DELETE FROM calendar_event")
    setSeed = try database.prepare("UPDATE couple SET seed = ?")
    changes = try ChangeStatements(database)
  }

  /// `alreadyHandled` are occurrences after `now` that must not become due again.
  func write(
    _ snapshot: Snapshot, alreadyHandled: [Occurrence], at now: Instant
  ) throws(JournalError) {
    for (index, item) in snapshot.open.enumerated() {
      // They became due before everything that is recorded here, in this order.
      try write(item, came: Int64(index - snapshot.open.count), at: now)
    }
    for occurrence in alreadyHandled {
      try insertHandled.run(
        .text(occurrence.ritual.text), .integer(occurrence.scheduled.microseconds),
        .integer(now.microseconds))
    }
    try deleteTracking.run()
    for (ritual, tracking) in snapshot.tracked {
      let since = max(tracking.since, snapshot.lastAccounted[ritual] ?? tracking.since)
      let moved = Tracking(
        fingerprint: tracking.fingerprint, since: since, lead: tracking.lead, away: tracking.away)
      try changes.write(.track(ritual, moved))
    }
    for order in snapshot.orders { try changes.write(.order(order)) }
    try setSeed.run(.integer(Int64(bitPattern: snapshot.draws.seed)))
    for draw in snapshot.draws.all { try changes.write(.drew(draw)) }
    try changes.write(.timeout(snapshot.timeout))
    try deleteEventNames.run()
    for (event, name) in snapshot.names { try changes.write(.named(event, name)) }
  }

  private func write(_ item: OpenOccurrence, came: Int64, at now: Instant) throws(JournalError) {
    let columns = PhaseColumns(.open(item.phase))
    let wasShown =
      switch item.phase {
      case .due: item.wasSeen
      case .shown, .closed, .snoozed: true
      }
    try writeOpen.run(
      .text(item.occurrence.ritual.text), .integer(item.occurrence.scheduled.microseconds), .integer(came),
      .text(item.title), .integer(now.microseconds), .optional(columns.phase), .optional(columns.server),
      .optional(columns.number), .optional(columns.until), .integer(wasShown ? 1 : 0),
      .integer(item.due.microseconds), .integer(Int64(item.nudges)),
      .optional(item.prompt?.text), .integer(item.wasSeen ? 1 : 0))
  }
}
