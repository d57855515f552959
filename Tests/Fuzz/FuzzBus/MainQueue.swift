import Glibc

/// Dispatch's main queue, run in steps by who has a loop of his own: these two functions are how Foundation's
/// run loop does it on Linux.
@MainActor
enum MainQueue {
  private static let handle = getMainQueueHandle()

  /// Runs what is in the queue, once something is or a descriptor can be read; without a descriptor it does
  /// not wait.
  static func run(orUntilReadable descriptor: Int32?) {
    var waits = [
      pollfd(fd: handle, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&waits, 2, descriptor == nil ? 0 : 1000)
    var count: UInt64 = 0
    _ = read(handle, &count, 8)
    runMainQueue(nil)
  }
}

@_silgen_name("_dispatch_get_main_queue_handle_4CF")
private func getMainQueueHandle() -> Int32

@_silgen_name("_dispatch_main_queue_callback_4CF")
private func runMainQueue(_ message: UnsafeMutableRawPointer?)
