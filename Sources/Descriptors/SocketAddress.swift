import Glibc

/// The address of a Unix socket (unix(7)): a path, or an abstract name.
package struct SocketAddress: Hashable, Sendable {
  /// The longest path or name, in bytes: `sun_path` holds 108, and one is the NUL after a path.
  package static let longest = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  /// The bytes of the path; an abstract name begins with a NUL.
  package let name: [UInt8]

  /// - Parameter name: a path, or a NUL and an abstract name.
  /// - Returns: nil for no bytes, for more than `longest`, and for a path with a NUL in it.
  package init?(name: [UInt8]) {
    guard !name.isEmpty, name.count <= Self.longest, name[0] == 0 || !name.contains(0) else { return nil }
    self.name = name
  }

  /// Nil for what is no socket's path; see `init(name:)`.
  package init?(path: String) {
    guard path.utf8.first != 0 else { return nil }
    self.init(name: Array(path.utf8))
  }

  /// The address that a socket is bound to; nil where it is bound to none.
  package init?(of socket: Int32) {
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
    }
    guard result == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
    let bytes = withUnsafeBytes(of: address.sun_path) { $0.prefix(max(0, Int(length) - Self.offset)) }
    self.init(name: bytes.first == 0 ? Array(bytes) : Array(bytes.prefix { $0 != 0 }))
  }

  /// Nil for an abstract name.
  package var path: String? { name[0] == 0 ? nil : String(decoding: name, as: UTF8.self) }

  /// Gives the address to a socket (bind(2)), which makes a file of the path.
  package func bind(_ socket: Int32) throws(ErrorNumber) {
    guard withPointer({ Glibc.bind(socket, $0, $1) }) == 0 else { throw .last }
  }

  /// Connects to the process that listens there.
  /// - Parameter waits: whether to wait for room in the listener's queue, and later for what is read and
  ///   written; else a full queue is EAGAIN, and the connection does not block.
  /// - Returns: the connection, close-on-exec.
  package func connect(waits: Bool = true) throws(ErrorNumber) -> Descriptor {
    let connection = try Self.socket(waits: waits)
    // A signal ends the wait for room before anything is begun (connect(2)).
    let result = uninterrupted { withPointer { Glibc.connect(connection.raw, $0, $1) } }
    guard result == 0 else { throw .last }
    return connection
  }

  /// A new stream socket, close-on-exec from the first moment: another thread may be starting a process.
  package static func socket(waits: Bool) throws(ErrorNumber) -> Descriptor {
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | (waits ? 0 : SOCK_NONBLOCK.rawValue)
    let raw = Glibc.socket(AF_UNIX, Int32(kind), 0)
    guard raw >= 0 else { throw .last }
    return Descriptor(owning: raw)
  }

  /// The number of bytes of the structure before the name.
  private static let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2

  private func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    // A path ends with a NUL; an abstract name has no end of its own.
    let length = Self.offset + name.count + (name[0] == 0 ? 0 : 1)
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
    }
  }
}
