import CLinux
import Descriptors
import Glibc
import Journal

/// A program file that is asked whether it can go on with the work of this process. The answer is the exit
/// status of a process of that program, in the same sandbox. A program that is broken, or of a version that
/// does not know the question, gives another status than 0.
final class TakeoverTrial {
  nonisolated static let option = "--takes-over"

  /// The answer of this program.
  /// - Parameter format: the format of the journal; 0 for any.
  nonisolated static func canTakeOver(format: Int) -> Bool { format <= Vocabulary.format }

  private let handle: Descriptor
  private var watch: DescriptorWatch?

  /// Asks the program at `path`. Returns nil if it cannot be started. A program that never answers is never
  /// heard of: the daemon's sandbox does not let it end other processes.
  init?(_ path: String, format: Int, completion: @escaping (Bool) -> Void) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let command = ["rituald", Self.option, String(format)]
    var words = command.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawn(&child, path, &actions, nil, &words, environ) == 0 else { return nil }
    let raw = ritual_pidfd(child)
    guard raw >= 0 else { return nil }
    handle = Descriptor(owning: raw)
    let process = child
    do throws(ErrorNumber) {
      watch = try DescriptorWatch(raw, for: .reading) { [weak self] _ in
        self?.watch?.cancel()
        var status: Int32 = 0
        completion(waitpid(process, &status, WNOHANG) == process && status == 0)
      }
    } catch {
      return nil
    }
  }

  isolated deinit { watch?.cancel() }
}
