import Glibc

/// An error number of the system (errno(3)).
package struct ErrorNumber: Error, Hashable, Sendable, CustomStringConvertible {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  /// The number of this thread's last system call that failed.
  package static var last: ErrorNumber { ErrorNumber(errno) }

  /// The system's words for it (strerror(3)).
  package var description: String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
