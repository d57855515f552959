/// The bytes of messages: the checks before decoding, and the encoding.
enum Wire {
  /// The deepest nesting of objects and arrays. The decoder recurses, and a peer chooses the depth.
  static let depthLimit = 64

  /// Decodes JSON that this program wrote itself. Nothing is checked: a peer's message goes through
  /// `index(of:)`.
  static func decode<T: Decodable>(_ type: T.Type, from message: [UInt8]) throws -> T {
    try JSONCoding.decode(type, from: message)
  }

  /// The JSON text of `value`, with the NUL that ends a message.
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    var bytes = try JSONCoding.encode(value)
    bytes.append(0)
    return bytes
  }

  /// Checks a message that came from a peer, and reads over it: it has to be an object.
  static func index(of message: [UInt8]) throws(WireError) -> JSONIndex {
    try check(message)
    do {
      let index = try JSONIndex(message)
      if index.isObject(0) { return index }
    } catch {}
    throw .notJSON
  }

  /// Refuses bytes that are no UTF-8, and nesting deeper than `depthLimit`, in one pass without recursion.
  static func check(_ message: [UInt8]) throws(WireError) {
    guard (try? UTF8Span(validating: message.span)) != nil else { throw .notUTF8 }
    let deepest = message.withUnsafeBufferPointer { bytes in
      var (depth, deepest) = (0, 0)
      var position = 0
      while position < bytes.count {
        switch bytes[position] {
        case UInt8(ascii: "\""):
          position += 1
          while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
          }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          depth += 1
          deepest = max(deepest, depth)
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        position += 1
      }
      return deepest
    }
    guard deepest <= depthLimit else { throw .tooDeep(limit: depthLimit) }
  }
}
