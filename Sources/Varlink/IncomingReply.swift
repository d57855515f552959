/// A received reply (varlink.org, "Method Reply"). Its parameters are decoded when the caller says as which
/// type.
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
