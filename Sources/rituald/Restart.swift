import CLinux
import Desktop
import Glibc
import Logging

/// Runs a program from its beginning in this process, with the same arguments, with the sockets that the
/// service manager passed, and as the same service.
enum Restart {
  /// The program that this process runs, also after its file was replaced.
  static let same = "/proc/self/exe"

  /// Runs the program at `path`, or the same one again if that is impossible.
  static func now(with path: String = same, log: Logger) -> Never {
    ActivatedSocket.keepOpenAcrossExec()
    // Dispatch's threads block most signals, and execv(3) keeps the mask.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    let words = CommandLine.arguments.map { strdup($0) } + [nil]
    execv(path, words)
    execv(same, words)
    log.critical("Cannot start anew: error \(errno)")
    // The service manager can start it. All changes are in the journal.
    _exit(EX_TEMPFAIL)
  }
}
