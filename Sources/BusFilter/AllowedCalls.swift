/// The calls that a client may make on a bus, and the signals that it may hear. Everything else is refused.
nonisolated package struct AllowedCalls: Sendable {
  /// Calls of one interface.
  struct Rule: Sendable {
    let interface: String
    let members: Set<String>
    /// The path of the object; nil for any object.
    var path: String?
    /// The texts that the body must begin with, one of each set; nil for any text.
    var arguments: [Set<String>?] = []
  }

  /// Services that the client may call by their names, and whose signals it may hear.
  let services: Set<String>
  /// Services that the client may have the bus start.
  let startable: Set<String>
  let rules: [Rule]

  /// The name of the bus, which is a service like others.
  static let bus = "org.freedesktop.DBus"

  /// True if a message of the client's goes on to the bus.
  func allows(_ head: MessageHead, _ message: ArraySlice<UInt8>) -> Bool {
    switch head.kind {
    // An answer reaches the sender of a call alone, and no service calls a client that offers nothing.
    case .answer, .error: return true
    case .signal: return false
    case .call: break
    }
    // Without an interface the service may take any method of that name; without a destination any peer may
    // take the call.
    guard let destination = head.destination, let interface = head.interface, let member = head.member else {
      return false
    }
    if destination == Self.bus { return allows(interface, member, head, message) }
    // A unique name does not say which service that is: the rules hold for every one.
    guard destination.hasPrefix(":") || services.contains(destination) else { return false }
    // The bus starts a service that is called by its name, unless the call says not to.
    guard destination.hasPrefix(":") || startable.contains(destination) || head.startsNobody else {
      return false
    }
    return rules.contains { rule in
      guard rule.interface == interface, rule.members.contains(member),
        rule.path == nil || rule.path == head.path
      else { return false }
      guard let texts = head.texts(rule.arguments.count, of: message) else { return false }
      return zip(rule.arguments, texts).allSatisfy { $0?.contains($1) ?? true }
    }
  }

  /// True if the client may make this call of the bus itself.
  private func allows(
    _ interface: String, _ member: String, _ head: MessageHead, _ message: ArraySlice<UInt8>
  ) -> Bool {
    guard interface == Self.bus else { return false }
    switch member {
    case "Hello", "GetId", "GetNameOwner", "RemoveMatch": return true
    case "StartServiceByName": return head.texts(1, of: message).map { startable.contains($0[0]) } ?? false
    case "AddMatch": return head.texts(1, of: message).map { allowsMatch($0[0]) } ?? false
    // RequestName would let the client pass for another service, and BecomeMonitor hears everything.
    default: return false
    }
  }

  /// True if the client may ask for the messages of a match rule ("Match Rules"): signals of these services,
  /// and no messages to other clients (`eavesdrop`).
  func allowsMatch(_ rule: String) -> Bool {
    var keys: [Substring: Substring] = [:]
    for pair in rule.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let key = parts.first, let quoted = parts.last,
        ["type", "sender", "path", "path_namespace", "interface", "member", "arg0"].contains(key),
        quoted.count >= 2, quoted.hasPrefix("'"), quoted.hasSuffix("'")
      else { return false }
      let value = quoted.dropFirst().dropLast()
      guard
        value.utf8.allSatisfy({
          $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\\")
        }),
        keys.updateValue(value, forKey: key) == nil
      else { return false }
    }
    guard keys["type"] == "signal", let sender = keys["sender"] else { return false }
    return sender == Self.bus || services.contains(String(sender))
  }
}
