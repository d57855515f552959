/// Decodes JSON text into types. It builds only the values that the types ask for.
///
/// Of members with the same name the first counts, unless it decodes strictly. A whole number is an integer
/// in every notation, `1.0` too.
struct MessageDecoder: Decoder {
  let index: JSONIndex
  /// The value's number in the index.
  let value: Int
  private let outer: CodingPath
  private let key: (any CodingKey)?
  /// The rules of strict decoding; nil for lenient decoding.
  private let rules: Rules?

  /// The rules of strict decoding: objects have only the members that their types know, each once.
  struct Rules {
    /// The longest string in bytes.
    var longestText: Int
  }

  var codingPath: [any CodingKey] { path.keys }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  var path: CodingPath { key.map { .member($0, of: outer) } ?? outer }

  init(
    _ index: JSONIndex, _ value: Int, _ outer: CodingPath, _ key: (any CodingKey)?, rules: Rules?
  ) {
    self.index = index
    self.value = value
    self.outer = outer
    self.key = key
    self.rules = rules
  }

  /// Decodes a text that `Wire.check` accepts: UTF-8 and not too deep.
  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    let index: JSONIndex
    do throws(JSONReader.Malformed) {
      index = try JSONIndex(bytes)
    } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "no JSON, at byte \(error.position)"))
    }
    return try Value(from: MessageDecoder(index, 0, .root, nil, rules: nil))
  }

  /// The value, of any kind.
  func anyValue() throws -> JSONValue {
    try read(JSONValue.self) { reader throws(JSONReader.Malformed) in try reader.value() }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard index.isObject(value) else { throw mismatch([String: JSONValue].self) }
    if rules != nil {
      let names = index.members(of: value).lazy.map { [index] in index.name($0.name) }
      try refuseUnknownOrRepeated(names, of: type)
    }
    return KeyedDecodingContainer(Members(self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard index.isArray(value) else { throw mismatch([JSONValue].self) }
    let elements = Elements(self)
    if rules != nil { try refuseMany(elements.count ?? 0) }
    return elements
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  /// The decoder of a value in this one, whose path is known.
  func inner(_ value: Int, _ key: any CodingKey, in path: CodingPath) -> MessageDecoder {
    MessageDecoder(index, value, path, key, rules: rules)
  }

  /// Reads the value. The text was checked before, so the only possible mistake is another kind of value than
  /// `type`.
  private func read<Value>(
    _ type: Any.Type, _ body: (inout JSONReader) throws(JSONReader.Malformed) -> Value
  ) throws -> Value {
    var reader = JSONReader(index.bytes, at: index.range(of: value).lowerBound)
    do throws(JSONReader.Malformed) {
      return try body(&reader)
    } catch { throw mismatch(type) }
  }

  private func mismatch(_ type: Any.Type) -> DecodingError {
    let context = DecodingError.Context(codingPath: codingPath, debugDescription: "it is not a \(type)")
    return decodeNil() ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let object: MessageDecoder
    private let path: CodingPath
    /// The members' values by their names, where looking through all of them would take long.
    private let values: [String: Int]

    init(_ object: MessageDecoder) {
      self.object = object
      path = object.path
      let members = object.index.members(of: object.value)
      // A name and a value for each, at the least.
      let isLarge = members.end - members.name > 48
      values =
        isLarge
        ? Dictionary(members.map { (object.index.name($0.name), $0.value) }) { first, _ in first } : [:]
    }

    var codingPath: [any CodingKey] { path.keys }
    var allKeys: [Key] {
      object.index.members(of: object.value).compactMap { Key(stringValue: object.index.name($0.name)) }
    }

    func contains(_ key: Key) -> Bool { value(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).decodeNil() }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try Value(from: decoder(key))
    }

    // These are what most members are: none of them needs a decoder in a box.
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder(key).decode(type) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
      try presentDecoder(key).map { try Value(from: $0) }
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
      try presentDecoder(key)?.decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try decoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder(CodingPath.Super()) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func value(of name: String) -> Int? {
      values.isEmpty ? object.index.value(of: name, in: object.value) : values[name]
    }

    private func decoder(_ key: any CodingKey) throws -> MessageDecoder {
      guard let value = value(of: key.stringValue) else {
        throw DecodingError.keyNotFound(
          key, .init(codingPath: codingPath, debugDescription: "there is no \(key.stringValue)"))
      }
      return object.inner(value, key, in: path)
    }

    /// The decoder of a member that is there and not null.
    private func presentDecoder(_ key: Key) -> MessageDecoder? {
      guard let value = value(of: key.stringValue), !object.index.isNull(value) else { return nil }
      return object.inner(value, key, in: path)
    }
  }
}

extension MessageDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { index.isNull(value) }

  func decode(_ type: Bool.Type) throws -> Bool {
    try read(type) { reader throws(JSONReader.Malformed) in try reader.boolean() }
  }
  func decode(_ type: String.Type) throws -> String {
    let text = try read(type) { reader throws(JSONReader.Malformed) in try reader.string() }
    try rules.map { try refuseLong(text, $0) }
    return text
  }
  func decode(_ type: Double.Type) throws -> Double { try finite(type) }
  func decode(_ type: Float.Type) throws -> Float { Float(try finite(type)) }
  func decode(_ type: Int.Type) throws -> Int { try integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

  private func integer<Value: FixedWidthInteger>() throws -> Value {
    let text = try read(Value.self) { reader throws(JSONReader.Malformed) in try reader.numeral() }
    guard let value: Value = Numeral.integer(text) else { throw outOfRange(text, Value.self) }
    return value
  }

  private func finite(_ type: Any.Type) throws -> Double {
    let text = try read(type) { reader throws(JSONReader.Malformed) in try reader.numeral() }
    guard let value = Double(text), value.isFinite else { throw outOfRange(text, type) }
    return value
  }

  private func outOfRange(_ text: String, _ type: Any.Type) -> DecodingError {
    .dataCorrupted(.init(codingPath: codingPath, debugDescription: "\(text) does not fit in \(type)"))
  }
}
