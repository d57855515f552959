package import Descriptors
import Dispatch

/// Sockets on which the buses can be reached for a few calls, and for nothing else: for a daemon in a sandbox
/// that has no other way to a bus (docs/decisions/0024-a-filter-before-the-buses.md).
package final class BusFilter {
  /// Gets what is worth a line in the log.
  package var onNotice: (String) -> Void = { _ in }
  /// Is called each time that the last connection has ended.
  package var onIdle: () -> Void = {}

  /// The most relays at a time: the daemon has one connection to each bus, and for a moment the next one.
  private static let most = 4

  private var acceptors: [Int32: Acceptor] = [:]
  private var relays: [ObjectIdentifier: Relay] = [:]
  /// The number of relays that have not ended.
  private var running = 0
  /// The notices that were given.
  private var told: Set<String> = []

  package init() {}

  /// Serves a listening socket, which does not block.
  /// - Parameters:
  ///   - addresses: is asked at each connection for the bus's addresses; the first that answers is taken.
  ///   - allowed: the calls that a client may make.
  package func serve(
    _ listener: Int32, to addresses: @escaping () -> [SocketAddress], _ allowed: AllowedCalls
  ) throws(ErrorNumber) {
    acceptors[listener] = try Acceptor(
      listener, onFailure: { [weak self] in self?.tell("A connection cannot be taken (\($0))") },
      onConnection: { [weak self] client in self?.connect(client, addresses(), allowed) })
  }

  /// True if the filter takes nothing from a listener at the moment.
  func isResting(_ listener: Int32) -> Bool { acceptors[listener]?.isResting == true }

  private func connect(_ client: consuming Descriptor, _ addresses: [SocketAddress], _ allowed: AllowedCalls)
  {
    // Where there is no bus the connection ends at once, as a client is used to.
    guard relays.count < Self.most, let bus = Self.bus(addresses),
      let relay = try? Relay(client: client, bus: bus, allowed)
    else { return }
    let key = ObjectIdentifier(relay)
    relay.onRefusal = { [weak self] in self?.tell("A call was refused that the daemon does not make") }
    relay.onEnd = { [weak self] in
      // Not before the relay's own handler, which found the end, has returned.
      DispatchQueue.main.async { self?.relays[key] = nil }
      self?.relayEnded()
    }
    relays[key] = relay
    running += 1
  }

  private func relayEnded() {
    running -= 1
    if running == 0 { onIdle() }
  }

  /// A connection to the first address that answers. A bus may take a moment; from then on it does not block.
  private static func bus(_ addresses: [SocketAddress]) -> Descriptor? {
    for address in addresses {
      if let bus = try? address.connect() {
        Descriptor.stopBlocking(bus.raw)
        return bus
      }
    }
    return nil
  }

  /// Gives each notice once: a client that is refused again and again would fill the log.
  private func tell(_ notice: String) {
    if told.insert(notice).inserted { onNotice(notice) }
  }
}
