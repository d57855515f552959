extension MessageDecoder {
  /// The elements of an array.
  struct Elements: UnkeyedDecodingContainer {
    private let array: MessageDecoder
    private let path: CodingPath
    /// The number of the next element in the index.
    private var element: Int
    private let end: Int
    private(set) var currentIndex = 0

    init(_ array: MessageDecoder) {
      self.array = array
      path = array.path
      element = array.value + 1
      end = array.index.next(after: array.value)
    }

    var codingPath: [any CodingKey] { path.keys }
    var isAtEnd: Bool { element == end }

    var count: Int? {
      var count = currentIndex
      var element = element
      while element < end {
        element = array.index.next(after: element)
        count += 1
      }
      return count
    }

    mutating func decodeNil() throws -> Bool {
      let isNil = try decoder().decodeNil()
      if isNil { advance() }
      return isNil
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let value = try Value(from: decoder())
      advance()
      return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      let container = try decoder().container(keyedBy: type)
      advance()
      return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      let container = try decoder().unkeyedContainer()
      advance()
      return container
    }

    mutating func superDecoder() throws -> any Decoder {
      defer { advance() }
      return try decoder()
    }

    private mutating func advance() {
      element = array.index.next(after: element)
      currentIndex += 1
    }

    private func decoder() throws -> MessageDecoder {
      let key = CodingPath.Index(currentIndex)
      guard !isAtEnd else {
        throw DecodingError.valueNotFound(
          JSONValue.self, .init(codingPath: codingPath + [key], debugDescription: "the array has ended"))
      }
      return array.inner(element, key, in: path)
    }
  }
}
