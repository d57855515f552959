import Glibc

/// The file of the program that this process runs. A package manager replaces it by a file of the same path.
package struct ProgramFile: Sendable {
  package let path: String
  /// Nil if the file was replaced or removed before this value was made.
  private let identity: FileIdentity?

  /// Nil if the kernel does not tell the path (proc(5)).
  /// - Parameter name: see `init(target:startedAs:)`.
  package init?(startedAs name: String = "") {
    guard let target = try? SymbolicLink.target(of: "/proc/self/exe") else { return nil }
    self.init(target: target, startedAs: name)
  }

  /// - Parameters:
  ///   - target: what `/proc/self/exe` leads to: never a symbolic link.
  ///   - name: the first word of the command line. An absolute path that leads to the program is its path: a
  ///     link there that is led to another program replaces it, too.
  package init(target: String, startedAs name: String = "") {
    // The kernel adds these words where no name leads to the file any more.
    let removed = " (deleted)"
    let isRemoved = target.hasSuffix(removed) && !FileStatus.exists(target)
    let file = isRemoved ? String(target.dropLast(removed.count)) : target
    let identity = isRemoved ? nil : try? FileStatus(of: file).identity
    let isPath = name.hasPrefix("/") && (identity == nil || (try? FileStatus(of: name).identity) == identity)
    path = isPath ? name : file
    self.identity = identity
  }

  /// Another program that is at the path now, as it is now. Nil while there is none.
  package var replacement: FileStamp? {
    guard let status = try? FileStatus(of: path), status.kind == .file else { return nil }
    return status.identity != identity && access(path, X_OK) == 0 ? status.stamp : nil
  }

  /// True if another program is at the path now. False while there is none.
  package var isReplaced: Bool { replacement != nil }
}
