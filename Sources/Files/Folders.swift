import Glibc

/// Folders on the way to files.
package enum Folders {
  /// The folder of a path; `.` where the path has none.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder, 0700, and those above it; a folder that exists stays as it is.
  package static func make(_ path: String) throws(FileError) {
    if mkdir(path, 0o700) == 0 { return try synchronize(parent(of: path)) }
    switch errno {
    case EEXIST: return
    case ENOENT:
      let parent = parent(of: path)
      guard parent != path else { throw FileError(path) }
      try make(parent)
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileError(path) }
      try synchronize(parent)
    default: throw FileError(path)
    }
  }

  /// Makes the names in a folder durable: a new name alone may be lost with the power (fsync(2)).
  package static func synchronize(_ folder: String) throws(FileError) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw FileError(folder) }
    defer { close(handle) }
    // Some file systems cannot do this for a folder, and say so.
    guard fsync(handle) == 0 || [EINVAL, ENOSYS, EOPNOTSUPP].contains(errno) else { throw FileError(folder) }
  }

  /// As many symbolic links as the kernel follows (path_resolution(7)).
  private static let mostLinks = 40

  /// Where a path leads: through symbolic links, also where the last name is not there yet.
  package static func destination(of path: String) throws(FileError) -> String {
    var path = path
    for _ in 0...mostLinks {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      guard errno == ENOENT else { throw FileError(path) }
      var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count)
      guard count > 0 else { return path }
      let target = String(decoding: buffer[..<count], as: UTF8.self)
      path = target.hasPrefix("/") ? target : parent(of: path) + "/" + target
    }
    throw FileError(path, .system(ELOOP))
  }
}
