/// The bytes of messages: what is checked before a decoder sees them, and how values become bytes.
enum Wire {
  /// How deep objects and arrays may lie in each other. The decoder recurses, and a peer chooses the depth.
  static let depthLimit = 64

  /// Decodes a message that came from a peer.
  static func decode<T: Decodable>(_ type: T.Type, from message: [UInt8]) throws -> T {
    try JSONCoding.decode(type, from: message)
  }

  /// The JSON text of `value`, with the NUL that ends a message.
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    var bytes = try JSONCoding.encode(value)
    bytes.append(0)
    return bytes
  }

  /// Refuses what is no UTF-8, and what is nested deeper than `depthLimit`, in one pass without recursion.
  static func check(_ message: [UInt8]) throws(WireError) {
    guard (try? UTF8Span(validating: message.span)) != nil else { throw .notUTF8 }
    var depth = 0
    var inString = false
    var isEscaped = false
    for byte in message {
      if inString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): inString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit) }
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
  }
}
