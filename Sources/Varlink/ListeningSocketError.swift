internal import Glibc

/// Why there is no socket to listen on.
package enum ListeningSocketError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Empty, with a NUL in it, or longer than a socket's path can be; lengths in bytes.
  case badPath(path: String, length: Int, limit: Int)
  /// Another process serves it; nil where that is not known.
  case inUse(path: String, process: Int32?)
  /// What lies there is no socket (or what was passed in is none that listens); it was left as it is.
  case notASocket(path: String)
  /// The folder belongs to another user, or others may write in it.
  case sharedFolder(path: String)
  /// A system call failed.
  case failed(operation: String, path: String, errno: Int32)

  package var description: String {
    switch self {
    case .badPath(let path, let length, let limit):
      length > limit
        ? "\(path): \(length) bytes are too long for a socket's path; at most \(limit) are accepted"
        : "'\(path)': not a path that a socket can have"
    case .inUse(let path, let process):
      process.map { "\(path): process \($0)\(Self.nameSuffix(of: $0)) already serves it" }
        ?? "\(path): another process already serves it"
    case .notASocket(let path): "\(path): not a socket; it was left as it is"
    case .sharedFolder(let path):
      "\(path): \(SocketFolder.accepted)"
    case .failed(let operation, let path, let number):
      "cannot \(operation) \(path): \(ErrorNumber.text(number))"
    }
  }

  /// The name of a process, as ` (rituald)`; empty where it is not to be had.
  private static func nameSuffix(of process: Int32) -> String {
    let raw = open("/proc/\(process)/comm", O_RDONLY | O_CLOEXEC)
    guard raw >= 0 else { return "" }
    let file = Descriptor(owning: raw)
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(file.raw, &bytes, bytes.count)
    guard count > 0 else { return "" }
    let name = bytes.prefix(count).prefix { $0 >= 0x20 && $0 < 0x7f }
    return " (\(String(decoding: name, as: UTF8.self)))"
  }
}
