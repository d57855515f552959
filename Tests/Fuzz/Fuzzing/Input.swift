/// An input of libFuzzer.
package struct Input {
  package let bytes: UnsafeBufferPointer<UInt8>

  package init(_ start: UnsafePointer<UInt8>?, _ count: Int) {
    bytes = UnsafeBufferPointer(start: start, count: count)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A number that depends only on the input (FNV-1a), for a target's other choices.
  package var number: UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// Ends the process if a law is broken, which libFuzzer reports.
package func check(_ isHeld: Bool, _ law: @autoclosure () -> String) {
  if !isHeld { fatalError(law()) }
}
