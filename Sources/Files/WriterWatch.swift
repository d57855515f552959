import CLinux
import Glibc

/// Watches whether another program has a file open for writing, from when it is made until it is let go of:
/// by a read lease (fcntl(2), "Leases"). Others who want to write wait until then, so it is held for a moment
/// only.
///
/// There are leases on local file systems, and for the owner of the file. Elsewhere (NFS, another user's
/// file) the watch sees nobody.
struct WriterWatch: ~Copyable {
  private let file: CInt
  private let isHeld: Bool
  /// Whether somebody had it open when the watch began.
  private let wasOpen: Bool

  /// - Parameters:
  ///   - file: opened for reading alone; the caller closes it, and later than this is let go of.
  ///   - isOn: false for a watch that sees nobody.
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

  /// Whether somebody has it open for writing, or waits to open it so.
  var sawWriter: Bool { wasOpen || isHeld && ritual_lease(file) != Int32(F_RDLCK) }
}
