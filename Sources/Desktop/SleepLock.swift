import Glibc

/// An inhibitor lock of logind: a descriptor that delays the machine's sleep while it is open, up to
/// `InhibitDelayMaxSec=` of logind.conf (five seconds by default).
final class SleepLock {
  private let descriptor: Int32

  /// Keeps a copy of a descriptor that the caller owns.
  init(sharing descriptor: Int32) throws(BusError) {
    self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard self.descriptor >= 0 else {
      throw .failed(SystemCallError("keep the sleep inhibitor", code: errno))
    }
  }

  deinit {
    close(descriptor)
  }
}
