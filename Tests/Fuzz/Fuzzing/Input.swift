/// What libFuzzer hands to a target.
package struct Input {
  package let bytes: UnsafeBufferPointer<UInt8>

  package init(_ start: UnsafePointer<UInt8>?, _ count: Int) {
    bytes = UnsafeBufferPointer(start: start, count: count)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A number that goes by the input alone (FNV-1a), for what a target chooses besides it.
  package var number: UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// Ends the process where a law is broken: that is how libFuzzer hears of it.
package func check(_ isHeld: Bool, _ law: @autoclosure () -> String) {
  if !isHeld { fatalError(law()) }
}
