import Glibc

/// Why a folder of calendar files, or a file in it, cannot be read or written.
package struct VdirError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A clause.
  package let reason: String

  init(_ reason: String) { self.reason = reason }

  /// The system's word for it.
  init(code: CInt) { reason = strerror(code).map { String(cString: $0) } ?? "error \(code)" }

  /// There is no such file.
  static let missing = VdirError(code: ENOENT)

  package var description: String { reason }
}
