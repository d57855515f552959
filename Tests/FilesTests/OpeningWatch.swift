import CLinux
import DesktopRig
import Dispatch
import Glibc

/// Notices that a file is opened (inotify(7)).
final class OpeningWatch: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws(RigError) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard descriptor >= 0, inotify_add_watch(descriptor, path, UInt32(IN_OPEN)) >= 0 else {
      throw .failed("watch \(path)", code: errno)
    }
  }

  deinit { close(descriptor) }

  /// Waits until the file is opened, since the watch began or since the last call. Times that follow each
  /// other before a call are one.
  func next(within milliseconds: Int32 = 60_000) async throws {
    let isOpened = await withCheckedContinuation { continuation in
      DispatchQueue.global().async { [self] in
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        var event = inotify_event()
        // An event of the file itself has no name behind it.
        let size = MemoryLayout<inotify_event>.size
        continuation.resume(
          returning: poll(&watched, 1, milliseconds) == 1 && read(descriptor, &event, size) == size)
      }
    }
    guard isOpened else { throw RigError.waitedInVain("another look at the file") }
  }
}
