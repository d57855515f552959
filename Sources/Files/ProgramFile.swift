import Glibc

/// The file of the program that this process runs. A package manager replaces it by a file of the same path.
package struct ProgramFile: Sendable {
  package let path: String
  /// Nil if the file was replaced or removed before this value was made.
  private let identity: FileIdentity?

  /// Nil if the kernel does not tell the path (proc(5)).
  package init?() {
    guard let target = try? SymbolicLink.target(of: "/proc/self/exe") else { return nil }
    self.init(target: target)
  }

  /// - Parameter target: what `/proc/self/exe` leads to.
  package init(target: String) {
    // The kernel adds these words where no name leads to the file any more.
    let removed = " (deleted)"
    let isRemoved = target.hasSuffix(removed) && !FileStatus.exists(target)
    path = isRemoved ? String(target.dropLast(removed.count)) : target
    identity = isRemoved ? nil : try? FileStatus(of: path).identity
  }

  /// True if another program is at the path now. False while there is none.
  package var isReplaced: Bool {
    guard let status = try? FileStatus(of: path), status.kind == .file else { return false }
    return status.identity != identity && access(path, X_OK) == 0
  }
}
