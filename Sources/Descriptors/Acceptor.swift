import CLinux
import Dispatch
import Glibc

/// Takes the connections of a listening socket, on the main queue, until it goes away.
@MainActor
package final class Acceptor {
  private let listener: Int32
  private let onConnection: (consuming Descriptor) -> Void
  private let onFailure: (ErrorNumber) -> Void
  private var watch: DescriptorWatch?

  /// - Parameters:
  ///   - listener: a listening socket that does not block. It stays the caller's, and outlives this.
  ///   - onFailure: is called where no connection can be taken, as without a free descriptor. The socket is
  ///     left alone for a second then.
  ///   - onConnection: gets each connection, close-on-exec and non-blocking.
  package init(
    _ listener: Int32, onFailure: @escaping (ErrorNumber) -> Void,
    onConnection: @escaping (consuming Descriptor) -> Void
  ) throws(ErrorNumber) {
    self.listener = listener
    self.onConnection = onConnection
    self.onFailure = onFailure
    watch = try DescriptorWatch(listener, for: .reading) { [weak self] _ in self?.accept() }
  }

  /// True if the socket is left alone at the moment.
  package var isResting: Bool { watch?.interest == [] }

  private func accept() {
    while true {
      let raw = uninterrupted { ritual_accept(listener) }
      if raw >= 0 {
        onConnection(Descriptor(owning: raw))
        continue
      }
      switch errno {
      case EAGAIN, EWOULDBLOCK: return
      case ECONNABORTED: continue
      case let code:
        onFailure(ErrorNumber(code))
        return rest()
      }
    }
  }

  /// A connection that cannot be taken keeps the socket readable: to ask again at once would only heat the
  /// machine.
  private func rest() {
    watch?.interest = []
    DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
      self?.watch?.interest = .reading
    }
  }
}
