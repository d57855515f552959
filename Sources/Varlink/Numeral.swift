/// Numbers as JSON has them.
enum Numeral {
  /// A binary number of 64 bits holds every whole number below this (IEEE 754).
  private static let exact = 0x1p53

  /// The whole number that a numeral denotes in any notation: `1`, `1.0` or `1e0`. Nil for a fraction, and
  /// for a number that does not fit.
  static func integer<Value: FixedWidthInteger>(_ text: String) -> Value? {
    if let value = Value(text) { return value }
    if let point = text.firstIndex(of: "."), text[point...].dropFirst().allSatisfy({ $0 == "0" }) {
      return Value(text[..<point])
    }
    guard let number = Double(text), number.magnitude < exact else { return nil }
    return Value(exactly: number)
  }
}
