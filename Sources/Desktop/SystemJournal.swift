import CSystemd
import Files
import Glibc

/// The system's journal (sd_journal_send(3)): a message with its priority and fields.
nonisolated package struct SystemJournal {
  package init() {}

  /// True if standard error goes to the journal already (`$JOURNAL_STREAM`, systemd.exec(5)). Then entries
  /// belong here; otherwise somebody reads standard error.
  package static var isStandardError: Bool {
    guard let stream = getenv("JOURNAL_STREAM"),
      let status = try? FileStatus(ofOpen: STDERR_FILENO, "standard error")
    else { return false }
    return String(cString: stream) == status.identity.description
  }

  /// The severity (syslog(3)).
  package enum Priority: Int32, CaseIterable, Sendable {
    case emergency = 0
    case alert, critical, error, warning, notice, info, debug
  }

  /// Writes one entry. Names of fields consist of `A-Z`, `0-9` and `_`, begin with a letter and have at most
  /// 64 characters; the journal drops others silently. Without a journal the entry goes nowhere.
  package func write(
    _ message: String, priority: Priority, fields: [String: String] = [:]
  ) throws(SystemCallError) {
    let assignments =
      ["MESSAGE=\(message)", "PRIORITY=\(priority.rawValue)"]
      + fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var bytes = assignments.flatMap { Array($0.utf8) }
    let result = bytes.withUnsafeMutableBytes { buffer in
      var start = 0
      let vectors = assignments.map { assignment in
        defer { start += assignment.utf8.count }
        return iovec(iov_base: buffer.baseAddress.map { $0 + start }, iov_len: assignment.utf8.count)
      }
      return sd_journal_sendv(vectors, Int32(vectors.count))
    }
    try SystemCallError.check(result, "write to the journal")
  }
}
