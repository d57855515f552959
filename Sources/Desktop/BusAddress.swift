import Glibc

/// The bus to connect to, and the path of its socket.
nonisolated package enum BusAddress: Hashable, Sendable {
  /// The user's bus: `DBUS_SESSION_BUS_ADDRESS`, else `$XDG_RUNTIME_DIR/bus`.
  case session
  /// The machine's bus: `DBUS_SYSTEM_BUS_ADDRESS`, else `/run/dbus/system_bus_socket`.
  case system
  /// A bus at an address of the D-Bus Specification.
  case at(String)

  /// The path of the bus's socket: the first address that names a path; nil if none does.
  var socket: String? {
    switch self {
    case .session:
      Self.environment("DBUS_SESSION_BUS_ADDRESS").map(Self.path)
        ?? Self.environment("XDG_RUNTIME_DIR").map { $0 + "/bus" }
    case .system:
      Self.environment("DBUS_SYSTEM_BUS_ADDRESS").map(Self.path) ?? "/run/dbus/system_bus_socket"
    case .at(let address):
      Self.path(in: address)
    }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Reads `unix:path=/run/user/1000/bus,guid=…`, or several of them separated by semicolons ("Server
  /// Addresses").
  private static func path(in addresses: String) -> String? {
    for address in addresses.split(separator: ";") where address.hasPrefix("unix:") {
      for pair in address.dropFirst(5).split(separator: ",") where pair.hasPrefix("path=/") {
        // No bus in practice has an escaped path; without a path the connection is retried by time alone.
        return pair.contains("%") ? nil : String(pair.dropFirst(5))
      }
    }
    return nil
  }
}
