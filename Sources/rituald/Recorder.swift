import CivilTime
import Journal
import Logging
import Rituals

/// Makes changes durable. Where the disk will not take them, they wait in memory, in order, and go with the next
/// that succeeds: reminders do not stop because a disk is full.
final class Recorder {
  private let journal: Journal
  private let log: Logger
  private var backlog: [Change] = []
  /// Why the last commit failed; nil while all that happened is durable.
  private(set) var failure: JournalError?

  init(_ journal: Journal, log: Logger) {
    self.journal = journal
    self.log = log
  }

  /// How many changes wait in memory.
  var waiting: Int { backlog.count }

  func record(_ changes: [Change]) {
    do {
      try journal.commit(backlog + changes)
      backlog = []
      if failure != nil { log.notice("The journal is written again") }
      failure = nil
    } catch  where error.isTemporary {
      backlog += changes
      if failure == nil { log.error("Reminders go on from memory: \(error)") }
      failure = error
    } catch {
      // These changes will never be taken, and must not keep later ones from it.
      log.critical("\(error)")
      failure = error
    }
  }

  /// Disk work that can wait until everything is on the screen.
  func tidy() {
    do { try journal.tidy() } catch { log.warning("\(error)") }
  }

  /// Occurrences later than `instant` that were shown; none where the journal cannot be read.
  func shown(after instant: Instant) -> [Occurrence] {
    do {
      return try journal.shown(after: instant)
    } catch {
      log.error("The journal cannot be read: \(error)")
      return []
    }
  }

  /// The latest entries, oldest first.
  func history(since: Instant?, ritual: RitualID?, limit: Int) throws(JournalError) -> [Entry] {
    try journal.history(since: since, ritual: ritual, limit: limit)
  }
}
