import CivilTime
import Journal
import Logging
import Rituals
import SystemZones

/// Makes changes durable. If the disk does not take them, they wait in memory and go with the next write that
/// succeeds: reminders do not stop because a disk is full, read-only or damaged.
final class JournalWriter {
  enum State: Equatable {
    /// Everything that happened is durable.
    case current
    /// This number of changes is only in memory.
    case behind(Int, JournalError)
  }

  /// The state that a start begins with, or that a new journal gets; and occurrences later than now that must
  /// not become due again.
  typealias StartState = (snapshot: Snapshot, alreadyHandled: [Occurrence])
  /// The time that the past is kept in full, in microseconds, and the zone whose days then count.
  typealias Retention = (span: Int64, zone: Zone)

  /// The state that was in the journal at the start.
  let start: StartState
  /// The last file that was set aside.
  private(set) var displaced: DisplacedJournal?
  /// The reason why the last write failed; nil while everything is durable.
  private(set) var failure: JournalError?
  /// Called when `state` changes.
  var onStateChange: () -> Void = {}
  /// Called when another journal with its own past was found in place of this one. It has the waiting changes
  /// by then; the daemon's memory does not come from it and has to be built again.
  var onOtherJournal: () -> Void = {}
  /// The daemon's state, for a new journal.
  var stateInMemory: () -> StartState = { (Snapshot(), []) }
  /// Nil to keep all of the past.
  var retention: () -> Retention? = { nil }

  let path: String
  let log: Logger
  /// Nil while the journal cannot be opened.
  private var journal: Journal?
  /// Reads the file while the journal cannot be opened.
  private var fallbackReader: JournalReader?
  private(set) var backlog = Backlog()
  /// True if the journal is new and does not have the state in memory.
  private(set) var needsImport = false
  /// True if the journal has a past from which the state in memory does not come.
  private var isOtherJournal = false
  private var hasReportedOther = false
  /// Damage in a file that has yet to be set aside.
  private var damage: SQLiteFailure?
  /// The number of occurrences that the present compaction has turned into daily counts.
  private var compacted = 0
  private let retry = Retry()
  let check = JournalCheck()
  private let compaction = DailyCompaction()

  /// Opens the journal. If the disk does not allow that now, the file is only read. Throws if a file is there
  /// and cannot be read: going on without it would lose its content. Throws also for errors that the user has
  /// to mend.
  init(at path: String, log: Logger) throws(JournalError) {
    self.path = path
    self.log = log
    let now = SystemClock.now
    do throws(JournalError) {
      let opening = try Journal.open(at: path, now: now)
      journal = opening.journal
      displaced = opening.displaced
      start = (opening.snapshot, opening.alreadyHandled)
    } catch {
      guard error.isTemporary else { throw error }
      if let (reader, found) = try Self.read(path, at: now, notWritableFor: error) {
        fallbackReader = reader
        start = found
      } else {
        // The new journal will get this seed: prompts are drawn by it until then.
        start = (Snapshot(draws: Draws(seed: .random(in: .min ... .max))), [])
        needsImport = true
      }
      failure = error
      log.error("Reminders go on from memory: \(error)", metadata: ["event": "journal-behind"])
    }
    if let displaced { log.error("\(displaced)") }
    if let journal { Self.reportMigration(of: journal, log) }
    if !start.snapshot.unknownWords.isEmpty {
      let columns = start.snapshot.unknownWords.sorted().joined(separator: ", ")
      log.warning(
        "The journal holds words that this version does not know, in: \(columns)",
        metadata: ["event": "journal-unknown-words"])
    }
    retry.onTime = { [unowned self] in writeBacklog() }
    compaction.batch = { [unowned self] in compact() }
    if failure != nil { retry.begin() }
  }

  var state: State { failure.map { .behind(backlog.count, $0) } ?? .current }

  /// Writes changes. They are durable when this returns, unless `state` says otherwise.
  func record(_ changes: [Change]) {
    guard !changes.isEmpty else { return }
    backlog.add(changes)
    writeBacklog()
  }

  /// Does disk work that can wait until all notifications are sent.
  func runDeferredWork() {
    guard let journal, failure == nil else { return }
    do { try journal.checkpoint() } catch { log.warning("\(error)") }
    compaction.startIfDue(at: SystemClock.now)
  }

  /// Checks the whole file on another thread.
  func startCheck() {
    guard journal != nil else { return }
    check.start(path) { [weak self] error in self?.checkEnded(error) }
  }

