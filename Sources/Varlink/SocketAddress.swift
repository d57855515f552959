internal import Glibc

/// The address of a Unix socket in the file system (unix(7)).
struct SocketAddress {
  /// The longest path, in bytes: `sun_path` holds 108, and one is the NUL.
  static let pathLimit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  private var address = sockaddr_un()

  /// Nil when `path` is empty, longer than `pathLimit` bytes or contains a NUL.
  init?(path: String) {
    let bytes = Array(path.utf8)
    guard !bytes.isEmpty, bytes.count <= Self.pathLimit, !bytes.contains(0) else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  }

  /// bind(2): 0, or the error number.
  func bind(_ socket: Int32) -> Int32 {
    withPointer { Glibc.bind(socket, $0, $1) == 0 ? 0 : errno }
  }

  /// connect(2): 0, or the error number. An interrupted one is tried again (a Unix socket connects at once
  /// or waits for a place in the queue; it is never under way as a TCP socket is).
  func connect(_ socket: Int32) -> Int32 {
    withPointer { pointer, length in
      while true {
        guard Glibc.connect(socket, pointer, length) != 0 else { return 0 }
        guard errno == EINTR else { return errno }
      }
    }
  }

  private func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

extension SocketAddress {
  /// The path that a socket is bound to; nil for an abstract one, or none.
  static func path(of socket: Int32) -> String? {
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
    }
    guard result == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
    let path = withUnsafeBytes(of: address.sun_path) { $0.prefix { $0 != 0 } }
    return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
  }
}
