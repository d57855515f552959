internal import CLinux
internal import Dispatch
internal import Glibc

/// Takes connections from a listening socket for a service.
@MainActor
final class Listener {
  private let socket: ListeningSocket
  private weak var service: VarlinkService?
  private var source: ReadinessSource?

  init(_ socket: consuming ListeningSocket, service: VarlinkService) {
    self.socket = socket
    self.service = service
    source = ReadinessSource(.read, of: self.socket.descriptor.raw) { [weak self] in self?.accept() }
    source?.isEnabled = true
  }

  /// Stops to listen; the socket goes once Dispatch has let go of it.
  func stop() {
    source?.cancel { withExtendedLifetime(self) {} }
    source = nil
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
    source?.isEnabled = false
    DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
      self?.source?.isEnabled = true
    }
  }
}
