import CLinux
import Glibc

/// Runs this program again from its beginning, in the same process.
enum Restart {
  /// Returns only after a failure, with its reason in `errno`.
  static func now() {
    // Dispatch's threads block most signals, and execv(3) keeps the mask.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    let words = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", words)
    for word in words { free(word) }
  }
}
