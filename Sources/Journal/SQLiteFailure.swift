import CSQLite
import Descriptors
import Glibc

/// A failure as SQLite reports it: its code and its message.
package struct SQLiteFailure: Hashable, Sendable, CustomStringConvertible {
  /// The extended result code (sqlite.org/rescode.html).
  package let code: Int32
  /// English, without values from the file.
  package let message: String
  /// The operating system's error number; 0 if there is none.
  package let systemError: Int32

  init(code: Int32, message: String, systemError: Int32 = 0) {
    self.code = code
    self.message = message
    self.systemError = systemError
  }

  /// The failure of a call on `handle` that has just returned `code`.
  init(code: Int32, from handle: OpaquePointer?) {
    let number = errno
    let message = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
    self.init(
      code: code, message: message.map { String(cString: $0) } ?? "unknown error",
      systemError: Self.systemError(code, known: handle.map { sqlite3_system_errno($0) } ?? 0, last: number))
  }

  /// The error number of a failure. SQLite keeps none of a failed write, except for a full disk: then the
  /// last number of this thread counts, if it is one that a write can have.
  private static func systemError(_ code: Int32, known: Int32, last: Int32) -> Int32 {
    guard known == 0, code & 0xff == SQLITE_IOERR else { return known }
    return [ENOSPC, EDQUOT, EFBIG, EROFS, EIO].contains(last) ? last : 0
  }

  /// The result code without its extension.
  var primaryCode: Int32 { code & 0xff }

  /// True if the file system failed, rather than the content of the file.
  var isInputOutput: Bool { primaryCode == SQLITE_IOERR || primaryCode == SQLITE_CANTOPEN }

  /// True if a value is refused.
  var isConstraint: Bool { [SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG].contains(primaryCode) }

  package var description: String {
    let system = isInputOutput && systemError != 0 ? ": \(ErrorNumber(systemError))" : ""
    return "SQLite \(code): \(message)\(system)"
  }
}

extension JournalError {
  /// The journal's error for a failure of SQLite.
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

  /// The journal's error for a failed system call on its file or a file beside it. Errors that may pass
  /// become failures of SQLite; for the others the user has to do something.
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
