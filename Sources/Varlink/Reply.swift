/// A reply as it is on the wire (varlink.org, "Method Reply").
package struct Reply: Hashable, Sendable {
  /// The parameters of the result or of the error: an object, empty if there were none.
  package var parameters: JSONValue
  /// More replies to the same call follow.
  package var continues: Bool
  /// The error's full name, `io.ritual.Control.NoSuchRitual`; nil for a result.
  package var error: String?

  package init(parameters: JSONValue = [:], continues: Bool = false, error: String? = nil) {
    self.parameters = parameters
    self.continues = continues
    self.error = error
  }

  /// Reads a message from a framer.
  ///
  /// - Throws: the mistake: in UTF-8, nesting or JSON, or a member of the wrong type.
  package init(message: [UInt8]) throws(WireError) {
    let incoming = try IncomingReply(message: message)
    if let error = incoming.error {
      self.init(parameters: error.parameters, error: error.name)
    } else {
      self.init(
        parameters: try incoming.decodedParameters(as: JSONValue.self), continues: incoming.continues)
    }
  }
}

/// A reply with typed parameters, to be sent.
struct OutgoingReply<Parameters: Encodable>: Encodable {
  var parameters: Parameters
  /// Sent only if it is true.
  var continues: Bool?
  var error: String?
}

/// A received reply. Its parameters are decoded when the caller says as which type.
struct IncomingReply {
  private let index: JSONIndex
  /// The error of the reply; nil for a result.
  let error: RemoteError?
  let continues: Bool

  /// Checks and reads a message that a framer handed out.
  init(message: [UInt8]) throws(WireError) {
    index = try Wire.index(of: message)
    continues = try Self.member("continues", of: index, as: Bool.self) ?? false
    guard let name = try Self.member("error", of: index, as: String.self) else {
      error = nil
      return
    }
    let parameters = try Self.member("parameters", of: index, as: [String: JSONValue].self)
    error = RemoteError(name: name, parameters: .object(parameters ?? [:]))
  }

  /// The parameters as their type; a reply without any has an empty object.
  func decodedParameters<Parameters: Decodable>(as type: Parameters.Type) throws(WireError) -> Parameters {
    if let parameters = try Self.member("parameters", of: index, as: type) { return parameters }
    do {
      return try Wire.decode(type, from: Array("{}".utf8))
    } catch { throw .badMember(name: "parameters") }
  }

  private static func member<Value: Decodable>(
    _ name: String, of index: JSONIndex, as type: Value.Type
  ) throws(WireError) -> Value? {
    guard let value = index.value(of: name, in: 0), !index.isNull(value) else { return nil }
    do {
      return try Value(from: MessageDecoder(index, value, .root, nil, rules: nil))
    } catch { throw .badMember(name: name) }
  }
}
