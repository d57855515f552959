import Glibc

/// The way along the names of a path, through the symbolic links on it (path_resolution(7)).
package enum PathWalk {
  /// A folder on the way, and the name in it by which the way goes on.
  package struct Step {
    package let folder: String
    package let name: String
    /// True if the name is the last of the path, or a symbolic link to it.
    package let isLast: Bool

    package var path: String { Folders.join(folder, name) }
  }

  /// As many symbolic links as the kernel follows.
  private static let mostLinks = 40

  /// Finds where a path leads.
  /// - Parameters:
  ///   - visit: is called with each step before what the step leads to is looked at: a watch that is set
  ///     there misses nothing.
  ///   - follows: is asked about each link; where it says no, the way ends at the link.
  /// - Returns: the path without symbolic links, and whether there is something. The last name alone may be
  ///   missing; an error is thrown where another one is.
  package static func end(
    of path: String, visit: (Step) -> Void = { _ in },
    follows: (Step, FileStatus) throws(FileError) -> Bool = { _, _ in true }
  ) throws(FileError) -> (path: String, isThere: Bool) {
    guard !path.isEmpty else { throw FileError(path, .system(ENOENT)) }
    var folder = path.hasPrefix("/") ? "/" : try workingFolder()
    var names = Array(path.split(separator: "/").reversed())
    var links = 0
    while let name = names.popLast() {
      if name == "." { continue }
      if name == ".." {
        folder = Folders.parent(of: folder)
        continue
      }
      let step = Step(folder: folder, name: String(name), isLast: names.isEmpty)
      visit(step)
      let status: FileStatus
      do throws(FileError) {
        status = try FileStatus(of: step.path, followingLinks: false)
      } catch {
        guard error.isMissing, step.isLast else { throw FileError(path, error.cause) }
        return (step.path, false)
      }
      guard status.kind == .link, try follows(step, status) else {
        folder = step.path
        continue
      }
      links += 1
      guard links <= mostLinks else { throw FileError(path, .system(ELOOP)) }
      let target = try SymbolicLink.target(of: step.path)
      if target.hasPrefix("/") { folder = "/" }
      names += target.split(separator: "/").reversed()
    }
    return (folder, true)
  }

  private static func workingFolder() throws(FileError) -> String {
    guard let path = getcwd(nil, 0) else { throw FileError(".") }
    defer { free(path) }
    return String(cString: path)
  }
}
