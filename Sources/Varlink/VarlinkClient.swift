package import Descriptors
internal import Files
internal import Glibc

/// A connection to a service, for a program that does one thing at a time: calls block until their reply.
package final class VarlinkClient {
  private let descriptor: Descriptor
  private var framer: Framer

  /// The reason why a call has no reply.
  package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No service listens at the path; the error number says why.
    case unreachable(path: String, ErrorNumber)
    case badPath(path: String, limit: Int)
    /// The service went away or closed the connection.
    case hungUp
    /// No reply came in time.
    case timedOut
    /// The received message is no reply.
    case malformed(WireError)
    case failed(operation: String, reason: String)
    /// The request is longer than a service accepts, and was not sent. Lengths in bytes.
    case tooLong(length: Int, limit: Int)
    /// Other users may write in the socket's folder, or it belongs to another user: the socket's owner cannot
    /// be known.
    case sharedFolder(path: String)
    /// Another user listens at the path.
    case otherUser(path: String, user: UInt32)

    package var description: String {
      switch self {
      case .unreachable(let path, let error): "\(path): \(error)"
      case .badPath("", _): "the path of the socket is empty"
      case .badPath(let path, let limit):
        "\(path): \(path.utf8.count) bytes are too long for a socket's path; at most \(limit) are accepted"
      case .hungUp: "the connection was closed before the reply"
      case .timedOut: "no reply in time"
      case .malformed(let error): "a reply that cannot be read: \(error)"
      case .failed(let operation, let reason): "cannot \(operation): \(reason)"
      case .tooLong(let length, let limit):
        "a request of \(length) bytes is too long; at most \(limit) are accepted"
      case .sharedFolder(let path): "\(path): \(SocketFolder.accepted)"
      case .otherUser(let path, let user):
        "\(path): another user listens there (uid \(user)); nothing was sent"
      }
    }
  }

  /// Connects to the socket at `path`, on which only this process's user can listen. Accepts replies of up to
  /// `limit` bytes.
  package init(path: String, limit: Int = 64 << 20) throws(Failure) {
    guard let address = SocketAddress(path: path) else {
      throw .badPath(path: path, limit: SocketAddress.longest)
    }
    // Checked before connecting, which a listener that accepts nothing can block.
    let folder = Folders.parent(of: path)
    switch SocketFolder.check(folder) {
    case .own: break
    case .shared: throw .sharedFolder(path: folder)
    case .failed(let error): throw .unreachable(path: path, error)
    }
    framer = Framer(limit: limit)
    do throws(ErrorNumber) {
      descriptor = try address.connect()
    } catch {
      throw .unreachable(path: path, error)
    }
    // The folder may have been replaced meanwhile, and requests are private.
    guard let peer = PeerCredentials(of: descriptor.raw) else {
      throw .failed(operation: "identify the listener at \(path)", reason: "\(ErrorNumber.last)")
    }
    guard peer.user == geteuid() else { throw .otherUser(path: path, user: peer.user) }
  }

  /// Calls a method and waits for its reply, for `seconds` at most.
  ///
  /// - Throws: `Failure`, `RemoteError` for an error of the service, the encoder's or decoder's error.
  package func call<Reply: Decodable>(
    _ method: String, _ parameters: some Encodable = NoParameters(), as reply: Reply.Type,
    within seconds: Int = 30
  ) throws -> Reply {
    limitWait(to: seconds)
    try send(try Wire.encode(OutgoingRequest(method: method, parameters: parameters)))
    return try receive(Reply.self).result
  }

  private func limitWait(to seconds: Int) {
    var timeout = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor.raw, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Calls a method with several replies, and passes each to `body`. Returns after the last one. Before it
  /// waits for the next reply, it calls `waiting` with the socket's descriptor, so that the caller can wait
  /// for other things too.
  ///
  /// - Throws: as `call`; an error of `body` ends it.
  package func callMore<Reply: Decodable>(
    _ method: String, _ parameters: some Encodable, as reply: Reply.Type,
    waiting: (Int32) throws -> Void = { _ in }, _ body: (Reply) throws -> Void
  ) throws {
    let request = OutgoingRequest(method: method, parameters: parameters, more: true)
    try send(try Wire.encode(request))
    var continues = true
    while continues {
      let reply = try receive(Reply.self, waiting)
      continues = reply.continues
      try body(reply.result)
    }
  }

  private func receive<Reply: Decodable>(
    _ type: Reply.Type, _ waiting: (Int32) throws -> Void = { _ in }
  ) throws -> (result: Reply, continues: Bool) {
    try decode(try nextMessage(waiting), as: type)
  }

  private func decode<Reply: Decodable>(
    _ message: [UInt8], as type: Reply.Type
  ) throws -> (result: Reply, continues: Bool) {
    do {
      let incoming = try IncomingReply(message: message)
      if let error = incoming.error { throw error }
      return (try incoming.decodedParameters(as: type), incoming.continues)
    } catch let error as WireError {
      throw Failure.malformed(error)
    }
  }

  private func nextMessage(_ waiting: (Int32) throws -> Void) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      do throws(WireError) {
        if let message = try framer.next() { return message }
      } catch {
        throw Failure.malformed(error)
      }
      try waiting(descriptor.raw)
      let count = uninterrupted { recv(descriptor.raw, &buffer, buffer.count, 0) }
      if count < 0, errno == EAGAIN { throw Failure.timedOut }
      guard count > 0 else { throw Failure.hungUp }
      framer.append(buffer[..<count])
    }
  }

  private func send(_ bytes: [UInt8]) throws(Failure) {
    // The service would close the connection without an explanation.
    let limit = Limits().message
    guard bytes.count - 1 <= limit else { throw .tooLong(length: bytes.count - 1, limit: limit) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = uninterrupted {
        rest.withUnsafeBytes { Glibc.send(descriptor.raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      }
      guard count > 0 else { throw .hungUp }
      rest = rest.dropFirst(count)
    }
  }
}
