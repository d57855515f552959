internal import CLinux
internal import Descriptors
internal import Dispatch
internal import Glibc

/// Takes connections from a listening socket for a service.
@MainActor
final class Listener {
  private let socket: ListeningSocket
  private weak var service: VarlinkService?
  private var watch: DescriptorWatch?

  init(_ socket: consuming ListeningSocket, service: VarlinkService) throws(WatchError) {
    self.socket = socket
    self.service = service
    watch = try DescriptorWatch(self.socket.descriptor.raw, for: .reading) { [weak self] _ in self?.accept() }
  }

  /// Stops to listen; the socket goes with this object.
  func stop() {
    watch?.cancel()
    watch = nil
  }

  private func accept() {
    while true {
      let raw = ritual_accept(socket.descriptor.raw)
      if raw >= 0 {
        service?.serve(Descriptor(owning: raw))
        continue
      }
      switch errno {
      case EAGAIN, EWOULDBLOCK: return
      case EINTR, ECONNABORTED: continue
      case let number:
        service?.onIncident?(.cannotAccept(errno: number))
        rest()
        return
      }
    }
  }

  /// Without a free descriptor the socket stays readable; asking again at once would only heat the machine.
  private func rest() {
    watch?.interest = []
    DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
      self?.watch?.interest = .reading
    }
  }
}
