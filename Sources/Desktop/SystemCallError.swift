import Descriptors

/// A failed call of the system or of libsystemd: the operation and the reason.
nonisolated package struct SystemCallError: Error, Hashable, CustomStringConvertible {
  /// The operation, in words that continue "cannot": `connect to the session bus`.
  package let operation: String
  /// An errno number, positive.
  package let code: Int32

  package init(_ operation: String, code: Int32) {
    self.operation = operation
    self.code = code
  }

  package var description: String {
    "cannot \(operation): \(ErrorNumber(code))"
  }

  /// Returns libsystemd's result, or throws if it is a negative errno.
  @discardableResult
  static func check(
    _ result: Int32, _ operation: @autoclosure () -> String
  ) throws(SystemCallError) -> Int32 {
    guard result >= 0 else { throw SystemCallError(operation(), code: -result) }
    return result
  }
}
