/// Reads the values of a D-Bus message, aligned as the specification says ("Marshaling"). Past the end every
/// value is nil.
nonisolated struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  /// The number of bytes that were read.
  private(set) var position = 0
  var isBigEndian = false

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[bytes.startIndex + position]
  }

  mutating func skip(_ count: Int) -> Bool {
    guard count <= bytes.count - position else { return false }
    position += count
    return true
  }

  /// Goes on to a multiple of `size`. Returns false where one of the bytes before it is not 0.
  mutating func align(_ size: Int) -> Bool {
    while position % size != 0 {
      guard byte() == 0 else { return false }
    }
    return true
  }

  /// Reads a UINT32.
  mutating func number() -> UInt32? {
    guard align(4) else { return nil }
    var value: UInt32 = 0
    for index in 0..<4 {
      guard let byte = byte() else { return nil }
      value |= UInt32(byte) << UInt32(isBigEndian ? 24 - 8 * index : 8 * index)
    }
    return value
  }

  /// Reads a STRING or an OBJECT_PATH.
  mutating func text() -> String? {
    guard let count = number() else { return nil }
    return text(Int(count))
  }

  /// Reads a SIGNATURE.
  mutating func signature() -> String? {
    guard let count = byte() else { return nil }
    return text(Int(count))
  }

  private mutating func text(_ count: Int) -> String? {
    guard count < bytes.count - position else { return nil }
    let begin = bytes.startIndex + position
    let content = bytes[begin..<begin + count]
    position += count
    guard byte() == 0, !content.contains(0) else { return nil }
    return String(validating: content, as: UTF8.self)
  }
}
