import Desktop
import Files
import ICalendar
import Journal
import Logging
import Varlink

extension Logger {
  /// Logs a failure and its reason without private words. An error's text may have some: file names are made
  /// of titles, and a program that refuses a request may repeat it. Only at debug level the whole text is
  /// logged.
  nonisolated func failure(_ level: Level, _ what: String, _ error: any Error, metadata: Metadata? = nil) {
    log(level: level, "\(what): \(Self.reason(of: error))", metadata: metadata)
    debug("\(what): \(error)")
  }

  /// The part of the reason whose words are this program's own.
  private nonisolated static func reason(of error: any Error) -> String {
    switch error {
    case let error as BusError: error.redactedDescription
    // These name the daemon's own paths, error numbers and steps.
    case is JournalError, is SystemCallError, is ListeningSocketError: "\(error)"
    // The reason is without the file's name.
    case let error as FileError: error.reason
    case let error as ICalendarError: error.line > 0 ? "a mistake in line \(error.line)" : "a mistake"
    default: "\(type(of: error))"
    }
  }
}
