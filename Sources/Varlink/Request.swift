/// A method call as it is on the wire (varlink.org, "Method Call").
package struct Request: Hashable, Sendable {
  /// Interface and method, `io.ritual.Control.List`.
  package var method: String
  /// The parameters: an object, empty if the call had none.
  package var parameters: JSONValue
  /// The caller accepts several replies.
  package var more: Bool
  /// The caller wants no reply.
  package var oneway: Bool
  /// The caller wants to switch to another protocol after the reply; no method here offers that.
  package var upgrade: Bool

  package init(
    method: String, parameters: JSONValue = [:], more: Bool = false, oneway: Bool = false,
    upgrade: Bool = false
  ) {
    self.method = method
    self.parameters = parameters
    self.more = more
    self.oneway = oneway
    self.upgrade = upgrade
  }

  /// Reads a message from a framer.
  ///
  /// - Throws: the mistake: in UTF-8, nesting or JSON, or a member of the wrong type.
  package init(message: [UInt8]) throws(WireError) {
    let head = try RequestHead(message: message)
    self.init(method: head.method, more: head.more, oneway: head.oneway)
    do {
      parameters = try head.parameters.decoded(as: JSONValue.self)
    } catch { throw .badMember(name: "parameters") }
  }

  /// The message, with the NUL that ends it.
  package func message() throws -> [UInt8] {
    try Wire.encode(OutgoingRequest(method: method, parameters: parameters, flags: flags))
  }

  private var flags: RequestFlags {
    RequestFlags(more: more ? true : nil, oneway: oneway ? true : nil, upgrade: upgrade ? true : nil)
  }
}

/// The flags that are set; false ones are not sent.
struct RequestFlags {
  var more: Bool?
  var oneway: Bool?
  var upgrade: Bool?
}

/// A request with typed parameters, to be sent.
struct OutgoingRequest<Parameters: Encodable>: Encodable {
  var method: String
  var parameters: Parameters
  var flags = RequestFlags()

  enum CodingKeys: String, CodingKey {
    case method, parameters, more, oneway, upgrade
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(method, forKey: .method)
    try container.encode(parameters, forKey: .parameters)
    try container.encodeIfPresent(flags.more, forKey: .more)
    try container.encodeIfPresent(flags.oneway, forKey: .oneway)
    try container.encodeIfPresent(flags.upgrade, forKey: .upgrade)
  }
}
