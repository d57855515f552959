import Descriptors
import Files
import Glibc

/// Tells when something was mounted or unmounted where this process sees it (proc_pid_mountinfo(5)), which
/// inotify does not: a watch of a folder stays with the folder that a mount covers. All listeners share one
/// descriptor.
final class MountWatch {
  /// One who is told, until it is let go of.
  final class Listener {
    fileprivate let mounts: MountWatch
    fileprivate let onChange: () -> Void

    /// Is told once at the beginning too.
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
      watch = try DescriptorWatch(file.raw, for: .changes) { [weak self] _ in self?.tell() }
    } catch {
      throw SystemCallError("watch mounts", code: error.code)
    }
  }

  isolated deinit {
    watch?.cancel()
  }

  private func tell() {
    for listener in listeners.compactMap(\.listener) { listener.onChange() }
  }
}
