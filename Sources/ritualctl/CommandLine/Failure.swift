import Glibc
import Varlink

/// A command's reason for not doing what it was told, and the exit status for it. Main says the reason.
struct Failure: Error {
  /// The exit status of a refusal.
  static let refused: Int32 = 1

  let message: String
  let status: Int32

  init(_ message: String, status: Int32 = refused) {
    self.message = message
    self.status = status
  }

  /// The failure that an error of a command is; nil for the parser's errors.
  init?(_ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as DaemonClient.Unreachable: self.init(error.message, status: EX_UNAVAILABLE)
    case let error as RemoteError: self.init(Refusal.text(of: error), status: Refusal.status(of: error))
    default: return nil
    }
  }

  /// Says the reason on standard error, and ends the program.
  func exit() -> Never {
    Terminal.tell("ritualctl: \(message)\n", to: STDERR_FILENO)
    Glibc.exit(status)
  }
}
