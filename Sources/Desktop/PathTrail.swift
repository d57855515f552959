import Glibc

/// The folders on the way to a path: what a name leads to changes when an entry changes in one of them. Goes through
/// symbolic links, and ends where there is nothing yet.
struct PathTrail {
  /// A folder on the way, and the name in it by which the way goes on.
  struct Step {
    let folder: String
    let name: String
    /// Whether the name is what is looked for itself, or a link to it.
    let isLast: Bool
  }

  /// As many symbolic links as the kernel follows (path_resolution(7)).
  private static let maximumLinks = 40

  /// Walks the way. `visit` is called with each step before what the step leads to is looked at: a watch that is set
  /// there misses nothing.
  /// - Returns: the real path of what is there at the end, or nil where there is nothing.
  static func walk(_ path: String, visit: (Step) -> Void) -> String? {
    var folder = "/"
    var names = Array(path.split(separator: "/").reversed())
    var links = 0
    while let name = names.popLast() {
      if name == "." { continue }
      if name == ".." {
        folder = parent(of: folder)
        continue
      }
      visit(Step(folder: folder, name: String(name), isLast: names.isEmpty))
      let next = join(folder, String(name))
      var status = stat()
      guard lstat(next, &status) == 0 else { return nil }
      guard status.st_mode & S_IFMT == S_IFLNK else {
        folder = next
        continue
      }
      links += 1
      guard links <= maximumLinks, let target = target(of: next) else { return nil }
      if target.hasPrefix("/") { folder = "/" }
      names += target.split(separator: "/").reversed()
    }
    return folder
  }

  /// The path of a name in a folder.
  static func join(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/" + name : folder + "/" + name
  }

  private static func parent(of folder: String) -> String {
    "/" + folder.split(separator: "/").dropLast().joined(separator: "/")
  }

  private static func target(of link: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}
