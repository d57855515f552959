import CLinux
import Glibc

/// Changes of files that others change too: a file is replaced only if it is still the one that was read.
extension AtomicFile {
  /// The owners whose files may be changed.
  package enum Ownership: Sendable {
    /// This user alone: another user who owns a file reads what is written into it.
    case own
    /// Other users too, where the file's mode allows it: what is written is for them as well, as in a
    /// calendar's folder, or they can change it anyhow, as in a configuration.
    case anyone
  }

  /// The most times that one change is made, each time to what another program has saved meanwhile.
  private static let mostAttempts = 5
  /// In microseconds, between two looks at a file that another program has open for writing.
  private static let pause: useconds_t = 10_000

  /// Changes a file. Where another program saves it at the same time, `change` is called again with that
  /// program's version.
  /// - Parameters:
  ///   - limit: the most bytes that the file may hold; one more is read.
  ///   - owner: `FileError.Cause.foreign` is thrown for a file of another owner.
  ///   - patience: how many milliseconds to wait for a program that is writing the file. The wait blocks.
  ///   - change: gets what the file holds and returns what it is to hold; nil leaves it alone.
  /// - Returns: whether the file was written.
  package static func update(
    _ path: String, upTo limit: Int, of owner: Ownership = .own, patience: Int = 0,
    _ change: ([UInt8]) throws -> [UInt8]?
  ) throws -> Bool {
    let destination = try Destination(of: path)
    guard !destination.isOpenFile else { throw FileError(path, .notRegular) }
    let path = destination.path
    var waits = patience * 1000 / Int(pause)
    var attempts = 1
    while true {
      do {
        let before = try FileContents(of: path, upTo: limit, noticingWriters: true)
        guard !before.isBeingWritten else { throw FileError(path, .beingWritten) }
        guard let after = try change(before.bytes), after != before.bytes else { return false }
        if try replace(path, of: owner, ifStill: before.bytes, with: after) { return true }
        attempts += 1
        if attempts > mostAttempts { throw FileError(path, .beingWritten) }
      } catch let error as FileError where error.cause == .beingWritten && waits > 0 {
        waits -= 1
        usleep(pause)
      }
    }
  }

  /// Replaces a file, if it still holds what was read. Returns false where it holds something else by now, or
  /// another program has it open for writing; it stays as that program has it then.
  package static func replace(
    _ path: String, of owner: Ownership = .own, ifStill before: [UInt8], with after: [UInt8]
  ) throws(FileError) -> Bool {
    let target = try Destination(of: path).path
    guard let status = try FileStatus.find(target) else { return false }
    try owner.check(status, target)
    guard status.names == 1 else {
      return try LinkedFile.replace(target, of: owner, ifStill: before, with: after)
    }
    guard holds(target, before) else { return false }
    var temporary = try Temporary(beside: target, after, like: target, of: owner)
    guard temporary.keepsOwner else {
      return try LinkedFile.replace(target, of: owner, ifStill: before, with: after)
    }
    return try temporary.exchange(with: target, ifStill: before, after)
  }
}

extension AtomicFile.Ownership {
  /// Throws where a file has another owner.
  func check(_ status: FileStatus, _ path: String) throws(FileError) {
    guard self == .anyone || status.owner == geteuid() else { throw FileError(path, .foreign) }
  }
}

extension Temporary {
  /// The most times that a file goes back because another program has saved once more. Each time is one save
  /// of that program.
  private static let mostReturns = 1000
  /// In bytes: more than any file that is changed here may hold.
  private static let largest = 1 << 24

  /// Changes places with a file in one step (RENAME_EXCHANGE, rename(2)): what was there is then here to be
  /// looked at, and goes back where it is not what was expected.
  fileprivate mutating func exchange(
    with target: String, ifStill before: [UInt8], _ after: [UInt8]
  ) throws(FileError) -> Bool {
    guard ritual_exchange(path, target) == 0 else {
      switch errno {
      case ENOENT: return false
      case EINVAL, ENOSYS, EOPNOTSUPP: return try replaceAfterLook(target, ifStill: before)
      default: throw FileError(target)
      }
    }
    // The new name is durable before the old file goes; and a program that was just opening the old one has
    // it by then.
    let folder = Folders.parent(of: target)
    try? Folders.synchronize(folder)
    if AtomicFile.holds(path, before) { return true }
    // What was put at the target is expected to come out again when this goes back. Where another program has
    // replaced or changed it meanwhile, that is their newest save, and goes back in turn.
    var expected = after
    for _ in 0..<Self.mostReturns {
      let back = try? FileContents(of: path, upTo: Self.largest)
      if ritual_exchange(path, target) != 0 {
        try putBack(target)
      } else {
        switch cameOut(expected) {
        case true?: break
        case false?:
          expected = back?.bytes ?? []
          continue
        case nil: _ = keepAside(target)
        }
      }
      try? Folders.synchronize(folder)
      return false
    }
    throw keepAside(target)
  }

  /// The number of looks, and the microseconds between two of them, at a file that a program has open for
  /// writing.
  private static let looks = (count: 20, pause: useconds_t(10_000))

  /// True if the file that came out holds what was put in; nil where that is not clear after a while. That it
  /// is open for writing says little: a program that begins to save will have written in a moment, and a
  /// process that is being started has the files of its parent open, this one's too (fork(2)).
  private func cameOut(_ expected: [UInt8]) -> Bool? {
    for _ in 0..<Self.looks.count {
      let contents = try? FileContents(of: path, upTo: expected.count, noticingWriters: true)
      guard let contents, contents.bytes == expected else { return false }
      if !contents.isBeingWritten { return true }
      usleep(Self.looks.pause)
    }
    return nil
  }

  /// Puts a version of another program back to its name, from where the file of the name has gone meanwhile.
  private mutating func putBack(_ target: String) throws(FileError) {
    guard errno == ENOENT else { throw keepAside(target) }
    do throws(FileError) {
      try takeFreeName(target)
    } catch  where error.isTaken {
      // That program has saved once more: this version was replaced by its own author.
    } catch {
      throw keepAside(target)
    }
  }

  /// Looks at the file just before it is replaced: the best that is left on file systems that cannot exchange
  /// files (FAT before Linux 6.0, NFS, most of FUSE). A save of the few microseconds between the two is lost.
  private mutating func replaceAfterLook(_ target: String, ifStill before: [UInt8]) throws(FileError) -> Bool
  {
    guard AtomicFile.holds(target, before) else { return false }
    try replace(target)
    try Folders.synchronize(Folders.parent(of: target))
    return true
  }

  /// Keeps what another program saved, and what cannot go back to its place, under a name that says so.
  private mutating func keepAside(_ target: String) -> FileError {
    let error = FileError(target)
    release()
    _ = ritual_rename_to_free_name(path, target + ".saved")
    return error
  }
}
