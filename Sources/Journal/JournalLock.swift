import Files

/// The lock of one journal, on a file beside it: one process has the journal at a time.
///
/// It is not SQLite's own exclusive mode, because that would shut out readers too, such as the `sqlite3`
/// command.
final class JournalLock {
  private let file: LockFile

  /// Takes the lock of the journal at `path`; does not wait for it.
  init(of path: String) throws(JournalError) {
    do throws(LockFile.Failure) {
      file = try LockFile(path + ".lock")
    } catch {
      switch error {
      case .taken(let process): throw .inUse(path: path, process: process)
      case .failed(let error): throw .file(error)
      }
    }
  }
}
