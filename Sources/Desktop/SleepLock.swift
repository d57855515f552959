import Glibc

/// Holds off the machine's sleep while it lives, for as long as the machine's administrator lets it
/// (`InhibitDelayMaxSec=` of logind.conf, five seconds by default): a descriptor that says "not yet" until it is closed.
final class SleepLock {
  private let descriptor: Int32

  /// Keeps its own copy of a descriptor that is someone else's.
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