  /// Ends the check, and tries once more to write what waits: the process ends.
  func stop() {
    check.cancel()
    if failure != nil { writeBacklog() }
  }

  /// Reads everything that is durable; nil while the disk does not allow it.
  var reader: JournalReader? { journal?.reader ?? fallbackReader }

  /// The journal with all changes in it. Throws while it cannot be written.
  func currentJournal() throws(JournalError) -> Journal {
    if !backlog.isEmpty { writeBacklog() }
    if let failure { throw failure }
    return try openedJournal()
  }
}

extension JournalWriter {
  private func writeBacklog() {
    let before = state
    closeMovedJournal()
    do throws(JournalError) {
      try commitBacklog(to: try openedJournal())
      backlog = Backlog()
      if isOtherJournal, !hasReportedOther {
        hasReportedOther = true
        onOtherJournal()
      }
      needsImport = false
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
      if case .notAJournal(_, let cause) = error { markDamaged(cause) }
      retry.begin()
    }
    if state != before { onStateChange() }
  }

  /// Closes a file that another program has moved or deleted: the next start would not find changes in it.
  private func closeMovedJournal() {
    guard let journal, damage == nil, !journal.isInPlace else { return }
    log.error("The journal was moved or deleted, and is begun anew", metadata: ["event": "journal-moved"])
    check.cancel()
    do { try journal.emptyLog() } catch { log.warning("\(error)") }
    self.journal = nil
    needsImport = true
  }

  private func commitBacklog(to journal: Journal) throws(JournalError) {
    if isOtherJournal {
      let now = SystemClock.now
      let open = try journal.reader.snapshot(at: now).open
      let changes = backlog.changesForOtherJournal(open: open, at: now)
      backlog = Backlog()
      backlog.add(changes)
    }
    do throws(JournalError) {
      try commit(backlog.changes, to: journal)
    } catch {
      guard error.isRefusal else { throw error }
      try commitOneByOne(to: journal)
      try commit([], to: journal)
    }
  }

  /// Commits each change alone and drops those that are refused: they must not keep the others from the
  /// journal.
  private func commitOneByOne(to journal: Journal) throws(JournalError) {
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
    guard needsImport else { return try journal.commit(changes) }
    let (snapshot, alreadyHandled) = stateInMemory()
    try journal.commit(changes, importing: snapshot, alreadyHandled: alreadyHandled, at: SystemClock.now)
  }

  /// The journal, opened now if it was not.
  private func openedJournal() throws(JournalError) -> Journal {
    if let damage {
      // A connection that is open on a file while it is moved would use the log of the new file in its place.
      guard !check.isRunning else { throw .notAJournal(path: path, cause: damage) }
      journal?.forbidCheckpointOnClose()
      journal = nil
      needsImport = true
    }
    if let journal { return journal }
    // It reads the same files, and has to close them first.
    fallbackReader = nil
    do throws(JournalError) {
      let opening = try Journal.open(at: path, now: SystemClock.now, settingAside: damage)
      if let displaced = opening.displaced {
        self.displaced = displaced
        needsImport = true
        log.error("\(displaced)")
      }
      if needsImport, try opening.journal.hasRecords() { (needsImport, isOtherJournal) = (false, true) }
      damage = nil
      journal = opening.journal
      Self.reportMigration(of: opening.journal, log)
      if opening.displaced == nil { startCheck() }
      return opening.journal
    } catch {
      if damage == nil { fallbackReader = Self.reader(of: path, log) }
      throw error
    }
  }

  /// Marks the file as damaged: the next write sets it aside and begins a new one from memory.
  private func markDamaged(_ cause: SQLiteFailure) {
    damage = cause
    check.cancel()
  }

  private func checkEnded(_ error: JournalError?) {
    switch error {
    case .notAJournal(_, let cause)?:
      damage = cause
      writeBacklog()
    case let error?: log.warning("The journal could not be looked over: \(error)")
    case nil: if damage != nil { writeBacklog() }
    }
  }

  /// Compacts a batch of occurrences of the long past. Returns true if there may be more.
  private func compact() -> Bool {
    guard let journal, failure == nil, let retention = retention() else { return false }
    let now = SystemClock.now
    do {
      let limit = Journal.compactionBatch
      let cutoff = now.advanced(byMicroseconds: -retention.span)
      let count = try journal.compact(before: cutoff, in: retention.zone, now: now, limit: limit)
      try journal.checkpoint(now: count < limit)
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
