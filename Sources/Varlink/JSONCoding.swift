/// Types to JSON text (RFC 8259) and back.
package enum JSONCoding {
  /// The JSON text of a value, its members in the order in which it names them. A number that JSON cannot say is an
  /// `EncodingError`.
  package static func encode(_ value: some Encodable) throws -> [UInt8] { try MessageEncoder.encode(value) }

  /// Decodes a text that is UTF-8; what it says instead of a value of this type is a `DecodingError`. It recurses as deep as
  /// the text does.
  package static func decode<Value: Decodable>(_ type: Value.Type, from text: [UInt8]) throws -> Value {
    try MessageDecoder.decode(type, from: text)
  }
}
