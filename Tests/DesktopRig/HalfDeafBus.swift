import Dispatch
import Glibc
import Synchronization

/// A message bus that accepts a client, answers Hello, and then never answers again, like a dbus-daemon that
/// is stopped a moment after login. D-Bus Specification 0.43, "Authentication Protocol" and "Message
/// Protocol".
nonisolated package final class HalfDeafBus: Sendable {
  private let path: String
  private let descriptor: Int32
  private let hellos = Atomic<Int>(0)

  /// The number of clients whose Hello was answered.
  package var greeted: Int { hellos.load(ordering: .relaxed) }

  /// Listens at a path.
  package init(at path: String) throws(RigError) {
    self.path = path
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    self.descriptor = descriptor
    guard withSocketAddress(path, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, 8) == 0 else {
      throw .failed("listen on \(path)", code: errno)
    }
    DispatchQueue.global().async { [weak self] in
      // Ends with the shutdown below.
      var peers: [Int32] = []
      while case let peer = accept(descriptor, nil, nil), peer >= 0 {
        peers.append(peer)
        if Self.greet(peer) { self?.hellos.add(1, ordering: .relaxed) }
      }
      for peer in peers + [descriptor] { close(peer) }
    }
  }

  deinit {
    unlink(path)
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Accepts a peer and answers its first message.
  private static func greet(_ peer: Int32) -> Bool {
    var bytes: [UInt8] = []
    // The answers to the client's commands are sent before they come: it may connect, and may send
    // descriptors.
    let answers = "DATA\r\nOK 0123456789abcdef0123456789abcdef\r\nAGREE_UNIX_FD\r\n"
    _ = send(peer, answers, answers.utf8.count, Int32(MSG_NOSIGNAL))
    let begin = Array("BEGIN\r\n".utf8)
    while bytes.firstRange(of: begin) == nil { guard more(peer, &bytes) else { return false } }
    if let begin = bytes.firstRange(of: begin) { bytes.removeFirst(begin.upperBound) }
    while bytes.count < 12 { guard more(peer, &bytes) else { return false } }
    let serial = Array(bytes[8..<12])
    // The body is the name; the header has the serial that it answers (5) and the body's signature (8).
    let body: [UInt8] = [4, 0, 0, 0] + Array(":1.1".utf8) + [0]
    let fields: [UInt8] =
      [5, 1, UInt8(ascii: "u"), 0] + serial + [8, 1, UInt8(ascii: "g"), 0, 1, UInt8(ascii: "s"), 0]
    var reply: [UInt8] = [UInt8(ascii: "l"), 2, 1, 1, UInt8(body.count), 0, 0, 0, 1, 0, 0, 0]
    reply += [UInt8(fields.count), 0, 0, 0] + fields
    reply += [UInt8](repeating: 0, count: (8 - reply.count % 8) % 8) + body
    return send(peer, reply, reply.count, Int32(MSG_NOSIGNAL)) == reply.count
  }

  /// Waits for more bytes from a peer; false if it has hung up.
  private static func more(_ peer: Int32, _ bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(peer, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    return true
  }
}
