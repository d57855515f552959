import Glibc

/// Which bus to connect to, and where its socket is.
nonisolated package enum BusAddress: Hashable, Sendable {
  /// The user's: `DBUS_SESSION_BUS_ADDRESS`, else `$XDG_RUNTIME_DIR/bus`.
  case session
  /// The machine's: `DBUS_SYSTEM_BUS_ADDRESS`, else `/run/dbus/system_bus_socket`.
  case system
  /// One at an address of the D-Bus Specification.
  case at(String)

  /// The path of its socket, where it has one that is known: the first address that names a path.
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

  /// `unix:path=/run/user/1000/bus,guid=…`, one or more of them with semicolons between ("Server Addresses").
  private static func path(in addresses: String) -> String? {
    for address in addresses.split(separator: ";") where address.hasPrefix("unix:") {
      for pair in address.dropFirst(5).split(separator: ",") where pair.hasPrefix("path=/") {
        // What is escaped is no path that a bus has in practice; it is found by trying, then.
        return pair.contains("%") ? nil : String(pair.dropFirst(5))
      }
    }
    return nil
  }
}
