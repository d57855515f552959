import Varlink

/// Finds what a Swift type looks like on the wire, by having it decoded from nothing and noting what it asks for.
///
/// A type that decodes itself by hand is seen as far as it asks; one that cannot live with made-up values throws.
package enum ShapeReader {
  package static func shape<T: Decodable>(of type: T.Type) throws -> Shape {
    try read(type).shape
  }

  /// The fields of a type that is an object on the wire.
  package static func fields<T: Decodable>(of type: T.Type) throws -> [Field] {
    guard case .structure(let fields) = try shape(of: type) else { return [] }
    return fields
  }

  /// A made-up value of a type, and its shape.
  static func read<T: Decodable>(_ type: T.Type) throws -> (value: T, shape: Shape) {
    if let known = known(type) { return known }
    if let container = type as? any ShapedContainer.Type {
      let (value, shape) = try container.readContainer()
      if let value = value as? T { return (value, shape) }
    }
    if let choice = choice(type) { return choice }
    let notes = Notes()
    return (try T(from: ProbeDecoder(notes: notes)), .structure(notes.fields))
  }

  private static func known<T>(_ type: T.Type) -> (value: T, shape: Shape)? {
    let values: [(Any, Shape)] = [
      (true, .boolean), (1, .integer), (Int64(1), .integer), (Int32(1), .integer), (1.5, .number),
      ("text", .string), (JSONValue.null, .object),
    ]
    for (value, shape) in values {
      if let value = value as? T, Swift.type(of: value) == type { return (value, shape) }
    }
    return nil
  }

  /// An enumeration of words.
  private static func choice<T>(_ type: T.Type) -> (value: T, shape: Shape)? {
    guard let enumeration = type as? any CaseIterable.Type else { return nil }
    func all<C: CaseIterable>(_ type: C.Type) -> [Any] { type.allCases.map { $0 } }
    let cases = all(enumeration)
    let words = cases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    guard words.count == cases.count, let value = cases.first as? T else { return nil }
    return (value, .choice(words))
  }

  /// What a type asked for.
  final class Notes {
    var fields: [Field] = []
  }
}

/// Lists, dictionaries and what may be absent: their shape is that of what is in them.
private protocol ShapedContainer {
  static func readContainer() throws -> (value: Any, shape: Shape)
}

extension Array: ShapedContainer where Element: Decodable {
  fileprivate static func readContainer() throws -> (value: Any, shape: Shape) {
    let (value, shape) = try ShapeReader.read(Element.self)
    return ([value], .array(shape))
  }
}

extension Dictionary: ShapedContainer where Key == String, Value: Decodable {
  fileprivate static func readContainer() throws -> (value: Any, shape: Shape) {
    let (value, shape) = try ShapeReader.read(Value.self)
    return (["key": value], .map(shape))
  }
}

extension Optional: ShapedContainer where Wrapped: Decodable {
  fileprivate static func readContainer() throws -> (value: Any, shape: Shape) {
    let (value, shape) = try ShapeReader.read(Wrapped.self)
    return (Optional(value) as Any, .optional(shape))
  }
}

/// Hands out made-up values, and notes who asks for what.
private struct ProbeDecoder: Decoder {
  let notes: ShapeReader.Notes
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(ProbeContainer<Key>(notes: notes))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw unreadable }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw unreadable }

  private var unreadable: DecodingError {
    .dataCorrupted(.init(codingPath: [], debugDescription: "the shape of this type cannot be read from it"))
  }
}

private struct ProbeContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let notes: ShapeReader.Notes
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let (value, shape) = try ShapeReader.read(type)
    notes.fields.append(Field(name: key.stringValue, shape: shape))
    return value
  }

  // The protocol has these of its own for plain values, and they would ask `contains` and `decode`.
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try note(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try note(type, key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try note(type, key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try note(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try note(type, key) }
  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? { try note(type, key) }

  private func note<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
    let (value, shape) = try ShapeReader.read(type)
    notes.fields.append(Field(name: key.stringValue, shape: .optional(shape)))
    return value
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    let inner = ShapeReader.Notes()
    notes.fields.append(Field(name: key.stringValue, shape: .structure([])))
    return KeyedDecodingContainer(ProbeContainer<Nested>(notes: inner))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw DecodingError.dataCorrupted(.init(codingPath: [key], debugDescription: "a list read by hand"))
  }

  func superDecoder() throws -> any Decoder { ProbeDecoder(notes: notes) }
  func superDecoder(forKey key: Key) throws -> any Decoder { ProbeDecoder(notes: notes) }
}
