import BusFilter
import Descriptors
import Desktop
import Dispatch
import Files
import Glibc
import Logging

/// The process of `rituald-bus.service`, between the daemon's sandbox and the buses.
enum FilterProcess {
  static let option = "--filter-buses"

  /// Serves the sockets that the service manager passes. The last part of a socket's path says its bus.
  static func run(_ log: Logger) -> Never {
    let filter = BusFilter()
    filter.onNotice = { log.warning("\($0)", metadata: ["event": "refused"]) }
    // The daemon goes on with a new program, which may make other calls. Its next connection starts the new
    // filter: the service manager keeps the sockets.
    let program = ProgramFile(startedAs: CommandLine.arguments.first ?? "")
    filter.onIdle = { if program?.isReplaced == true { _exit(EXIT_SUCCESS) } }
    do {
      for socket in try ActivatedSocket.handedOver() {
        Descriptor.stopBlocking(socket.descriptor)
        switch SocketAddress(of: socket.descriptor)?.path?.split(separator: "/").last {
        case "session-bus"?: try filter.serve(socket.descriptor, to: session, .session)
        case "system-bus"?: try filter.serve(socket.descriptor, to: system, .system)
        default: close(socket.descriptor)
        }
      }
    } catch {
      log.critical("The buses cannot be filtered: \(error)")
      exit(EX_OSERR)
    }
    withExtendedLifetime(filter) { dispatchMain() }
  }

  private static func session() -> [SocketAddress] {
    if let addresses = environment("DBUS_SESSION_BUS_ADDRESS") {
      return SocketAddress.all(inBusAddresses: addresses)
    }
    return [environment("XDG_RUNTIME_DIR").flatMap { SocketAddress(path: $0 + "/bus") }].compactMap { $0 }
  }

  private static func system() -> [SocketAddress] {
    let addresses =
      environment("DBUS_SYSTEM_BUS_ADDRESS") ?? "unix:path=/run/dbus/system_bus_socket"
    return SocketAddress.all(inBusAddresses: addresses)
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
