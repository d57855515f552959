import Desktop
import Files
import ICalendar
import Journal
import Logging
import Varlink

extension Logger {
  /// Logs that something failed, and why, without private words. What an error says may hold some: a file's
  /// name is made of a title, and a program that refuses something may say back what it was told. All of it
  /// is logged at debug level alone.
  nonisolated func failure(_ level: Level, _ what: String, _ error: any Error, metadata: Metadata? = nil) {
    log(level: level, "\(what): \(Self.reason(of: error))", metadata: metadata)
    debug("\(what): \(error)")
  }

  /// The reason as far as this program has made the words itself.
  private nonisolated static func reason(of error: any Error) -> String {
    switch error {
    case let error as BusError: error.redactedDescription
    // These name paths of the daemon's own, numbers of errors and steps of ours.
    case is JournalError, is SystemCallError, is ListeningSocketError: "\(error)"
    // Its text is the cause alone, without the file.
    case let error as FileError: error.reason
    case let error as ICalendarError: error.line > 0 ? "a mistake in line \(error.line)" : "a mistake"
    default: "\(type(of: error))"
    }
  }
}
