/// Types to JSON text (RFC 8259) and back.
package enum JSONCoding {
  /// The JSON text of a value, its members in the order in which it names them. Throws an `EncodingError` for
  /// a number that JSON cannot represent.
  package static func encode(_ value: some Encodable) throws -> [UInt8] { try MessageEncoder.encode(value) }

  /// Decodes a UTF-8 text; throws a `DecodingError` if it holds another value than the type. It recurses as
  /// deep as the text is nested.
  package static func decode<Value: Decodable>(_ type: Value.Type, from text: [UInt8]) throws -> Value {
    try MessageDecoder.decode(type, from: text)
  }
}
