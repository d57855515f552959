/// Reads a fuzzed input from its beginning; zeros follow its end.
struct Cursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  mutating func number() -> UInt32 { (0..<4).reduce(0) { number, _ in number << 8 | UInt32(byte()) } }

  /// The next bytes; fewer at the end of the input.
  mutating func take(_ count: Int) -> [UInt8] {
    let taken = rest.prefix(count)
    rest = rest.dropFirst(count)
    return Array(taken)
  }

  /// One of these values, by the next byte.
  mutating func choose<Value>(_ values: [Value]) -> Value { values[Int(byte()) % values.count] }
}
