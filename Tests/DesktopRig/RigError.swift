import Glibc

/// Why the stage for a test could not be set.
nonisolated package enum RigError: Error, CustomStringConvertible {
  /// A program that the tests need is not installed; the second is its Debian package.
  case missing(program: String, package: String)
  /// A call of the system failed.
  case failed(String, code: Int32)
  /// Something that a test waits for did not come.
  case waitedInVain(String)

  package var description: String {
    switch self {
    case .missing(let program, let package):
      "\(program) is not installed; it is in the Debian package \(package)"
    case .failed(let what, let code): "cannot \(what): \(String(cString: strerror(code)))"
    case .waitedInVain(let what): "waited in vain for \(what)"
    }
  }
}
