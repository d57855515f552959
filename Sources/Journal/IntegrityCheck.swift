import CSQLite

/// Reads a whole journal and looks for damage, beside the `Journal` that has it open, on any thread: a connection of
/// its own, which only reads. It takes about a millisecond for a thousand entries; opening a journal cannot wait
/// for that.
package struct IntegrityCheck: Sendable {
  private let path: String

  package init(of path: String) { self.path = path }

  /// Kilobytes of the file that are held in memory meanwhile: the daemon is to stay small.
  private static let cache = 256

  /// Returns true where the whole file is sound, false where the check was cancelled before it knew;
  /// `JournalError.notAJournal` says what is damaged. Other errors say that it could not be looked at, and nothing about
  /// the file.
  @discardableResult
  package func run(until cancellation: Cancellation) throws(JournalError) -> Bool {
    do throws(JournalError) {
      let database = try Database(at: path, for: .read)
      defer { withExtendedLifetime(cancellation) {} }
      database.obey(cancellation)
      try database.execute("PRAGMA cache_size = -\(Self.cache)")
      let answer = try database.firstText("PRAGMA integrity_check(1)") ?? "no answer"
      guard answer == "ok" else { throw .damaged(path, answer) }
      if let table = try database.firstText("PRAGMA foreign_key_check") {
        throw .damaged(path, "\(table) refers to a row that is not there")
      }
      return true
    } catch {
      // A check that is interrupted may say so in its answer instead of failing.
      if cancellation.isCancelled { return false }
      throw error
    }
  }
}
