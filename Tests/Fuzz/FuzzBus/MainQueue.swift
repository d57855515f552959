import Glibc

/// Dispatch's main queue, run in steps for a program with a loop of its own: by the two functions that
/// Foundation's run loop uses on Linux.
@MainActor
enum MainQueue {
  private static let handle = getMainQueueHandle()

  /// Runs the queue's work, once there is some or a descriptor is readable; without a descriptor it does not
  /// wait.
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
