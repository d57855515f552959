import Descriptors
import Files
import Glibc

/// Reports mounts and unmounts that this process can see (proc_pid_mountinfo(5)). inotify does not: its watch
/// of a folder stays with the folder that a mount covers. All listeners share one descriptor.
final class MountWatch {
  /// A listener to mounts, for as long as it lives.
  final class Listener {
    fileprivate let mounts: MountWatch
    fileprivate let onChange: () -> Void

    /// Calls `onChange` at each change, and once at the beginning.
    init(onChange: @escaping () -> Void) throws(SystemCallError) {
      mounts = try MountWatch.shared()
      self.onChange = onChange
      mounts.listeners.append(Weak(listener: self))
    }

    isolated deinit {
      mounts.listeners.removeAll { $0.listener == nil || $0.listener === self }
    }
  }

  private struct Weak {
    weak var listener: Listener?
  }

  private static weak var current: MountWatch?

  private let file: Descriptor
  private var watch: DescriptorWatch?
  private var listeners: [Weak] = []

  private static func shared() throws(SystemCallError) -> MountWatch {
    if let current { return current }
    let mounts = try MountWatch()
    current = mounts
    return mounts
  }

  private init() throws(SystemCallError) {
    do throws(FileError) {
      file = try Descriptor(opening: "/proc/self/mountinfo", O_RDONLY)
    } catch {
      throw SystemCallError("watch mounts", code: error.code ?? EIO)
    }
    do throws(ErrorNumber) {
      watch = try DescriptorWatch(file.raw, for: .changes) { [weak self] _ in self?.notifyListeners() }
    } catch {
      throw SystemCallError("watch mounts", code: error.code)
    }
  }

  isolated deinit {
    watch?.cancel()
  }

  private func notifyListeners() {
    for listener in listeners.compactMap(\.listener) { listener.onChange() }
  }
}
