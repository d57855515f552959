import CSQLite

/// Reads a whole journal and looks for damage, on any thread and beside the `Journal` that has it open. It
/// has its own read-only connection. It takes about a millisecond for a thousand entries; a start does not
/// wait for that.
package struct IntegrityCheck: Sendable {
  private let path: String

  package init(of path: String) { self.path = path }

  /// Returns true if the whole file is sound, false if the check was cancelled before its end. Throws
  /// `JournalError.notAJournal` for damage; other errors mean that the file could not be read.
  @discardableResult
  package func run(until cancellation: Cancellation) throws(JournalError) -> Bool {
    do throws(JournalError) {
      let database = try Database(at: path, for: .read)
      defer { withExtendedLifetime(cancellation) {} }
      database.stop(on: cancellation)
      let answer = try database.firstText("PRAGMA integrity_check(1)") ?? "no answer"
      guard answer == "ok" else { throw .damaged(path, answer) }
      if let table = try database.firstText("PRAGMA foreign_key_check") {
        throw .damaged(path, "\(table) refers to a row that does not exist")
      }
      return true
    } catch {
      // A check that is interrupted may fail, or answer so.
      if cancellation.isCancelled { return false }
      throw error
    }
  }
}
