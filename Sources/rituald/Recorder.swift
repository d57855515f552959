import CivilTime
import Journal
import Logging
import Rituals
import SystemZones

/// Makes changes durable. Where the disk will not take them, they wait in memory and go with the next that succeeds:
/// reminders do not stop because a disk is full, read-only or damaged.
final class Recorder {
  /// How far the journal is behind what happened.
  enum State: Equatable {
    /// All that happened is durable.
    case current
    /// So many changes are in memory alone.
    case behind(Int, JournalError)
  }

  /// What the daemon has in memory, for a journal that is begun anew.
  typealias Memory = (snapshot: Snapshot, handledAhead: [Occurrence])
  /// How long the past is kept as it was, in microseconds and by the days of which zone; nil keeps all of it.
  typealias Keep = (span: Int64, zone: Zone)

  /// What a start carries over.
  let start: Memory
  /// What was in the journal's place and had to go, last.
  private(set) var displaced: Displaced?
  /// Why the last commit failed; nil while all that happened is durable.
  private(set) var failure: JournalError?
  /// Told when the journal falls behind, catches up, or is begun anew.
  var onChange: () -> Void = {}
  /// Asked for what is to be in a journal that is begun anew.
  var memory: () -> Memory = { (Snapshot(), []) }
  /// Told when another journal, with a past of its own, was found in the place of this one, and has got what
  /// waited: memory does not come from it, and has to be made anew.
  var onAnother: () -> Void = {}
  /// Asked for how long the past is kept.
  var keep: () -> Keep? = { nil }

  let path: String
  let log: Logger
  /// Nil while it cannot be opened.
  private var journal: Journal?
  /// What can be read meanwhile.
  private var stored: StoredJournal?
  private(set) var backlog = Backlog()
  /// Whether the journal was begun anew and does not hold what memory does: it has to be given it.
  private(set) var mustAdopt = false
  /// Whether the journal has a past that memory does not come from.
  private var isAnother = false
  private var isAnotherTold = false
  /// What was found in a file that has yet to be set aside.
  private var damage: SQLiteFailure?
  /// How many occurrences the present compaction has made counts of.
  private var compacted = 0
  private let retry = Retry()
  let check = JournalCheck()
  private let compaction = Compaction()

  /// Opens the journal. Where the disk does not allow it, what can be read is read, and the rest is for
  /// later. A journal that is there and cannot be read is an error, and so is all that wants the user: going
  /// on from nothing would lose what is in it.
  init(at path: String, log: Logger) throws(JournalError) {
    self.path = path
    self.log = log
    let now = SystemClock.now
    do throws(JournalError) {
      let opening = try Journal.open(at: path, now: now)
      journal = opening.journal
      displaced = opening.displaced
      start = (opening.snapshot, opening.handledAhead)
    } catch {
      guard error.isTemporary else { throw error }
      if let (stored, found) = try Self.read(path, at: now, whereNot: error) {
        self.stored = stored
        start = found
      } else {
        // The seed that the new journal will have: what is drawn until then is drawn by it.
        start = (Snapshot(draws: Draws(seed: .random(in: .min ... .max))), [])
        mustAdopt = true
      }
      failure = error
      log.error("Reminders go on from memory: \(error)")
    }
    if let displaced { log.error("\(displaced)") }
    if !start.snapshot.unknownWords.isEmpty {
      let columns = start.snapshot.unknownWords.sorted().joined(separator: ", ")
      log.warning(
        "The journal holds words that this version does not know, in: \(columns)",
        metadata: ["event": "journal-unknown-words"])
    }
    retry.onTime = { [unowned self] in write() }
    compaction.batch = { [unowned self] in compact() }
    if failure != nil { retry.begin() }
  }

  var state: State { failure.map { .behind(backlog.count, $0) } ?? .current }

  /// Takes changes. They are durable when this returns, unless `state` says otherwise.
  func record(_ changes: [Change]) {
    guard !changes.isEmpty else { return }
    backlog.add(changes)
    write()
  }

  /// Disk work that can wait until everything is on the screen.
  func tidy() {
    guard let journal, failure == nil else { return }
    do { try journal.tidy() } catch { log.warning("\(error)") }
    compaction.startWhenDue(at: SystemClock.now)
  }

  /// Looks the whole file over, beside everything else: for when the daemon can be talked to.
  func look() {
    guard journal != nil else { return }
    check.start(path) { [weak self] error in self?.see(error) }
  }

  /// Ends what runs beside, because the process ends, and tries once more to write what waits.
  func stop() {
    check.cancel()
    if failure != nil { write() }
  }

  /// What can be read: all that is durable, where the disk lets us.
  var readable: (any ReadableJournal)? { if let journal { journal } else { stored } }

