import Descriptors
import Glibc

/// Folders, and the names in them.
package enum Folders {
  /// The folder of a path; `.` where the path has none.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path of a name in a folder.
  package static func join(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/" + name : folder + "/" + name
  }

  /// Makes a folder, 0700 whatever the umask; one that exists stays as it is.
  /// - Parameter makingParents: whether to make the folders above it that are missing.
  package static func make(_ path: String, makingParents: Bool = true) throws(FileError) {
    do throws(FileError) {
      try makeOne(path)
    } catch {
      let parent = parent(of: path)
      guard error.isMissing, makingParents, parent != path else { throw error }
      try make(parent)
      try makeOne(path)
    }
  }

  private static func makeOne(_ path: String) throws(FileError) {
    guard mkdir(path, 0o700) == 0 else {
      let error = FileError(path)
      // A file system that cannot be written may refuse before it says that the folder is there.
      if error.isTaken || FileStatus.exists(path) { return }
      throw error
    }
    // A umask may have taken permissions of the owner's own. Some file systems keep none.
    if try FileStatus(of: path, followingLinks: false).mode & 0o700 != 0o700 {
      guard chmod(path, 0o700) == 0 || [EPERM, ENOSYS, EOPNOTSUPP].contains(errno) else {
        throw FileError(path)
      }
    }
    try synchronize(parent(of: path))
  }

  /// Throws where this process cannot make names in a folder.
  package static func checkWritable(_ folder: String) throws(FileError) {
    guard access(folder + "/.", W_OK | X_OK) == 0 else { throw FileError(folder) }
  }

  /// True if other users may make names in a folder: those that lead to a file may be a stranger's doing.
  /// A folder that cannot be looked at counts as shared.
  static func isShared(_ folder: String) -> Bool {
    (try? FileStatus(of: folder).othersMayWrite) ?? true
  }

  /// Makes the names in a folder durable: a new name alone may be lost with the power (fsync(2)).
  package static func synchronize(_ folder: String) throws(FileError) {
    let handle = try Descriptor(opening: folder, O_RDONLY | O_DIRECTORY)
    // Some file systems cannot do this for a folder, and say so.
    guard fsync(handle.raw) == 0 || [EINVAL, ENOSYS, EOPNOTSUPP].contains(errno) else {
      throw FileError(folder)
    }
  }

  /// Removes a name, whatever it stands for (unlink(2)). Folders stay.
  package static func removeName(_ path: String) throws(FileError) {
    guard unlink(path) == 0 else { throw FileError(path) }
  }

  /// Gives a file or folder another name. What has that name goes.
  package static func moveName(_ path: String, to other: String) throws(FileError) {
    guard rename(path, other) == 0 else { throw FileError(path) }
  }
}
