import Dispatch
import Glibc

/// A Unix socket that sends each client the same bytes, for replies that no real service sends.
nonisolated package final class AnsweringSocket: Sendable {
  package let path: String
  private let descriptor: Int32

  /// Listens at a path. A request ends with `end`, and so does the reply.
  package init(at path: String, reply: String, end: UInt8 = 0) throws(RigError) {
    self.path = path
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    guard withSocketAddress(path, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, 8) == 0 else {
      throw .failed("listen on \(path)", code: errno)
    }
    DispatchQueue.global().async {
      // Ends with the shutdown below.
      while case let peer = accept(descriptor, nil, nil), peer >= 0 {
        var byte: UInt8 = 1
        repeat { if read(peer, &byte, 1) != 1 { break } } while byte != end
        let bytes = Array(reply.utf8) + [end]
        _ = send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        close(peer)
      }
      close(descriptor)
    }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
