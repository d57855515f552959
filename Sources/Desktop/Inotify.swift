import CLinux
import Descriptors
import Glibc

/// Events of folders from the kernel (inotify(7)), on the main queue. All listeners share one instance: a
/// user may have 128 of them among all programs.
final class Inotify {
  /// One event in a watched folder.
  struct Event {
    /// The watch's number; -1 if the kernel lost events.
    let watch: Int32
    let mask: UInt32
    /// The name of the entry in the folder; empty for the folder itself.
    let name: String
  }

  /// A listener to events of folders, for as long as it lives.
  final class Listener {
    fileprivate let inotify: Inotify
    fileprivate let onEvents: ([Event]) -> Void
    fileprivate var watches: Set<Int32> = []

    /// Calls `onEvents` with the events of the folders that this listener adds, in order and in batches. They
    /// may include events that only other listeners of the same folder asked for.
    init(onEvents: @escaping ([Event]) -> Void) throws(SystemCallError) {
      inotify = try Inotify.shared()
      self.onEvents = onEvents
      inotify.listeners.append(Weak(listener: self))
    }

    isolated deinit {
      inotify.listeners.removeAll { $0.listener == nil || $0.listener === self }
      for watch in watches { inotify.release(watch) }
    }

    /// Watches a folder for these events, in addition to earlier ones. A folder has one number, whatever path
    /// it is added by. Nil if it cannot be watched, with the reason in `errno`.
    func add(_ folder: String, _ mask: UInt32) -> Int32? {
      let all = mask | UInt32(IN_ONLYDIR) | UInt32(IN_MASK_ADD)
      let watch = inotify_add_watch(inotify.descriptor.raw, folder, all)
      guard watch >= 0 else { return nil }
      watches.insert(watch)
      return watch
    }

    /// Ends a watch; one that ended already is no error.
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

  /// Reads a sequence of `struct inotify_event`: a header of 16 bytes, and a name padded with NULs.
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
