import Glibc
import Journal
import Varlink

/// Why the daemon does not run: a line for people, and an exit status of sysexits.h(3).
struct StartupError: Error {
  let message: String
  let status: Int32

  init(_ message: String, status: Int32) {
    self.message = message
    self.status = status
  }

  init(_ error: JournalError) {
    message = "\(error)"
    status =
      switch error {
      case .unusable: EX_CANTCREAT
      case .inUse: EX_UNAVAILABLE
      case .notAJournal, .tooNew: EX_DATAERR
      case .full, .readOnly, .failed, .stillInLog: EX_IOERR
      case .busy: EX_TEMPFAIL
      case .ended: EX_SOFTWARE
      }
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
