import Glibc

/// The reason why a test could not be set up.
nonisolated package enum RigError: Error, CustomStringConvertible {
  /// A required program is not installed; the second value is its Debian package.
  case missing(program: String, package: String)
  /// A system call failed.
  case failed(String, code: Int32)
  /// An awaited event did not come.
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
