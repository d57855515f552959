/// Values of a message in D-Bus's wire format, little-endian ("Marshaling (Wire Format)", D-Bus Specification
/// 0.43).
struct Marshalled {
  private(set) var bytes: [UInt8] = []

  mutating func align(_ size: Int) {
    while !bytes.count.isMultiple(of: size) { bytes.append(0) }
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ number: UInt32) {
    align(4)
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
  }

  mutating func append(_ text: [UInt8]) {
    append(UInt32(text.count))
    bytes += text + [0]
  }

  mutating func append(_ text: String) { append(Array(text.utf8)) }

  mutating func append(signature: String) {
    bytes.append(UInt8(truncatingIfNeeded: signature.utf8.count))
    bytes += Array(signature.utf8) + [0]
  }

  mutating func append(raw: [UInt8]) { bytes += raw }

  /// Appends values of these types, made from the input.
  mutating func append(_ signature: Substring, from input: inout Cursor) {
    var rest = signature
    while let type = Self.next(&rest) { appendOne(type, from: &input) }
  }

  /// Removes the first complete type from a signature; nil at its end, and if it is invalid.
  private static func next(_ signature: inout Substring) -> Substring? {
    var depth = 0
    for index in signature.indices {
      switch signature[index] {
      case "a": continue
      case "(", "{": depth += 1
      case ")", "}": depth -= 1
      default: break
      }
      guard depth <= 0 else { continue }
      let type = signature[...index]
      signature = signature[signature.index(after: index)...]
      return type
    }
    return nil
  }

  private mutating func appendOne(_ type: Substring, from input: inout Cursor) {
    switch type.first {
    case "y": append(input.byte())
    case "b": append(UInt32(input.byte() & 1))
    case "u", "i", "h": append(input.number())
    case "s": append(Self.text(from: &input))
    case "o": append(input.choose(Words.paths))
    case "g": append(signature: input.choose(Words.signatures))
    case "v":
      let signature = input.choose(Words.variants)
      append(signature: signature)
      append(signature[...], from: &input)
    case "a": appendArray(of: type.dropFirst(), from: &input)
    case "(", "{":
      align(8)
      append(type.dropFirst().dropLast(), from: &input)
    default: break
    }
  }

  private mutating func appendArray(of type: Substring, from input: inout Cursor) {
    // Now and then a number that is too large for the daemon's lists.
    let count = Int(input.byte())
    append(UInt32(0))
    let length = bytes.count
    if type.hasPrefix("(") || type.hasPrefix("{") { align(8) }
    let start = bytes.count
    for _ in 0..<(count == 255 ? 1200 : count % 8) { appendOne(type, from: &input) }
    let size = UInt32(bytes.count - start)
    for index in 0..<4 {
      bytes[length - 4 + index] = UInt8(truncatingIfNeeded: size >> UInt32(8 * index))
    }
  }

  /// A word with a meaning, or the input's own bytes, few or very many.
  private static func text(from input: inout Cursor) -> [UInt8] {
    let kind = input.byte()
    switch kind {
    case 0..<128: return Array(Words.texts[Int(kind) % Words.texts.count].utf8)
    case 128..<250: return input.take(Int(kind) - 128)
    default: return Array(repeating: input.byte(), count: Int(kind) * 200) + input.take(4)
    }
  }
}
