internal import Files

/// The reason why there is no socket to listen on.
package enum ListeningSocketError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path is empty, contains a NUL, or is longer than a socket's path can be; lengths in bytes.
  case badPath(path: String, length: Int, limit: Int)
  /// Another process serves it; nil if its id is not known.
  case inUse(path: String, process: Int32?)
  /// The file there, or the inherited descriptor, is no listening socket; it was left as it is.
  case notASocket(path: String)
  /// The folder belongs to another user, or other users may write in it.
  case sharedFolder(path: String)
  /// A system call failed; `reason` is a clause.
  case failed(operation: String, path: String, reason: String)

  package var description: String {
    switch self {
    case .badPath(let path, let length, let limit):
      length > limit
        ? "\(path): \(length) bytes are too long for a socket's path; at most \(limit) are accepted"
        : "'\(path)': no valid path of a socket"
    case .inUse(let path, let process):
      process.map { "\(path): process \($0)\(Self.nameSuffix(of: $0)) already serves it" }
        ?? "\(path): another process already serves it"
    case .notASocket(let path): "\(path): not a socket; it was left as it is"
    case .sharedFolder(let path):
      "\(path): \(SocketFolder.accepted)"
    case .failed(let operation, let path, let reason): "cannot \(operation) \(path): \(reason)"
    }
  }

  /// The name of a process, as ` (rituald)`; empty if the system does not say it (proc_pid_comm(5)).
  private static func nameSuffix(of process: Int32) -> String {
    guard let bytes = try? FileContents(of: "/proc/\(process)/comm", upTo: 64).bytes else { return "" }
    let name = bytes.prefix { $0 >= 0x20 && $0 < 0x7f }
    return " (\(String(decoding: name, as: UTF8.self)))"
  }
}
