import Desktop
import Escaping
import Glibc
import Logging

/// The daemon's log: the system's journal with priorities and fields, else standard error. A ritual's words
/// are logged only at debug level, and in no field.
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
    let message = Escaped.log("\(event.message)")
    if let journal {
      let priority = SystemJournal.Priority(event.level)
      let fields = Self.fields(metadata.merging(event.metadata ?? [:]) { $1 })
      if (try? journal.write(message, priority: priority, fields: fields)) != nil { return }
    }
    var line = "rituald: \(event.level): \(message)\n"
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// The journal's fields of metadata: `event` becomes `RITUALD_EVENT` (docs/service.md).
  private static func fields(_ metadata: Logger.Metadata) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: metadata.map { ("RITUALD_" + $0.key.uppercased(), Escaped.log("\($0.value)")) })
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
