import CLinux
import Glibc

/// A new file beside another one, in whose place it comes once it is whole and durable. Whatever has its name
/// is removed when this is let go of, unless it was released.
struct Temporary: ~Copyable {
  let path: String
  /// Whether it belongs to the same user and group as the file that it is like.
  let keepsOwner: Bool
  private var isReleased = false

  /// Writes the file.
  /// - Parameters:
  ///   - model: the file whose owner, permissions and attributes it gets; nil for a new file, which is 0600.
  ///   - owner: who may own the model.
  init(
    beside target: String, _ bytes: [UInt8], like model: String? = nil, of owner: AtomicFile.Ownership = .own
  ) throws(FileError) {
    let folder = Folders.parent(of: target)
    Self.sweep(folder)
    let path = folder + "/" + Self.freshName
    keepsOwner = try Self.make(path, bytes, like: model, of: owner, for: target)
    self.path = path
  }

  /// Returns whether the owner is that of the model.
  private static func make(
    _ path: String, _ bytes: [UInt8], like model: String?, of owner: AtomicFile.Ownership,
    for target: String
  ) throws(FileError) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw FileError(target) }
    defer { close(file) }
    do throws(FileError) {
      var keepsOwner = true
      if let model {
        keepsOwner = try take(after: model, of: owner, file)
      } else {
        // A umask may have taken its owner's own permissions.
        try setMode(0o600, of: file, target)
      }
      try write(bytes, to: file, target)
      guard fsync(file) == 0 else { throw FileError(target) }
      return keepsOwner
    } catch {
      unlink(path)
      throw error
    }
  }

  /// A file that was moved out of the way, under a fresh name.
  init(adopting path: String) {
    self.path = path
    keepsOwner = true
  }

  deinit {
    if !isReleased { unlink(path) }
  }

  /// Leaves what has the name now where it is.
  mutating func release() { isReleased = true }

  /// Writes all of it at the file's position.
  static func write(_ bytes: [UInt8], to file: CInt, _ path: String) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func setMode(_ mode: mode_t, of file: CInt, _ path: String) throws(FileError) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileError(path) }
    // FAT and some others keep none, and say so; then there is nothing to keep.
    guard
      status.st_mode & 0o7777 == mode || fchmod(file, mode) == 0
        || [EPERM, ENOSYS, EOPNOTSUPP, EINVAL].contains(errno)
    else { throw FileError(path) }
  }

  /// Gives a file the owner, permissions and attributes of another one. Returns whether the owner is the
  /// same.
  private static func take(
    after model: String, of owner: AtomicFile.Ownership, _ file: CInt
  ) throws(FileError) -> Bool {
    let original = open(model, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard original >= 0 else { throw FileError(model) }
    defer { close(original) }
    var (wanted, own) = (stat(), stat())
    guard fstat(original, &wanted) == 0, fstat(file, &own) == 0 else { throw FileError(model) }
    try owner.check(wanted, model)
    let isSame = { (wanted.st_uid, wanted.st_gid) == (own.st_uid, own.st_gid) }
    if !isSame() {
      fchown(file, wanted.st_uid, wanted.st_gid)
      guard fstat(file, &own) == 0 else { throw FileError(model) }
    }
    let keepsOwner = isSame()
    if keepsOwner { try setMode(wanted.st_mode & 0o7777, of: file, model) }
    ritual_copy_attributes(original, file)
    // Nobody gets what another group was to have, nor by an access list (acl(5): the mode masks it).
    if !keepsOwner { try setMode(0o600, of: file, model) }
    return keepsOwner
  }

  // MARK: Names

  private static let prefix = ".ritual-"
  private static let suffix = ".tmp"

  /// Hidden, and with an ending of its own: what a crash leaves is never read as a configuration or a
  /// calendar.
  static var freshName: String { prefix + String(UInt64.random(in: .min ... .max), radix: 36) + suffix }

  /// Nothing is written for as long as this, in seconds.
  private static let longest = 3600

  /// Removes what a crash left in a folder: this user's own files with such a name that nobody has touched
  /// for an hour.
  /// - Parameter now: seconds since 1970.
  static func sweep(_ folder: String, now: Int = time(nil)) {
    for name in (try? FolderListing.names(in: folder)) ?? [] where name.starts(with: prefix.utf8) {
      guard name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else { continue }
      let path = folder + "/" + String(decoding: name, as: UTF8.self)
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else {
        continue
      }
      let touched = max(status.st_ctim.tv_sec, status.st_mtim.tv_sec)
      // A time in the future, or before 1970, says nothing.
      if touched > 0, touched < now, now - touched > longest { unlink(path) }
    }
  }
}
