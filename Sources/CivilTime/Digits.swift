/// Numbers in texts from outside. Each says its range, so that what is reckoned with it later cannot
/// overflow; `scripts/check-walls` keeps other ways out of the rooms that read such texts.
package enum Digits {
  /// The number that a text says in ASCII digits, with a sign before them or not; nil for other texts, and
  /// beyond the range.
  package static func number(_ text: some StringProtocol, in range: ClosedRange<Int>) -> Int? {
    guard let number = Int(text), range.contains(number) else { return nil }
    return number
  }

  /// The same for the bytes of a text.
  package static func number(_ bytes: some Collection<UInt8>, in range: ClosedRange<Int>) -> Int? {
    number(String(decoding: bytes, as: UTF8.self), in: range)
  }
}
