import CLinux
import Glibc

/// Writes files so that readers, and a machine that loses power, see the whole new text or what was before,
/// and so that nothing is lost that another program writes at the same time. A symbolic link stays one: what
/// it leads to is written. A file keeps its owner, its permissions and its other names.
package enum AtomicFile {
  /// Writes a new file. Throws where the name is taken (`FileError.isTaken`).
  /// - Parameter mode: its permissions; nil for what the user gives to new files (umask(2)).
  package static func create(_ path: String, _ bytes: [UInt8], mode: UInt32? = nil) throws(FileError) {
    let target = try Folders.destination(of: path)
    var temporary = try Temporary(beside: target, bytes, mode: mode)
    try temporary.takeFreeName(target)
    try Folders.synchronize(Folders.parent(of: target))
  }

  /// Writes a file, whatever it held before. It belongs to the user who writes it, whoever had it before.
  /// - Parameter mode: its permissions from now on.
  package static func write(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(FileError) {
    let target = try Folders.destination(of: path)
    var status = stat()
    if lstat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink > 1,
      status.st_uid == geteuid()
    {
      return try LinkedFile.overwrite(target, with: bytes, mode: mode)
    }
    var temporary = try Temporary(beside: target, bytes, mode: mode)
    guard rename(temporary.path, target) == 0 else { throw FileError(target) }
    temporary.release()
    try Folders.synchronize(Folders.parent(of: target))
  }

  /// Whether a name is a device's, a named pipe's, or a link of the system's to something that is open
  /// (`/dev/fd/3`).
  package static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    if isLink, path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return true }
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// Writes at the end of what has this name: the way into a device or a pipe.
  package static func append(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let file = open(path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw FileError(path) }
    defer { close(file) }
    try Temporary.write(bytes, to: file, path)
  }

  /// Removes a name, if the file still holds what was read. False where it holds something else by now; it
  /// stays then. Of a symbolic link, the link goes.
  package static func remove(_ path: String, ifStill before: [UInt8]) throws(FileError) -> Bool {
    guard holds(path, before) else { return false }
    // Out of the way first: what is looked at there is what is removed, and no other file of this name.
    let aside = Folders.parent(of: path) + "/" + Temporary.freshName
    guard rename(path, aside) == 0 else {
      if errno == ENOENT { return false }
      throw FileError(path)
    }
    var temporary = Temporary(adopting: aside)
    guard holds(aside, before) else {
      do throws(FileError) {
        try temporary.takeFreeName(path)
      } catch  where error.isTaken {
        // A newer version was saved there; this one was replaced by its own program.
      } catch {
        temporary.release()
        throw error
      }
      return false
    }
    _ = consume temporary
    try Folders.synchronize(Folders.parent(of: path))
    return true
  }

  /// Removes what changes that a crash interrupted an hour ago or earlier have left in a folder. Each change
  /// does so in the folder of its file.
  /// - Parameter now: seconds since 1970.
  package static func sweep(_ folder: String, now: Int) { Temporary.sweep(folder, now: now) }

  /// Whether a file holds these bytes, and no other program is about to write other ones.
  static func holds(_ path: String, _ bytes: [UInt8]) -> Bool {
    guard let contents = try? FileContents(of: path, upTo: bytes.count, noticingWriters: true) else {
      return false
    }
    return contents.bytes == bytes && !contents.isBeingWritten
  }
}

extension Temporary {
  /// Gets a name that nothing has. Throws where the name is taken.
  mutating func takeFreeName(_ target: String) throws(FileError) {
    if ritual_rename_to_free_name(path, target) == 0 { return release() }
    guard errno != EEXIST else { throw FileError(target) }
    // Where the file system cannot do that (NFS, FUSE), a second name can be made if it is free, but FAT has
    // no second names. There, the name is taken by an empty file, which is replaced at once.
    if link(path, target) == 0 { return }
    guard errno != EEXIST else { throw FileError(target) }
    let placeholder = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard placeholder >= 0 else { throw FileError(target) }
    close(placeholder)
    guard rename(path, target) == 0 else {
      let error = FileError(target)
      unlink(target)
      throw error
    }
    release()
  }
}
