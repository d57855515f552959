import CSQLite
import Descriptors
import Glibc

/// What SQLite said: its own code and message, kept for whoever looks deeper.
package struct SQLiteFailure: Hashable, Sendable, CustomStringConvertible {
  /// The extended result code (sqlite.org/rescode.html).
  package let code: Int32
  /// English, without values from the file.
  package let message: String
  /// The operating system's error number behind it; 0 where there is none.
  package let systemError: Int32

  init(code: Int32, message: String, systemError: Int32 = 0) {
    self.code = code
    self.message = message
    self.systemError = systemError
  }

  /// What `handle` says of a result code that it has just returned.
  init(code: Int32, from handle: OpaquePointer?) {
    let number = errno
    let message = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
    self.init(
      code: code, message: message.map { String(cString: $0) } ?? "unknown error",
      systemError: Self.systemError(code, known: handle.map { sqlite3_system_errno($0) } ?? 0, last: number))
  }

  /// The error number behind a failure. SQLite does not keep the one of a write, other than for a full disk; the last one
  /// of this thread is taken for it where it can be nothing else.
  private static func systemError(_ code: Int32, known: Int32, last: Int32) -> Int32 {
    guard known == 0, code & 0xff == SQLITE_IOERR else {
      return known
    }
    return [ENOSPC, EDQUOT, EFBIG, EROFS, EIO].contains(last) ? last : 0
  }

  /// The result code without its extension.
  var primaryCode: Int32 { code & 0xff }

  /// Whether the file system failed, rather than what is in the file.
  var isInputOutput: Bool { primaryCode == SQLITE_IOERR || primaryCode == SQLITE_CANTOPEN }

  /// Whether a value is refused.
  var isConstraint: Bool { [SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG].contains(primaryCode) }

  package var description: String {
    let system = isInputOutput && systemError != 0 ? ": \(ErrorNumber(systemError))" : ""
    return "SQLite \(code): \(message)\(system)"
  }
}

extension JournalError {
  /// What a failure of SQLite means for the journal.
  init(_ cause: SQLiteFailure, path: String) {
    switch (cause.primaryCode, cause.isInputOutput ? cause.systemError : 0) {
    // A limit on the size of files (RLIMIT_FSIZE) is a disk that is full.
    case (SQLITE_FULL, _), (_, ENOSPC), (_, EDQUOT), (_, EFBIG): self = .full(path: path, cause: cause)
    case (SQLITE_READONLY, _), (_, EROFS), (_, EACCES), (_, EPERM): self = .readOnly(path: path, cause: cause)
    case (SQLITE_BUSY, _), (SQLITE_LOCKED, _): self = .busy(path: path, cause: cause)
    case (SQLITE_NOTADB, _), (SQLITE_CORRUPT, _): self = .notAJournal(path: path, cause: cause)
    default: self = .failed(path: path, cause: cause)
    }
  }

  /// What a failed call of the operating system means, on the journal's file or beside it: what may pass is told like
  /// a failure of SQLite, anything else wants the user.
  static func system(_ number: Int32, path: String) -> JournalError {
    switch number {
    case ENOSPC, EDQUOT, EFBIG, EROFS, EACCES, EPERM, EIO:
      let cause = SQLiteFailure(
        code: SQLITE_CANTOPEN, message: "unable to open file", systemError: number)
      return JournalError(cause, path: path)
    default:
      return .unusable(path: path, reason: "\(ErrorNumber(number)); make the file and its folder writable")
    }
  }
}
