import CLinux
import Descriptors
import Dispatch
import Glibc
import Journal

/// A program file that is asked whether it can go on with the work of this process. The answer is the exit
/// status of a process of that program, in the same sandbox. A program that is broken, or of a version that
/// does not know the question, gives another status than 0; one that hangs is ended.
final class TakeoverTrial {
  nonisolated static let option = "--takes-over"
  nonisolated static let askingOption = "--ask-takeover"

  /// The time for the answer in seconds. A start takes milliseconds.
  private nonisolated static let patience: UInt32 = 10

  /// The answer of this program.
  /// - Parameter format: the format of the journal; 0 for any.
  nonisolated static func canTakeOver(format: Int) -> Bool { format <= Vocabulary.format }

  /// Becomes the program at `path`, and asks it. Returns if it cannot be started.
  nonisolated static func ask(_ path: String, format: Int) {
    // An alarm outlives execv(3) and ends a program that hangs: the daemon's sandbox does not let it end
    // other processes.
    signal(SIGALRM, SIG_DFL)
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    alarm(patience)
    let command = ["rituald", option, String(format)]
    let words = command.map { strdup($0) } + [nil]
    execv(path, words)
  }

  private let handle: Descriptor
  private var watch: DescriptorWatch?
  private var timer: (any DispatchSourceTimer)?
  private var completion: ((Bool) -> Void)?

  /// Asks the program at `path`, and calls `completion` once, with false if there is no answer in time.
  /// Returns nil if the question cannot be asked.
  init?(_ path: String, format: Int, completion: @escaping (Bool) -> Void) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let command = ["rituald", Self.askingOption, path, String(format)]
    var words = command.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawn(&child, Restart.same, &actions, nil, &words, environ) == 0 else { return nil }
    let raw = ritual_pidfd(child)
    // The alarm ends the child, which stays as a zombie where its end is not heard of: to wait for it would
    // hold up reminders, and the sandbox does not let it be ended.
    guard raw >= 0 else { return nil }
    handle = Descriptor(owning: raw)
    self.completion = completion
    let process = child
    do throws(ErrorNumber) {
      // The watch keeps this trial, also after a cancellation, until the process has ended and is waited for:
      // none stays behind as a zombie.
      watch = try DescriptorWatch(raw, for: .reading) { [self] _ in ended(process) }
    } catch {
      return nil
    }
    awaitAnswer()
  }

  /// Drops the answer.
  func cancel() { completion = nil }

  private func ended(_ process: pid_t) {
    watch?.cancel()
    watch = nil
    var status: Int32 = 0
    answer(waitpid(process, &status, WNOHANG) == process && status == 0)
  }

  /// Limits the wait for a process that the alarm does not end: one that waits for a dead disk.
  private func awaitAnswer() {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + .seconds(Int(Self.patience) + 2))
    timer.setEventHandler { [weak self] in self?.answer(false) }
    timer.activate()
    self.timer = timer
  }

  private func answer(_ canTakeOver: Bool) {
    timer?.cancel()
    timer = nil
    completion?(canTakeOver)
    completion = nil
  }
}
