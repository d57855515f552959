/// A failure on a message bus.
nonisolated package enum BusError: Error, Hashable, CustomStringConvertible {
  /// The name has no owner, and the bus knows no service to start for it.
  case serviceUnknown(String)
  /// The call was not answered in time, or its receiver or the bus ended first.
  case noReply(String)
  /// The receiver or the bus answered with an error.
  case refused(name: String, message: String)
  /// An answer that does not follow the interface.
  case malformed(String)
  /// The connection is closed.
  case disconnected
  /// A call of libsystemd failed in this process.
  case failed(SystemCallError)

  package var description: String {
    switch self {
    case .serviceUnknown(let message): "no program offers the service: \(message)"
    case .noReply(let message): "no answer: \(message)"
    case .refused(let name, let message): "refused with \(name): \(message)"
    case .malformed(let message): "an answer that cannot be read: \(message)"
    case .disconnected: "the connection to the bus is closed"
    case .failed(let error): error.description
    }
  }

  /// The description without texts of other programs: a refusal may quote what it was sent.
  package var redactedDescription: String {
    switch self {
    case .serviceUnknown: "no program offers the service"
    case .noReply: "no answer"
    case .refused(let name, _) where name.hasPrefix(Self.standard): "refused with \(name)"
    case .refused: "refused with an error of the program's own"
    case .malformed: "an answer that cannot be read"
    case .disconnected, .failed: description
    }
  }

  /// True if the receiver does not know what it was asked. A program that takes its name before it has put
  /// its objects on the bus answers so at its start, as GNOME Shell does (`g_bus_own_name`).
  var isUnknownCall: Bool {
    guard case .refused(let name, _) = self else { return false }
    return ["UnknownMethod", "UnknownObject", "UnknownInterface"].contains { name == Self.standard + $0 }
  }

  private static let standard = "org.freedesktop.DBus.Error."

  /// Reads an error message of D-Bus by its name ("Message Bus Messages", D-Bus Specification 0.43).
  init(name: String, message: String) {
    switch name {
    case "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner":
      self = .serviceUnknown(message)
    case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout",
      "org.freedesktop.DBus.Error.TimedOut":
      self = .noReply(message)
    case "org.freedesktop.DBus.Error.Disconnected":
      self = .disconnected
    default:
      self = .refused(name: name, message: message)
    }
  }
}
