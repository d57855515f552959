import CLinux
import Descriptors
import Glibc

/// A new file beside another one, in whose place it comes once it is whole and durable. Its name is removed
/// when this goes away, unless it was released.
struct Temporary: ~Copyable {
  let path: String
  /// An open folder that a relative path begins in.
  private let folder: Int32
  /// True if it belongs to the same user and group as the file that it is like.
  let keepsOwner: Bool
  private var isReleased = false

  /// Writes the file.
  /// - Parameters:
  ///   - model: the file whose owner, permissions and attributes it gets; nil for a new file, which is 0600.
  ///   - owner: the users who may own the model.
  init(
    beside target: String, _ bytes: [UInt8], like model: String? = nil, of owner: AtomicFile.Ownership = .own
  ) throws(FileError) {
    let folder = Folders.parent(of: target)
    Self.sweep(folder)
    let path = Folders.join(folder, Self.freshName)
    do throws(FileError) {
      keepsOwner = try Self.make(path, in: AT_FDCWD, bytes, like: model, of: owner)
    } catch {
      // The caller does not know the temporary file's name.
      throw FileError(target, error.cause)
    }
    self.path = path
    self.folder = AT_FDCWD
  }

  /// Writes the file in an open folder, for its user alone; refused where the file system cannot keep it so.
  init(in folder: Int32, _ bytes: [UInt8]) throws(FileError) {
    let path = Self.freshName
    keepsOwner = try Self.make(path, in: folder, bytes, isPrivate: true)
    self.path = path
    self.folder = folder
  }

  /// Returns whether the owner is that of the model.
  private static func make(
    _ path: String, in folder: Int32, _ bytes: [UInt8], like model: String? = nil,
    of owner: AtomicFile.Ownership = .own, isPrivate: Bool = false
  ) throws(FileError) -> Bool {
    let file = try Descriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, in: folder)
    do throws(FileError) {
      var keepsOwner = true
      if let model {
        keepsOwner = try take(after: model, of: owner, file)
      } else {
        // A umask may have taken permissions of the owner's own.
        try setMode(0o600, of: file, path)
      }
      // A file system without modes (FAT) gives a file to every user.
      if isPrivate, try FileStatus(ofOpen: file.raw, path).mode & 0o077 != 0 {
        throw FileError(path, .notPrivate)
      }
      try file.write(bytes, path)
      try file.synchronize(path)
      return keepsOwner
    } catch {
      unlinkat(folder, path, 0)
      throw error
    }
  }

  /// A file that was moved out of the way, under a fresh name.
  init(adopting path: String) {
    self.path = path
    folder = AT_FDCWD
    keepsOwner = true
  }

  deinit {
    if !isReleased { unlinkat(folder, path, 0) }
  }

  /// Leaves what has the name now where it is.
  mutating func release() { isReleased = true }

  /// Takes the place of what has a name.
  mutating func replace(_ target: String) throws(FileError) {
    guard renameat(folder, path, folder, target) == 0 else { throw FileError(target) }
    release()
  }

  private static func setMode(
    _ mode: mode_t, of file: borrowing Descriptor, _ path: String
  ) throws(FileError) {
    // FAT and some others keep none, and say so; then there is nothing to keep.
    guard
      try FileStatus(ofOpen: file.raw, path).mode == mode || fchmod(file.raw, mode) == 0
        || [EPERM, ENOSYS, EOPNOTSUPP, EINVAL].contains(errno)
    else { throw FileError(path) }
  }

  /// Gives a file the owner, permissions and attributes of another one. Returns whether the owner is the
  /// same.
  private static func take(
    after model: String, of owner: AtomicFile.Ownership, _ file: borrowing Descriptor
  ) throws(FileError) -> Bool {
    let original = try Descriptor(opening: model, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    let wanted = try FileStatus(ofOpen: original.raw, model)
    try owner.check(wanted, model)
    var own = try FileStatus(ofOpen: file.raw, model)
    if (wanted.owner, wanted.group) != (own.owner, own.group) {
      fchown(file.raw, wanted.owner, wanted.group)
      own = try FileStatus(ofOpen: file.raw, model)
    }
    let keepsOwner = (wanted.owner, wanted.group) == (own.owner, own.group)
    if keepsOwner { try setMode(wanted.mode, of: file, model) }
    ritual_copy_attributes(original.raw, file.raw)
    // Nobody gets what another group was to have, nor by an access list (acl(5): the mode masks it).
    if !keepsOwner { try setMode(0o600, of: file, model) }
    return keepsOwner
  }

  // MARK: Names

  private static let prefix = ".ritual-"
  private static let suffix = ".tmp"

  /// A hidden name with an ending of its own: what a crash leaves is never read as a configuration or a
  /// calendar.
  static var freshName: String { prefix + String(UInt64.random(in: .min ... .max), radix: 36) + suffix }

  /// In seconds. No file is written for as long.
  private static let longest = 3600

  /// Removes what a crash left in a folder: this user's own files with such a name that no program has
  /// touched for an hour.
  /// - Parameter now: seconds since 1970.
  static func sweep(_ folder: String, now: Int = time(nil)) {
    for entry in (try? FolderEntry.all(in: folder)) ?? [] where entry.name.starts(with: prefix.utf8) {
      guard entry.name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8),
        let status = try? FileStatus(of: entry.path, followingLinks: false), status.kind == .file,
        status.owner == geteuid()
      else { continue }
      // A time in the future, or before 1970, says nothing.
      let touched = status.lastChange
      if touched > 0, touched < now, now - touched > longest { try? entry.remove() }
    }
  }
}
