/// Who shows notifications, and what it can do.
nonisolated package struct ServerInformation: Hashable, Sendable {
  /// Tells it from every other server: the bus's id and the server's unique name there, as `id/:1.5`. Numbers of
  /// notifications are valid with it alone.
  package let identity: String
  /// The name of the program, such as `dunst`; empty where it does not say.
  package let name: String
  package let vendor: String
  package let version: String
  /// The version of the Desktop Notifications Specification that it follows, such as `1.2`.
  package let specificationVersion: String
  package let capabilities: Set<Capability>

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

/// Something that a notification server can do ("org.freedesktop.Notifications.GetCapabilities").
nonisolated package struct Capability: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Buttons.
  package static let actions = Capability(rawValue: "actions")
  /// More than a summary.
  package static let body = Capability(rawValue: "body")
  /// The body is read as markup, so what is not must be escaped.
  package static let bodyMarkup = Capability(rawValue: "body-markup")
  /// Has a line to type an answer into.
  package static let inlineReply = Capability(rawValue: "inline-reply")
  /// Keeps notifications until they are answered.
  package static let persistence = Capability(rawValue: "persistence")
  /// Plays sounds.
  package static let sound = Capability(rawValue: "sound")
}

/// How a notification left the screen (signal `NotificationClosed`); the numbers are the specification's.
nonisolated package enum ClosedReason: UInt32, CaseIterable, Sendable {
  case expired = 1
  case dismissed = 2
  /// By `NotificationServer.close`.
  case closedByCall = 3
  /// The server does not say, or says something that the specification does not know.
  case undefined = 4
}
