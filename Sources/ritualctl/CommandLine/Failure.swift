import ArgumentParser
import Glibc

/// Why a command did not do it: said on standard error, and by the exit status.
enum Failure {
  static let refused: Int32 = 1

  /// Says it, and gives what to throw.
  static func exit(_ message: String, status: Int32) -> ExitCode {
    Terminal.tell("ritualctl: \(message)\n", to: STDERR_FILENO)
    return ExitCode(status)
  }
}
