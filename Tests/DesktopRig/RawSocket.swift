import Dispatch
package import Glibc

/// A Unix socket without a protocol, for bytes that no client sends.
nonisolated package final class RawSocket: Sendable {
  private let descriptor: Int32

  /// Connects to a path.
  package init(_ path: String) throws(RigError) {
    signal(SIGPIPE, SIG_IGN)
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard withSocketAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
      throw .failed("connect to \(path)", code: errno)
    }
  }

  /// Leaves a socket file without a listener, as a crashed process does.
  package static func leaveStale(at path: String) throws(RigError) {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    guard withSocketAddress(path, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, 1) == 0 else {
      throw .failed("listen on \(path)", code: errno)
    }
  }

  deinit { close(descriptor) }

  /// Sends as much as the peer accepts before it hangs up.
  package func send(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      let count = bytes[position...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }
      guard count > 0 else { return }
      position += count
    }
  }

  /// Reads messages, without the NULs that end them, up to a number or until the peer hangs up.
  package func read(messages count: Int = .max) -> [String] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while all.count(where: { $0 == 0 }) < count {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      all += buffer[..<count]
    }
    return all.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Waits until the peer hangs up, or has sent something; true if it hung up.
  package func isHungUpOn(within milliseconds: Int32 = 30_000) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    return poll(&watched, 1, milliseconds) == 1 && recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0
  }

  /// Waits for the next message beside the main queue; nil if the peer hangs up instead.
  package func next() async -> String? { await next(1).first }

  /// Waits for so many messages beside the main queue; there are fewer if the peer hangs up.
  package func next(_ count: Int) async -> [String] {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: self.read(messages: count)) }
    }
  }

  /// Sends bytes on a new connection, and returns the messages until the peer hangs up; does not block the
  /// main queue.
  package static func send(_ bytes: [UInt8], to path: String) async throws -> [String] {
    let socket = try RawSocket(path)
    return await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        socket.send(bytes)
        continuation.resume(returning: socket.read())
      }
    }
  }
}

/// Calls `body` with the address of a Unix socket.
nonisolated package func withSocketAddress(
  _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
) -> Int32 {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  return withUnsafePointer(to: address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}
