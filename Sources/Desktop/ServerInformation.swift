/// The program that shows notifications, and its capabilities.
nonisolated package struct ServerInformation: Hashable, Sendable {
  /// The identity of this server: the bus's id and its unique name there, as `id/:1.5`. Numbers of
  /// notifications are valid with this server alone.
  package let identity: String
  /// The name of the program, such as `dunst`; empty if it does not say.
  package let name: String
  package let vendor: String
  package let version: String
  /// The version of the Desktop Notifications Specification that it follows, such as `1.2`.
  package let specificationVersion: String
  package let capabilities: Set<Capability>

  /// Budgie's `name`.
  static let budgie = "Budgie Notification Server"

  package init(
    identity: String, name: String, vendor: String, version: String, specificationVersion: String,
    capabilities: Set<Capability>
  ) {
    self.identity = identity
    self.name = name
    self.vendor = vendor
    self.version = version
    self.specificationVersion = specificationVersion
    self.capabilities = capabilities
  }
}

/// A capability of a notification server ("org.freedesktop.Notifications.GetCapabilities").
nonisolated package struct Capability: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Buttons.
  package static let actions = Capability(rawValue: "actions")
  /// A body beside the summary.
  package static let body = Capability(rawValue: "body")
  /// The body is read as markup, so other text must be escaped.
  package static let bodyMarkup = Capability(rawValue: "body-markup")
  /// A line to type an answer into.
  package static let inlineReply = Capability(rawValue: "inline-reply")
  /// Notifications stay until they are answered.
  package static let persistence = Capability(rawValue: "persistence")
  /// Sounds.
  package static let sound = Capability(rawValue: "sound")
}

/// The reason why a notification left the screen (signal `NotificationClosed`); the numbers are the
/// specification's.
nonisolated package enum ClosedReason: UInt32, CaseIterable, Sendable {
  case expired = 1
  case dismissed = 2
  /// By `NotificationServer.close`.
  case closedByCall = 3
  /// The server does not say, or gives a reason that the specification does not know.
  case undefined = 4
}
