import Glibc

/// Writes files so that a reader, and a machine that loses power, sees the whole new text or what was before.
enum AtomicFile {
  /// Writes a new file, 0600; throws `FileExists` where there is one.
  static func create(_ path: String, _ bytes: [UInt8]) throws(WriteError) {
    try throughTemporary(path, bytes, like: nil) { temporary throws(WriteError) in
      // Unlike rename, link does not take the place of a file that came in the meantime.
      guard link(temporary, path) == 0 else {
        throw errno == EEXIST ? .exists : .failed(path: path, reason: ConfigurationFolder.message(errno))
      }
      unlink(temporary)
    }
  }

  /// Writes a file anew, with the permissions it had. A symbolic link stays one: what it leads to is written.
  static func replace(_ path: String, _ bytes: [UInt8]) throws(WriteError) {
    guard let resolved = realpath(path, nil) else { throw failure(path) }
    let target = String(cString: resolved)
    free(resolved)
    var status = stat()
    guard stat(target, &status) == 0 else { throw failure(target) }
    try throughTemporary(target, bytes, like: status) { temporary throws(WriteError) in
      guard rename(temporary, target) == 0 else { throw failure(target) }
    }
  }

  /// Writes a file, 0600, in the place of whatever has its name; a folder is left.
  static func replaceName(_ path: String, _ bytes: [UInt8]) throws(WriteError) {
    try throughTemporary(path, bytes, like: nil) { temporary throws(WriteError) in
      guard rename(temporary, path) == 0 else { throw failure(path) }
    }
  }

  /// Whether a name is a device's, a named pipe's, or a link of the system's to something that is open (`/dev/fd/3`).
  static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    if isLink, path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return true }
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// Writes into what has this name.
  static func append(_ path: String, _ bytes: [UInt8]) throws(WriteError) {
    let file = open(path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    try write(bytes, to: file, path)
  }

  /// Removes a file for good.
  static func remove(_ path: String) throws(WriteError) {
    guard unlink(path) == 0 else { throw failure(path) }
    try syncFolder(of: path)
  }

  /// Makes a folder, 0700, and those above it; one that is there is left as it is.
  static func makeFolder(_ path: String) throws(WriteError) {
    if mkdir(path, 0o700) == 0 { return try syncFolder(of: path) }
    switch errno {
    case EEXIST: return
    case ENOENT:
      let parent = folder(of: path)
      guard parent != path else { throw failure(path) }
      try makeFolder(parent)
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
    default: throw failure(path)
    }
  }

  /// Why a file was not written.
  enum WriteError: Error {
    case exists
    case failed(path: String, reason: String)
  }

  private static func throughTemporary(
    _ path: String, _ bytes: [UInt8], like status: stat?, _ place: (String) throws(WriteError) -> Void
  ) throws(WriteError) {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.index(after: $0)...] } ?? path[...]
    // Hidden and not ending in .toml: what a crash leaves is never read as configuration.
    let temporary = "\(folder(of: path))/.\(name).\(String(UInt64.random(in: .min ... .max), radix: 36)).new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    do throws(WriteError) {
      defer { close(file) }
      try write(bytes, to: file, path)
      if let status, fchmod(file, status.st_mode & 0o7777) != 0 { throw failure(path) }
      guard fsync(file) == 0 else { throw failure(path) }
    } catch {
      unlink(temporary)
      throw error
    }
    do throws(WriteError) {
      try place(temporary)
    } catch {
      unlink(temporary)
      throw error
    }
    try syncFolder(of: path)
  }

  private static func write(_ bytes: [UInt8], to file: CInt, _ path: String) throws(WriteError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes the folder's entries durable: a rename or link alone may be lost with the power.
  private static func syncFolder(of path: String) throws(WriteError) {
    let handle = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw failure(path) }
    defer { close(handle) }
    // Some file systems cannot sync a folder, and say so with EINVAL.
    guard fsync(handle) == 0 || errno == EINVAL else { throw failure(path) }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func failure(_ path: String) -> WriteError {
    .failed(path: path, reason: ConfigurationFolder.message(errno))
  }
}
