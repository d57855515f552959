import CLinux
import Descriptors
import Glibc

/// What happens in folders, from the kernel (inotify(7)), on the main queue. All watches share one instance: a user may
/// have 128 of them, and every program takes some.
final class Inotify {
  /// One event in a folder that is watched.
  struct Event {
    /// The number of the watch; -1 where the kernel lost events.
    let watch: Int32
    let mask: UInt32
    /// What it happened to, by its name in the folder; empty where it is the folder itself.
    let name: String
  }

  /// One who watches folders, until it is let go of.
  final class Listener {
    fileprivate let inotify: Inotify
    fileprivate let onEvents: ([Event]) -> Void
    fileprivate var watches: Set<Int32> = []

    /// Is told of events in the folders that it adds, in their order, as many at once as there are; perhaps also of
    /// such in them that others asked for.
    init(onEvents: @escaping ([Event]) -> Void) throws(SystemCallError) {
      inotify = try Inotify.shared()
      self.onEvents = onEvents
      inotify.listeners.append(Weak(listener: self))
    }

    isolated deinit {
      inotify.listeners.removeAll { $0.listener == nil || $0.listener === self }
      for watch in watches { inotify.release(watch) }
    }

    /// Watches a folder, for these events beside those it is watched for already. A folder has one number, whatever the
    /// path it is added by. Nil where it cannot be watched, with the reason in `errno`.
    func add(_ folder: String, _ mask: UInt32) -> Int32? {
      let all = mask | UInt32(IN_ONLYDIR) | UInt32(IN_MASK_ADD)
      let watch = inotify_add_watch(inotify.descriptor.raw, folder, all)
      guard watch >= 0 else { return nil }
      watches.insert(watch)
      return watch
    }

    /// Watches it no more; one that is gone already is no error.
    func remove(_ watch: Int32) {
      if watches.remove(watch) != nil { inotify.release(watch) }
    }
  }

  private struct Weak {
    weak var listener: Listener?
  }

  private static weak var current: Inotify?

  private let descriptor: Descriptor
  private var watch: DescriptorWatch?
  private var listeners: [Weak] = []

  private static func shared() throws(SystemCallError) -> Inotify {
    if let current { return current }
    let inotify = try Inotify()
    current = inotify
    return inotify
  }

  private init() throws(SystemCallError) {
    let raw = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard raw >= 0 else { throw SystemCallError("watch files", code: errno) }
    descriptor = Descriptor(owning: raw)
    do throws(ErrorNumber) {
      watch = try DescriptorWatch(raw, for: .reading) { [weak self] _ in self?.read() }
    } catch {
      throw SystemCallError("watch files", code: error.code)
    }
  }

  isolated deinit {
    watch?.cancel()
  }

  private func release(_ watch: Int32) {
    guard !listeners.contains(where: { $0.listener?.watches.contains(watch) == true }) else { return }
    inotify_rm_watch(descriptor.raw, watch)
  }

  private func read() {
    var events: [Event] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = uninterrupted { Glibc.read(descriptor.raw, &buffer, buffer.count) }
      guard count > 0 else { break }
      events += Self.events(in: buffer[..<count])
    }
    for listener in listeners.compactMap(\.listener) {
      let own = events.filter { $0.watch < 0 || listener.watches.contains($0.watch) }
      if !own.isEmpty { listener.onEvents(own) }
    }
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
