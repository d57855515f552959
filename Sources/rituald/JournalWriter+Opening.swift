import CivilTime
import Journal
import Logging
import Rituals

/// Reading a journal that cannot be written, and what opening one did.
extension JournalWriter {
  static func reportMigration(of journal: Journal, _ log: Logger) {
    guard let copy = journal.formerCopy else { return }
    log.notice(
      "The journal has a new format; a copy of it as it was is kept as \(copy)",
      metadata: ["event": "journal-migrated"])
  }

  static func reader(of path: String, _ log: Logger) -> JournalReader? {
    do throws(JournalError) {
      return try JournalReader(at: path)
    } catch {
      log.warning("The journal cannot be read either: \(error)")
      return nil
    }
  }

  /// A reader of the journal and the state in it; nil if there is no journal, or a file that will be set
  /// aside. Throws if the journal cannot be read either: `error`, the reason why it cannot be written, or a
  /// better reason.
  static func read(
    _ path: String, at now: Instant, notWritableFor error: JournalError
  ) throws(JournalError) -> (JournalReader, StartState)? {
    guard !JournalReader.isUnbegun(at: path) else { return nil }
    do throws(JournalError) {
      let reader = try JournalReader(at: path)
      return (reader, (try reader.snapshot(at: now), try reader.shown(after: now)))
    } catch let reason {
      switch reason {
      // The file is set aside once the disk allows it.
      case .notAJournal: return nil
      case .tooNew: throw reason
      default: throw error
      }
    }
  }
}
