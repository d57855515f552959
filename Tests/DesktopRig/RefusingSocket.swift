import Dispatch
import Glibc

/// A Unix socket that refuses each client, as one without a listener does, until it is told to accept some;
/// it hangs up on those, and refuses the next ones again.
nonisolated package final class RefusingSocket: Sendable {
  private let descriptor: Int32

  /// Makes the socket at a path.
  package init(at path: String) throws(RigError) {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard withSocketAddress(path, { bind(descriptor, $0, $1) }) == 0 else {
      throw .failed("make the socket \(path)", code: errno)
    }
  }

  deinit { close(descriptor) }

  /// Waits for so many clients and hangs up on each. Its file does not change, so that only those come that
  /// try by themselves. Can be called once.
  package func hangUp(on clients: Int) async throws {
    let isDone = await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: self.acceptAndClose(clients)) }
    }
    guard isDone else { throw RigError.waitedInVain("\(clients) clients") }
  }

  private func acceptAndClose(_ clients: Int) -> Bool {
    defer {
      shutdown(descriptor, Int32(SHUT_RDWR))
      // Those that wait to be accepted are let go, too.
      while case let client = accept(descriptor, nil, nil), client >= 0 { close(client) }
    }
    var timeout = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    guard listen(descriptor, 8) == 0 else { return false }
    return (0..<clients).allSatisfy { _ in
      let client = accept(descriptor, nil, nil)
      return client >= 0 && close(client) == 0
    }
  }
}
