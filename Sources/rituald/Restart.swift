import CLinux
import Glibc

/// The same program from its beginning, in this process.
enum Restart {
  /// Does not return, unless it fails: then `errno` says why.
  static func now() {
    // The threads of Dispatch have most signals blocked, and the mask goes with the process.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    let words = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", words)
    for word in words { free(word) }
  }
}
