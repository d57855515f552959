/// Numbers as JSON has them.
enum Numeral {
  /// Below this a binary number of 64 bits has every whole number (IEEE 754).
  private static let exact = 0x1p53

  /// The whole number that a numeral is, however it is written: `1`, `1.0` and `1e0`. Nil where it is none, or does not fit.
  static func integer<Value: FixedWidthInteger>(_ text: String) -> Value? {
    if let value = Value(text) { return value }
    if let point = text.firstIndex(of: "."), text[point...].dropFirst().allSatisfy({ $0 == "0" }) {
      return Value(text[..<point])
    }
    guard let number = Double(text), number.magnitude < exact else { return nil }
    return Value(exactly: number)
  }
}
