import Glibc
import Varlink

/// The reason why the process has to end at its start: a line for people, and an exit status of
/// sysexits.h(3).
struct StartupError: Error {
  let message: String
  let status: Int32

  init(_ message: String, status: Int32) {
    self.message = message
    self.status = status
  }

  init(_ error: ListeningSocketError) {
    message = "\(error)"
    status =
      switch error {
      case .badPath, .sharedFolder, .notASocket: EX_CANTCREAT
      case .inUse: EX_UNAVAILABLE
      case .failed: EX_OSERR
      }
  }
}
