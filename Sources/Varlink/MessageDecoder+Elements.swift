extension MessageDecoder {
  /// The elements of an array.
  struct Elements: UnkeyedDecodingContainer {
    private let bytes: [UInt8]
    private let positions: [Int]
    private let path: CodingPath
    private let rules: Rules?
    private(set) var currentIndex = 0

    init(_ positions: [Int], _ bytes: [UInt8], _ path: CodingPath, rules: Rules?) {
      self.rules = rules
      self.bytes = bytes
      self.positions = positions
      self.path = path
    }

    var codingPath: [any CodingKey] { path.keys }
    var count: Int? { positions.count }
    var isAtEnd: Bool { currentIndex == positions.count }

    mutating func decodeNil() throws -> Bool {
      let isNil = try decoder().decodeNil()
      if isNil { currentIndex += 1 }
      return isNil
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let value = try Value(from: decoder())
      currentIndex += 1
      return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      let container = try decoder().container(keyedBy: type)
      currentIndex += 1
      return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      let container = try decoder().unkeyedContainer()
      currentIndex += 1
      return container
    }

    mutating func superDecoder() throws -> any Decoder {
      defer { currentIndex += 1 }
      return try decoder()
    }

    private func decoder() throws -> MessageDecoder {
      let key = CodingPath.Index(currentIndex)
      guard !isAtEnd else {
        throw DecodingError.valueNotFound(
          JSONValue.self, .init(codingPath: codingPath + [key], debugDescription: "the array has ended"))
      }
      return MessageDecoder(bytes, at: positions[currentIndex], path, key, rules: rules)
    }
  }
}
