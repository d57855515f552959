/// Numbers as digits in a text: read from outside, and written.
///
/// Each number that is read has a range, so that no later arithmetic can overflow; `scripts/check-walls`
/// keeps other ways to read one out of the rooms that read texts of strangers.
package enum Digits {
  /// The number that a text holds in ASCII digits, with or without a sign. Nil for other texts, and for a
  /// number outside the range.
  package static func number(_ text: some StringProtocol, in range: ClosedRange<Int>) -> Int? {
    guard let number = Int(text), range.contains(number) else { return nil }
    return number
  }

  /// The same, but a number above `most` counts as `most`, however many digits it has. Nil below `least`.
  package static func number(_ text: some StringProtocol, from least: Int, upTo most: Int) -> Int? {
    let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
    if let number = Int(text) { return number < least ? nil : min(number, most) }
    return !digits.isEmpty && digits.utf8.allSatisfy(\.isDigit) ? most : nil
  }

  /// The number that the bytes of a text hold, within a range.
  package static func number(_ bytes: some Collection<UInt8>, in range: ClosedRange<Int>) -> Int? {
    number(String(decoding: bytes, as: UTF8.self), in: range)
  }

  /// The digits of a number, with zeros before them up to a width. Longer and negative numbers get none.
  package static func padded(_ number: Int, to width: Int, radix: Int = 10) -> String {
    let digits = String(number, radix: radix)
    let missing = number < 0 ? 0 : max(0, width - digits.utf8.count)
    return String(repeating: "0", count: missing) + digits
  }

  /// Microseconds of a second as a decimal fraction, without zeros at its end: `.25`; empty for 0.
  package static func fraction(_ microseconds: Int) -> String {
    guard microseconds > 0 else { return "" }
    var digits = padded(microseconds, to: 6)
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
  }
}

extension UInt8 {
  /// True if the byte is an ASCII digit.
  @inlinable
  package var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  /// True if the byte is an ASCII letter, large or small.
  @inlinable
  package var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
}
