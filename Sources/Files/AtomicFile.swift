import CLinux
import Descriptors
import Glibc

/// Writes files so that readers, and a machine that loses power, see the whole new text or what was before,
/// and so that nothing is lost that another program writes at the same time. A new file is its user's alone
/// (0600, whatever the umask); one that is there keeps its owner, its permissions and its other names. A
/// symbolic link stays one: what it leads to is written, unless another user may have put it there. In a
/// folder that several users write in, other names may be a stranger's doing, and are not kept
/// (`Folders.isShared`).
package enum AtomicFile {
  /// Writes a new file. Throws where the name is taken (`FileError.isTaken`).
  package static func create(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let target = try Destination(of: path).path
    var temporary = try Temporary(beside: target, bytes)
    try temporary.takeFreeName(target)
    try Folders.synchronize(Folders.parent(of: target))
  }

  /// Writes a file of this user's, whatever it held before, or a new one. What is no file but a way to
  /// somewhere gets the bytes at its end: a device, a named pipe of this user's that a program reads from,
  /// and what this process has open (`/dev/fd/3`).
  package static func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let destination = try Destination(of: path)
    let target = destination.path
    guard let status = try FileStatus.find(target) else { return try create(target, bytes) }
    guard status.kind == .file else { return try Stream.write(destination, bytes) }
    try Ownership.own.check(status, target)
    let isShared = Folders.isShared(Folders.parent(of: target))
    guard status.names == 1 || isShared else { return try LinkedFile.overwrite(target, with: bytes) }
    var temporary = try Temporary(beside: target, bytes, like: target)
    guard temporary.keepsOwner || isShared else { return try LinkedFile.overwrite(target, with: bytes) }
    try temporary.replace(target)
    try Folders.synchronize(Folders.parent(of: target))
  }

  /// Removes a name, if the file still holds what was read. Returns false where it holds something else by
  /// now; it stays then. Of a symbolic link, the link goes.
  package static func remove(_ path: String, ifStill before: [UInt8]) throws(FileError) -> Bool {
    guard holds(path, before) else { return false }
    // The file is moved out of the way first: what is looked at there is what is removed, and no other file
    // of this name.
    let aside = Folders.join(Folders.parent(of: path), Temporary.freshName)
    do throws(FileError) {
      try Folders.moveName(path, to: aside)
    } catch  where error.isMissing {
      return false
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

  /// True if a file holds these bytes, and no other program is about to write other ones.
  static func holds(_ path: String, _ bytes: [UInt8]) -> Bool {
    guard let contents = try? FileContents(of: path, upTo: bytes.count, noticingWriters: true) else {
      return false
    }
    return contents.bytes == bytes && !contents.isBeingWritten
  }
}

extension Temporary {
  /// Takes a name that nothing has. Throws where the name is taken.
  mutating func takeFreeName(_ target: String) throws(FileError) {
    if ritual_rename_to_free_name(path, target) == 0 { return release() }
    guard errno != EEXIST else { throw FileError(target) }
    // Where the file system cannot do that (NFS, FUSE), a second name can be made if it is free, but FAT has
    // no second names. There, the name is taken by an empty file, which is replaced at once.
    if link(path, target) == 0 { return }
    guard errno != EEXIST else { throw FileError(target) }
    _ = try Descriptor(opening: target, O_WRONLY | O_CREAT | O_EXCL)
    do throws(FileError) {
      try replace(target)
    } catch {
      unlink(target)
      throw error
    }
  }
}
