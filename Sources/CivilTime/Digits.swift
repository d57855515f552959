/// Numbers in texts from outside. Each says its range, so that what is reckoned with it later cannot
/// overflow; `scripts/check-walls` keeps other ways out of the rooms that read such texts.
package enum Digits {
  /// The number that a text says in ASCII digits, with a sign before them or not; nil for other texts, and
  /// beyond the range.
  package static func number(_ text: some StringProtocol, in range: ClosedRange<Int>) -> Int? {
    guard let number = Int(text), range.contains(number) else { return nil }
    return number
  }

  /// The same, but what is above `most` counts as that, however many digits it has. Nil below `least`.
  package static func number(_ text: some StringProtocol, from least: Int, upTo most: Int) -> Int? {
    let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
    if let number = Int(text) { return number < least ? nil : min(number, most) }
    let isLarge = !digits.isEmpty && digits.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    return isLarge ? most : nil
  }

  /// The number that the bytes of a text say, as above, within a range.
  package static func number(_ bytes: some Collection<UInt8>, in range: ClosedRange<Int>) -> Int? {
    number(String(decoding: bytes, as: UTF8.self), in: range)
  }
}
