import CLinux
import Glibc

/// Sees whether another program has a file open for writing while this exists: by a read lease (fcntl(2),
/// "Leases"). A program that wants to write waits until the lease ends, so it is held for a moment only.
///
/// There are leases on local file systems, and for the owner of the file. Elsewhere (NFS, another user's
/// file) the watch sees no program.
struct WriterWatch: ~Copyable {
  private let file: CInt
  private let isHeld: Bool
  /// True if another program had the file open when the watch began.
  private let wasOpen: Bool

  /// - Parameters:
  ///   - file: a file that is open for reading alone. It stays the caller's, and outlives this.
  ///   - isOn: false for a watch that sees no program.
  init(_ file: CInt, isOn: Bool) {
    self.file = file
    guard isOn else {
      isHeld = false
      wasOpen = false
      return
    }
    isHeld = ritual_set_lease(file, Int32(F_RDLCK)) == 0
    wasOpen = !isHeld && errno == EAGAIN
  }

  deinit {
    if isHeld { _ = ritual_set_lease(file, Int32(F_UNLCK)) }
  }

  /// True if another program has the file open for writing, or waits to open it so.
  var sawWriter: Bool { wasOpen || isHeld && ritual_lease(file) != Int32(F_RDLCK) }
}
