import Glibc

/// The name of a Unix socket that somebody listens on, such as a bus.
nonisolated package struct LocalSocket: Hashable, Sendable {
  /// What connect(2) takes: the path, or an abstract name, which begins with a NUL.
  let name: [UInt8]

  /// The socket of a path.
  package init(path: String) { name = Array(path.utf8) }

  private init(name: [UInt8]) { self.name = name }

  /// The sockets of a list of addresses ("Server Addresses", D-Bus Specification 0.43), in its order, such as `unix:path=/run/user/1000/bus,guid=…;unix:abstract=…`.
  package static func all(in addresses: String) -> [LocalSocket] {
    addresses.split(separator: ";").compactMap { address in
      guard address.hasPrefix("unix:") else { return nil }
      for pair in address.dropFirst(5).split(separator: ",") {
        if pair.hasPrefix("path="), let path = unescape(pair.dropFirst(5)) { return LocalSocket(name: path) }
        if pair.hasPrefix("abstract="), let name = unescape(pair.dropFirst(9)) {
          return LocalSocket(name: [0] + name)
        }
      }
      return nil
    }
  }

  /// A byte may be written as `%` and two digits.
  private static func unescape(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      guard first == UInt8(ascii: "%") else {
        bytes.append(first)
        continue
      }
      guard let high = rest.popFirst().flatMap(Self.digit), let low = rest.popFirst().flatMap(Self.digit)
      else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes.isEmpty || bytes.contains(0) ? nil : bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// A connection, non-blocking and close-on-exec, for the caller to close; nil where nobody listens.
  /// - Parameter waits: whether to wait for room in the queue of the one who listens; else a full one gives nil.
  package func connect(waits: Bool = true) -> Int32? {
    var address = sockaddr_un()
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    // An abstract name has no end of its own; a path ends with a NUL.
    let length = MemoryLayout<sockaddr_un>.offset(of: \.sun_path).map {
      $0 + name.count + (name.first == 0 ? 0 : 1)
    }
    guard let length else { return nil }
    // Close-on-exec from the first moment: another thread may be starting a process.
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | (waits ? 0 : SOCK_NONBLOCK.rawValue)
    let socket = socket(AF_UNIX, Int32(kind), 0)
    guard socket >= 0 else { return nil }
    var result: Int32
    repeat {
      result = withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(socket, $0, socklen_t(length))
        }
      }
      // A signal ended the wait for room in the queue, and nothing was begun (connect(2)).
    } while result != 0 && errno == EINTR
    guard result == 0, fcntl(socket, F_SETFL, O_NONBLOCK) == 0 else {
      close(socket)
      return nil
    }
    return socket
  }
}
