import CSQLite
package import CivilTime

/// The reason why the journal could not be opened, written or read. Its text names the file and a remedy, and
/// no ritual's words.
package enum JournalError: Error, Hashable, Sendable {
  /// The folder or the file cannot be made, or is of a wrong kind; `reason` says what was found.
  case unusable(path: String, reason: String)
  /// Another process has this journal; nil if that process has not written its number.
  case inUse(path: String, process: Int32?)
  /// The file is no journal, or a damaged one, and stays as it is; see `Journal.setAside`.
  case notAJournal(path: String, cause: SQLiteFailure)
  /// The file was written by a later version of this program.
  case tooNew(path: String, found: Int, known: Int)
  /// No space is left. The same changes can be committed later.
  case full(path: String, cause: SQLiteFailure)
  /// The file or its file system cannot be written. The same changes can be committed later.
  case readOnly(path: String, cause: SQLiteFailure)
  /// Another program (a database browser) is writing to it. The same changes can be committed later.
  case busy(path: String, cause: SQLiteFailure)
  /// An entry came for an occurrence that has ended: a mistake in this program. Another try fails too.
  case ended(path: String, scheduled: Instant, outcome: String, happening: String)
  /// The file has a former format and keeps it, because a copy of it cannot be kept first: something is in
  /// the copy's way. The same changes can be committed later.
  case noCopy(path: String, reason: String)
  /// The rows are deleted, but copies of them may still be in the write-ahead log.
  case stillInLog(path: String, reason: String)
  /// Nothing is erased, because a copy of a former format cannot be removed.
  case stillInCopy(path: String, reason: String)
  /// Any other failure of SQLite.
  case failed(path: String, cause: SQLiteFailure)

  /// True if the same call may succeed later, without a change of the file itself.
  package var isTemporary: Bool {
    switch self {
    case .full, .readOnly, .busy, .noCopy: true
    case .failed(_, let cause): cause.isInputOutput
    case .unusable, .inUse, .notAJournal, .tooNew, .ended, .stillInLog, .stillInCopy: false
    }
  }

  /// True if one of the changes is refused, rather than the file failing: another try fails too.
  package var isRefusal: Bool {
    switch self {
    case .ended: true
    case .failed(_, let cause): cause.isConstraint
    case .full, .readOnly, .busy, .noCopy, .unusable, .inUse, .notAJournal, .tooNew, .stillInLog,
      .stillInCopy:
      false
    }
  }
}

extension JournalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unusable(let path, let reason):
      "\(path): the journal cannot be kept here: \(reason)"
    case .inUse(let path, let process?):
      "\(path): the journal is in use by process \(process); stop that one first"
    case .inUse(let path, nil):
      "\(path): the journal is in use by another process; stop that one first"
    case .notAJournal(let path, let cause):
      "\(path): not a journal, or a damaged one (\(cause)); it was left as it is: "
        + "move it away, and a new one is begun"
    case .tooNew(let path, let found, let known):
      "\(path): the journal has format \(found), and this version knows up to \(known); "
        + "install the newer version again, or go back to the copy that it kept (docs/journal.md), "
        + "or move the file away to begin anew"
    case .full(let path, let cause):
      "\(path): no space is left for the journal (\(cause)); free some, and it catches up"
    case .readOnly(let path, let cause):
      "\(path): the journal cannot be written (\(cause)); make the file and its folder writable, "
        + "and it catches up"
    case .busy(let path, let cause):
      "\(path): another program is writing to the journal (\(cause)); close it, and the journal catches up"
    case .ended(let path, let scheduled, let outcome, let happening):
      "\(path): an occurrence scheduled at \(scheduled.microseconds) µs of Unix time is \(outcome) already "
        + "and cannot become \(happening); nothing was recorded: a mistake in the program, please report it"
    case .noCopy(let path, let reason):
      "\(path): the copy of the journal that is kept before its format changes cannot be made here: "
        + "\(reason); then the journal catches up"
    case .stillInLog(let path, let reason):
      "\(path): it is erased, but its write-ahead log may still hold it (\(reason)); "
        + "close other programs that have it open, and forget again"
    case .stillInCopy(let path, let reason):
      "\(path): this copy of a former format cannot be removed (\(reason)), and nothing was erased; "
        + "remove it, and forget again"
    case .failed(let path, let cause):
      "\(path): the journal failed (\(cause)); check the disk, and that the file can be read and written"
    }
  }
}

extension JournalError {
  static func damaged(_ path: String, _ what: String) -> JournalError {
    .notAJournal(path: path, cause: SQLiteFailure(code: SQLITE_CORRUPT, message: what))
  }

  static func unreadableRow(of table: String, in path: String) -> JournalError {
    .damaged(path, "a row of the table \(table) cannot be understood")
  }

  static func foreign(_ path: String) -> JournalError {
    let message = "it is another program's database"
    return .notAJournal(path: path, cause: SQLiteFailure(code: SQLITE_NOTADB, message: message))
  }
}
