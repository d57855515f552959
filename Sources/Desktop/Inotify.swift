import CLinux
import Dispatch
import Glibc

/// What happens in folders, from the kernel (inotify(7)), on the main queue.
final class Inotify {
  /// One event in a folder that is watched.
  struct Event {
    /// The number of the watch; -1 where the kernel lost events.
    let watch: Int32
    let mask: UInt32
    /// What it happened to, by its name in the folder; empty where it is the folder itself.
    let name: String
  }

  private let descriptor: Int32
  private let source: any DispatchSourceRead
  private let onEvents: ([Event]) -> Void

  /// Tells events of the folders that are added, in their order, as many at once as there are.
  init(onEvents: @escaping ([Event]) -> Void) throws(SystemCallError) {
    self.onEvents = onEvents
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { throw SystemCallError("watch files", code: errno) }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { [weak self] in self?.read() }
    // The source may still look at the descriptor until it is cancelled.
    source.setCancelHandler { [descriptor] in close(descriptor) }
    source.activate()
  }

  isolated deinit {
    source.cancel()
  }

  /// Watches a folder, for these events beside those it is watched for already. A folder has one number, whatever
  /// the path it is added by. Nil where it cannot be watched, with the reason in `errno`.
  func add(_ folder: String, _ mask: UInt32) -> Int32? {
    let watch = inotify_add_watch(descriptor, folder, mask | UInt32(IN_ONLYDIR) | UInt32(IN_MASK_ADD))
    return watch >= 0 ? watch : nil
  }

  /// Watches it no more; one that is gone already is no error.
  func remove(_ watch: Int32) {
    inotify_rm_watch(descriptor, watch)
  }

  private func read() {
    var events: [Event] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      events += Self.events(in: buffer[..<count])
    }
    if !events.isEmpty { onEvents(events) }
  }

  /// Reads `struct inotify_event` by `struct inotify_event`: a header of 16 bytes, and a name padded with NULs.
  private static func events(in bytes: ArraySlice<UInt8>) -> [Event] {
    var events: [Event] = []
    var rest = bytes
    while rest.count >= 16 {
      let (watch, mask, length) = rest.withUnsafeBytes {
        (
          $0.loadUnaligned(as: Int32.self), $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self),
          $0.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
        )
      }
      let name = rest.dropFirst(16).prefix(Int(length)).prefix { $0 != 0 }
      events.append(Event(watch: watch, mask: mask, name: String(decoding: name, as: UTF8.self)))
      rest = rest.dropFirst(16 + Int(length))
    }
    return events
  }
}
