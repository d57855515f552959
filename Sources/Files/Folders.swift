import Glibc

/// Folders on the way to files.
package enum Folders {
  /// The folder of a path; `.` where the path has none.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder, 0700 whatever the umask, and those above it; a folder that exists stays as it is.
  package static func make(_ path: String) throws(FileError) {
    if try makeOne(path) { return try synchronize(parent(of: path)) }
    switch errno {
    case EEXIST: return
    case ENOENT:
      let parent = parent(of: path)
      guard parent != path else { throw FileError(path) }
      try make(parent)
      guard try makeOne(path) || errno == EEXIST else { throw FileError(path) }
      try synchronize(parent)
    default: throw FileError(path)
    }
  }

  /// Makes a folder, 0700. False where that fails, and errno says why.
  private static func makeOne(_ path: String) throws(FileError) -> Bool {
    guard mkdir(path, 0o700) == 0 else { return false }
    var status = stat()
    // A umask may have taken its owner's own permissions. Some file systems keep none.
    guard lstat(path, &status) == 0, status.st_mode & 0o700 != 0o700 else { return true }
    guard chmod(path, 0o700) == 0 || [EPERM, ENOSYS, EOPNOTSUPP].contains(errno) else {
      throw FileError(path)
    }
    return true
  }

  /// Whether other users may make names in a folder: those that lead to a file may be a stranger's doing.
  /// True also where nobody can say.
  static func isShared(_ folder: String) -> Bool {
    var status = stat()
    return stat(folder, &status) != 0 || isShared(status)
  }

  static func isShared(_ folder: stat) -> Bool { folder.st_mode & (S_IWGRP | S_IWOTH) != 0 }

  /// Makes the names in a folder durable: a new name alone may be lost with the power (fsync(2)).
  package static func synchronize(_ folder: String) throws(FileError) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw FileError(folder) }
    defer { close(handle) }
    // Some file systems cannot do this for a folder, and say so.
    guard fsync(handle) == 0 || [EINVAL, ENOSYS, EOPNOTSUPP].contains(errno) else { throw FileError(folder) }
  }
}
