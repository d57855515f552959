import Files

/// The right of one process to write the journal: a lock on a file beside it, which the kernel releases with
/// the process.
///
/// SQLite's own exclusive mode would shut out readers too, such as the `sqlite3`
/// command.
final class JournalLock {
  private let file: LockFile

  /// Takes the lock of the journal at `path`, or throws at once.
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
