import CivilTime
import Journal
import Logging
import Rituals

/// A journal that cannot be written, read.
extension Recorder {
  static func stored(_ path: String, _ log: Logger) -> StoredJournal? {
    do throws(JournalError) {
      return try StoredJournal(at: path)
    } catch {
      log.warning("The journal cannot be read either: \(error)")
      return nil
    }
  }

  /// A journal that cannot be written, and what a start carries over from it; nil where there is none, or
  /// what is there is none. Throws `error`, for which it cannot be written, or a better reason, where it
  /// cannot be read either.
  static func read(
    _ path: String, at now: Instant, whereNot error: JournalError
  ) throws(JournalError) -> (StoredJournal, Memory)? {
    guard !StoredJournal.isUnbegun(at: path) else { return nil }
    do throws(JournalError) {
      let stored = try StoredJournal(at: path)
      return (stored, (try stored.snapshot(at: now), try stored.shown(after: now)))
    } catch let reason {
      switch reason {
      // It is set aside once the disk allows it.
      case .notAJournal: return nil
      case .tooNew: throw reason
      default: throw error
      }
    }
  }
}
