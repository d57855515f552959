import CLinux
import Descriptors
import Glibc

/// Files that cannot be replaced by a new one: they have other names (hard links), which would go on with the
/// old text, or an owner that a new file cannot have. They are written in place.
enum LinkedFile {
  /// Writes a file, if it still holds what was read. Returns false where another program has it open,
  /// changes it or replaces it.
  static func replace(
    _ path: String, of owner: AtomicFile.Ownership, ifStill before: [UInt8], with after: [UInt8]
  ) throws(FileError) -> Bool {
    let file = try Descriptor.regularFile(path)
    try owner.check(try FileStatus(ofOpen: file.raw, path), path)
    // Others who open it wait until it is written (fcntl(2), "Leases"). Where there are no leases, a look has
    // to do.
    guard ritual_set_lease(file.raw, Int32(F_WRLCK)) == 0 || errno != EAGAIN else { return false }
    defer { _ = ritual_set_lease(file.raw, Int32(F_UNLCK)) }
    guard try file.bytes(upTo: before.count, path) == before, isStill(path, file) else { return false }
    do throws(FileError) {
      try write(after, to: file, path)
    } catch {
      // A full disk must not leave half of it.
      try? write(before, to: file, path)
      throw error
    }
    return isStill(path, file)
  }

  /// Writes a file of this user's, whatever it holds.
  static func overwrite(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let file = try Descriptor.regularFile(path, access: O_WRONLY)
    // Another user may have put it there since the name was looked at.
    try AtomicFile.Ownership.own.check(try FileStatus(ofOpen: file.raw, path), path)
    try write(bytes, to: file, path)
  }

  private static func write(
    _ bytes: [UInt8], to file: borrowing Descriptor, _ path: String
  ) throws(FileError) {
    try file.overwrite(with: bytes, path)
    try file.synchronize(path)
  }

  /// True if a path still leads to a file that is open.
  private static func isStill(_ path: String, _ file: borrowing Descriptor) -> Bool {
    guard let open = try? FileStatus(ofOpen: file.raw, path) else { return false }
    return (try? FileStatus.find(path))?.identity == open.identity
  }
}
