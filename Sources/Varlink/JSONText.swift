/// A value of a message as the text that came, for a program that passes it on, or decodes it later.
package struct JSONText: Decodable, Sendable {
  private let index: JSONIndex
  /// The value's number in the index.
  private let value: Int

  /// Takes a value of a message that this package decodes; no other decoder has its text.
  package init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? MessageDecoder else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "this decoder has no text"))
    }
    (index, value) = (decoder.index, decoder.value)
  }

  /// The text in UTF-8: valid JSON, as the sender wrote it.
  package var bytes: ArraySlice<UInt8> { index.bytes[index.range(of: value)] }

  /// Decodes the value.
  ///
  /// - Throws: `DecodingError` for a value of another kind.
  package func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    try Value(from: MessageDecoder(index, value, .root, nil, rules: nil))
  }

  /// The value of the first member of this name.
  ///
  /// - Throws: `DecodingError` where there is none, or where this is no object.
  package func member(_ name: String) throws -> JSONText {
    let decoder = MessageDecoder(index, value, .root, nil, rules: nil)
    return try decoder.container(keyedBy: CodingPath.Name.self).decode(Self.self, forKey: .init(name))
  }
}
