import Desktop
import Glibc
import Logging

/// Where the daemon's log goes: the system's journal with priorities, else standard error. A ritual's words are
/// never logged above debug level.
nonisolated struct SystemLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?
  var logLevel: Logger.Level
  private let journal: SystemJournal?

  init(level: Logger.Level) {
    logLevel = level
    journal = SystemJournal.isStandardError ? SystemJournal() : nil
  }

  subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let message = "\(event.message)"
    if let journal, (try? journal.write(message, priority: SystemJournal.Priority(event.level))) != nil {
      return
    }
    var line = "rituald: \(event.level): \(message)\n"
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

extension SystemJournal.Priority {
  nonisolated init(_ level: Logger.Level) {
    switch level {
    case .trace, .debug: self = .debug
    case .info: self = .info
    case .notice: self = .notice
    case .warning: self = .warning
    case .error: self = .error
    case .critical: self = .critical
    }
  }
}