  /// The journal, with all that waited in it.
  func written() throws(JournalError) -> Journal {
    if !backlog.isEmpty { write() }
    if let failure { throw failure }
    return try opened()
  }
}

extension Recorder {
  /// Tries to write all that waits.
  private func write() {
    let before = state
    leaveMoved()
    do throws(JournalError) {
      try commit(to: try opened())
      backlog = Backlog()
      if isAnother, !isAnotherTold {
        isAnotherTold = true
        onAnother()
      }
      mustAdopt = false
      failure = nil
      retry.end()
      if before != .current {
        log.notice("The journal is written again", metadata: ["event": "journal-current"])
      }
    } catch {
      if failure == nil {
        log.error("Reminders go on from memory: \(error)", metadata: ["event": "journal-behind"])
      }
      failure = error
      if case .notAJournal(_, let cause) = error { spoil(cause) }
      retry.begin()
    }
    if state != before { onChange() }
  }

  /// Lets go of a file that somebody has moved or deleted: what went into it would not be there at the next start.
  private func leaveMoved() {
    guard let journal, damage == nil, !journal.isInPlace else { return }
    log.error("The journal was moved or deleted, and is begun anew", metadata: ["event": "journal-moved"])
    check.cancel()
    do { try journal.leave() } catch { log.warning("\(error)") }
    self.journal = nil
    mustAdopt = true
  }

  private func commit(to journal: Journal) throws(JournalError) {
    if isAnother {
      let now = SystemClock.now
      let changes = backlog.changesForAnother(open: try journal.snapshot(at: now).open, at: now)
      backlog = Backlog()
      backlog.add(changes)
    }
    do throws(JournalError) {
      try commit(backlog.changes, to: journal)
    } catch {
      guard error.isRefusal else { throw error }
      try commitSingly(to: journal)
      try commit([], to: journal)
    }
  }

  /// One change will never be taken, and must not keep the others from it.
  private func commitSingly(to journal: Journal) throws(JournalError) {
    var changes = backlog.changes[...]
    defer {
      backlog = Backlog()
      backlog.add(Array(changes))
    }
    while let change = changes.first {
      do throws(JournalError) {
        try journal.commit([change])
      } catch {
        guard error.isRefusal else { throw error }
        log.critical("\(error)")
      }
      changes.removeFirst()
    }
  }

  private func commit(_ changes: [Change], to journal: Journal) throws(JournalError) {
    guard mustAdopt else { return try journal.commit(changes) }
    let memory = memory()
    try journal.commit(
      changes, adopting: memory.snapshot, handledAhead: memory.handledAhead, at: SystemClock.now)
  }

  /// The journal, opened now where it was not.
  private func opened() throws(JournalError) -> Journal {
    if let damage {
      // A connection that is still open on a file that is moved would find the new one in its place.
      guard !check.isRunning else { throw .notAJournal(path: path, cause: damage) }
      journal?.abandon()
      journal = nil
      mustAdopt = true
    }
    if let journal { return journal }
    // It reads the same files, and must let go of them first.
    stored = nil
    do throws(JournalError) {
      let opening = try Journal.open(at: path, now: SystemClock.now, settingAside: damage)
      if let displaced = opening.displaced {
        self.displaced = displaced
        mustAdopt = true
        log.error("\(displaced)")
      }
      if mustAdopt, try opening.journal.holdsPast() { (mustAdopt, isAnother) = (false, true) }
      damage = nil
      journal = opening.journal
      if opening.displaced == nil { look() }
      return opening.journal
    } catch {
      if damage == nil { stored = Self.stored(path, log) }
      throw error
    }
  }

  /// The file is damaged: the next try sets it aside and begins a new one from memory.
  private func spoil(_ cause: SQLiteFailure) {
    damage = cause
    check.cancel()
  }

  /// The look at the file has ended.
  private func see(_ error: JournalError?) {
    switch error {
    case .notAJournal(_, let cause)?:
      damage = cause
      write()
    case let error?: log.warning("The journal could not be looked over: \(error)")
    case nil: if damage != nil { write() }
    }
  }

  /// Compacts a few occurrences that are long past; returns whether there may be more.
  private func compact() -> Bool {
    guard let journal, failure == nil, let keep = keep() else { return false }
    let now = SystemClock.now
    do {
      let limit = Journal.compactionBatch
      let cutoff = now.advanced(byMicroseconds: -keep.span)
      let count = try journal.compact(before: cutoff, in: keep.zone, now: now, limit: limit)
      try journal.tidy(now: count < limit)
      compacted += count
      if count == limit { return true }
      if compacted > 0 { log.notice("Became daily counts: occurrences \(compacted)") }
      compacted = 0
      return false
    } catch {
      log.warning("\(error)")
      return false
    }
  }
}
