import CLinux
package import Descriptors
import Dispatch
import Glibc

/// Sockets on which the buses can be reached for a few calls, and for nothing else: for a daemon in a sandbox that has no
/// other way to a bus (docs/decisions/0024-a-filter-before-the-buses.md).
package final class BusFilter {
  /// Something worth a line in the log.
  package var onNotice: (String) -> Void = { _ in }

  /// The daemon has one connection to each bus, and for a moment the next one.
  private static let most = 4

  private var listeners: [Int32: DescriptorWatch] = [:]
  private var relays: [ObjectIdentifier: Relay] = [:]
  private var told: Set<String> = []

  package init() {}

  /// Serves a listening socket, which does not block.
  /// - Parameters:
  ///   - sockets: where the bus is, the first that answers is taken; asked for at each connection.
  ///   - allowed: what a client may call.
  package func serve(
    _ listener: Int32, to sockets: @escaping () -> [LocalSocket], _ allowed: AllowedCalls
  ) throws(WatchError) {
    listeners[listener] = try DescriptorWatch(listener, for: .reading) { [weak self] _ in
      let client = ritual_accept(listener)
      if client >= 0 { self?.connect(client, sockets(), allowed) } else { self?.miss(listener, errno) }
    }
  }

  /// No client came. Without a free descriptor, or memory, the socket stays readable; asking again at once
  /// would only heat the machine.
  private func miss(_ listener: Int32, _ number: Int32) {
    if [EAGAIN, EINTR, ECONNABORTED].contains(number) { return }
    tell("A connection cannot be taken (\(String(cString: strerror(number))))")
    let watch = listeners[listener]
    watch?.interest = []
    DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(1)) { [weak watch] in watch?.interest = .reading
    }
  }

  /// Whether nothing is taken from a listener for the moment.
  func isResting(_ listener: Int32) -> Bool { listeners[listener]?.interest == [] }

  private func connect(_ client: Int32, _ sockets: [LocalSocket], _ allowed: AllowedCalls) {
    // Where there is no bus the connection ends at once, as a client is used to.
    guard relays.count < Self.most, let bus = sockets.lazy.compactMap({ $0.connect() }).first else {
      close(client)
      return
    }
    guard let relay = try? Relay(client: client, bus: bus, allowed) else { return }
    let key = ObjectIdentifier(relay)
    relay.onRefusal = { [weak self] in self?.tell("A call was refused that the daemon does not make") }
    relay.onEnd = { [weak self] in
      // After the handler that the end was found in.
      DispatchQueue.main.async { self?.relays[key] = nil }
    }
    relays[key] = relay
  }

  /// Tells of it once: a client that is refused for ever would fill the log.
  private func tell(_ notice: String) {
    if told.insert(notice).inserted { onNotice(notice) }
  }
}
