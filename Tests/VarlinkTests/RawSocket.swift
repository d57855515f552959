import DesktopRig
import Glibc

/// A Unix socket without a protocol, for what no client would do.
final class RawSocket {
  private let descriptor: Int32

  init(_ path: String) throws {
    signal(SIGPIPE, SIG_IGN)
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard Self.with(path, { connect(descriptor, $0, $1) }) == 0 else {
      throw RigError.failed("connect to \(path)", code: errno)
    }
  }

  /// One that listens, as a process that ends badly leaves it behind.
  init(listeningAt path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard Self.with(path, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, 1) == 0 else {
      throw RigError.failed("listen on \(path)", code: errno)
    }
  }

  deinit { end() }

  func end() { close(descriptor) }

  func send(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      let count = bytes[position...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }
      guard count > 0 else { return }
      position += count
    }
  }

  /// The next messages, or as many as come before the peer hangs up.
  func read(messages count: Int) -> [String] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while all.count(where: { $0 == 0 }) < count {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      all += buffer[..<count]
    }
    return all.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
