/// Decodes JSON text into types. Nothing is made of what the types do not ask for.
///
/// Of members with one name the first counts, where it does not decode strictly. A whole number is an integer
/// however it is written, `1.0` too.
struct MessageDecoder: Decoder {
  private let bytes: [UInt8]
  /// Where the value begins.
  private let position: Int
  private let outer: CodingPath
  private let key: (any CodingKey)?
  /// Set where objects may have only the members that their types know, each once.
  private let rules: Rules?

  /// Rules of strict decoding.
  struct Rules {
    /// The most bytes that a string may have.
    var longestText: Int
  }

  var codingPath: [any CodingKey] { path.keys }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  private var path: CodingPath { key.map { .member($0, of: outer) } ?? outer }

  init(
    _ bytes: [UInt8], at position: Int, _ outer: CodingPath, _ key: (any CodingKey)?, rules: Rules?
  ) {
    self.bytes = bytes
    self.position = position
    self.outer = outer
    self.key = key
    self.rules = rules
  }

  /// Decodes a text that is UTF-8 and not too deep (`Wire.check`).
  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    var reader = JSONReader(bytes)
    let decoder = MessageDecoder(bytes, at: 0, .root, nil, rules: nil)
    do throws(JSONReader.Malformed) {
      try reader.skip()
      try reader.end()
    } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "no JSON, at byte \(error.position)"))
    }
    return try Value(from: decoder)
  }

  /// Decodes a value that begins somewhere in a text that is JSON. An object with a member that its type does
  /// not know, or with one that comes twice, is refused.
  static func decodeStrictly<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], at position: Int, _ rules: Rules
  ) throws -> Value {
    try Value(from: MessageDecoder(bytes, at: position, .root, nil, rules: rules))
  }

  /// The value as it is, of whatever kind.
  func value() throws -> JSONValue {
    try read(JSONValue.self) { reader throws(JSONReader.Malformed) in try reader.value() }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    let members = try members()
    if rules != nil { try refuseUnknownOrRepeated(members.lazy.map(\.name), of: type) }
    return KeyedDecodingContainer(Members(members, bytes, path, rules: rules))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let elements = try elements()
    if rules != nil { try refuseMany(elements.count) }
    return Elements(elements, bytes, path, rules: rules)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  private func members() throws -> [(name: String, position: Int)] {
    try read([String: JSONValue].self) { reader throws(JSONReader.Malformed) in
      var members: [(String, Int)] = []
      try reader.object { (name, reader) throws(JSONReader.Malformed) in
        members.append((name, reader.position))
        try reader.skip()
      }
      return members
    }
  }

  private func elements() throws -> [Int] {
    try read([JSONValue].self) { reader throws(JSONReader.Malformed) in
      var elements: [Int] = []
      try reader.array { (reader) throws(JSONReader.Malformed) in
        elements.append(reader.position)
        try reader.skip()
      }
      return elements
    }
  }

  /// Reads the value. The text was looked over: what goes wrong is that it is of another kind than `type`.
  private func read<Value>(
    _ type: Any.Type, _ body: (inout JSONReader) throws(JSONReader.Malformed) -> Value
  ) throws -> Value {
    var reader = JSONReader(bytes, at: position)
    do throws(JSONReader.Malformed) {
      return try body(&reader)
    } catch {
      let context = DecodingError.Context(codingPath: codingPath, debugDescription: "it is not a \(type)")
      throw decodeNil()
        ? DecodingError.valueNotFound(type, context) : DecodingError.typeMismatch(type, context)
    }
  }

  private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let bytes: [UInt8]
    private let members: [(name: String, position: Int)]
    /// Their positions, where looking through all of them would take long.
    private let index: [String: Int]
    private let path: CodingPath
    private let rules: Rules?

    init(
      _ members: [(name: String, position: Int)], _ bytes: [UInt8], _ path: CodingPath, rules: Rules?
    ) {
      self.rules = rules
      self.bytes = bytes
      self.members = members
      self.path = path
      index = members.count > 24 ? Dictionary(members) { first, _ in first } : [:]
    }

    var codingPath: [any CodingKey] { path.keys }
    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { position(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).decodeNil() }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try Value(from: decoder(key))
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try decoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder(CodingPath.Super()) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func position(of name: String) -> Int? {
      index.isEmpty ? members.first { $0.name == name }?.position : index[name]
    }

    private func decoder(_ key: any CodingKey) throws -> MessageDecoder {
      guard let position = position(of: key.stringValue) else {
        throw DecodingError.keyNotFound(
          key, .init(codingPath: codingPath, debugDescription: "there is no \(key.stringValue)"))
      }
      return MessageDecoder(bytes, at: position, path, key, rules: rules)
    }
  }
}

extension MessageDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool {
    var reader = JSONReader(bytes, at: position)
    return reader.null()
  }

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
