import DesktopRig
import Dispatch
import Glibc

/// A bare connection to a Unix socket, for what no client would send.
nonisolated final class Socket: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws {
    signal(SIGPIPE, SIG_IGN)
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else { throw RigError.failed("connect to \(path)", code: errno) }
  }

  deinit { close(descriptor) }

  /// Sends as much as the peer takes before it hangs up.
  func send(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      let count = bytes[position...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }
      guard count > 0 else { return }
      position += count
    }
  }

  /// What comes until the peer hangs up.
  func readToEnd() -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }

  /// Sends bytes on a connection of their own, and returns what comes until the peer hangs up.
  static func send(_ bytes: [UInt8], to path: String) async throws -> [UInt8] {
    let socket = try Socket(path)
    return await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        socket.send(bytes)
        continuation.resume(returning: socket.readToEnd())
      }
    }
  }
}
