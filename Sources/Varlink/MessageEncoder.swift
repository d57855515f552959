/// Encodes a value as JSON text, in the order in which it names its members.
///
/// It writes while the value encodes itself, so a value must finish one member before it begins the next, as
/// all encodings by the compiler do.
struct MessageEncoder: Encoder {
  let writer: JSONWriter
  let path: CodingPath
  /// The number of containers around the value.
  let depth: Int

  var codingPath: [any CodingKey] { path.keys }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The JSON text of a value. Throws an `EncodingError` for a number that JSON cannot represent.
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let writer = JSONWriter()
    try encode(value, to: writer, .root)
    return writer.bytes
  }

  private static func encode(_ value: some Encodable, to writer: JSONWriter, _ path: CodingPath) throws {
    let (before, depth) = (writer.bytes.count, writer.depth)
    try value.encode(to: MessageEncoder(writer: writer, path: path, depth: depth))
    // A value may encode nothing.
    if writer.bytes.count == before { _ = writer.begin(.object, at: depth) }
    writer.end(to: depth)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Members(writer: writer, path: path, depth: writer.begin(.object, at: depth)))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    Elements(writer: writer, path: path, depth: writer.begin(.array, at: depth))
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let path: CodingPath
    let depth: Int

    var codingPath: [any CodingKey] { path.keys }

    func encodeNil(forKey key: Key) {
      writer.next(key.stringValue, at: depth)
      writer.write(word: "null")
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
      writer.next(key.stringValue, at: depth)
      try MessageEncoder.encode(value, to: writer, .member(key, of: path))
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { encoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      encoder(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder(CodingPath.Super()) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encoder(_ key: any CodingKey) -> MessageEncoder {
      writer.next(key.stringValue, at: depth)
      return MessageEncoder(writer: writer, path: .member(key, of: path), depth: depth)
    }
  }

  private struct Elements: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let path: CodingPath
    let depth: Int
    private(set) var count = 0

    init(writer: JSONWriter, path: CodingPath, depth: Int) {
      self.writer = writer
      self.path = path
      self.depth = depth
    }

    var codingPath: [any CodingKey] { path.keys }

    mutating func encodeNil() {
      _ = encoder()
      writer.write(word: "null")
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
      try MessageEncoder.encode(value, to: writer, encoder().path)
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { encoder().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { encoder() }

    private mutating func encoder() -> MessageEncoder {
      defer { count += 1 }
      writer.next(at: depth)
      return MessageEncoder(writer: writer, path: .member(CodingPath.Index(count), of: path), depth: depth)
    }
  }
}

extension MessageEncoder: SingleValueEncodingContainer {
  func encodeNil() { writer.write(word: "null") }
  func encode(_ value: Bool) { writer.write(word: value ? "true" : "false") }
  func encode(_ value: String) { writer.write(value) }
  func encode(_ value: Int) { writer.write(value) }
  func encode(_ value: Int8) { writer.write(value) }
  func encode(_ value: Int16) { writer.write(value) }
  func encode(_ value: Int32) { writer.write(value) }
  func encode(_ value: Int64) { writer.write(value) }
  func encode(_ value: UInt) { writer.write(value) }
  func encode(_ value: UInt8) { writer.write(value) }
  func encode(_ value: UInt16) { writer.write(value) }
  func encode(_ value: UInt32) { writer.write(value) }
  func encode(_ value: UInt64) { writer.write(value) }
  func encode(_ value: Float) throws { try encode(Double(value)) }

  func encode(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: codingPath, debugDescription: "JSON has no \(value) (RFC 8259, 6)"))
    }
    writer.write(value)
  }

  func encode<Value: Encodable>(_ value: Value) throws {
    try MessageEncoder.encode(value, to: writer, path)
  }
}
