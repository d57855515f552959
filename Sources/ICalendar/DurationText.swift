import CivilTime

/// Signed lengths of time in the form of RFC 5545 (3.3.6): `PT15M`, `-P1DT12H`, `P2W`.
package enum DurationText {
  private static let tenYears: Int64 = 315_576_000

  static let accepted = "a duration such as PT15M, -P1D or P2W"

  /// The seconds of a text, with days of 24 hours. Nil for other texts, and for more than ten years.
  package static func seconds(_ text: String) -> Int64? {
    var rest = text.utf8[...]
    var sign: Int64 = 1
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = first == UInt8(ascii: "-") ? -1 : 1
      rest.removeFirst()
    }
    guard rest.popFirst().map({ $0 | 0x20 }) == UInt8(ascii: "p"), !rest.isEmpty else { return nil }
    var sum: Int64 = 0
    var isTime = false
    while !rest.isEmpty {
      if rest.first.map({ $0 | 0x20 }) == UInt8(ascii: "t"), !isTime {
        isTime = true
        rest.removeFirst()
        guard !rest.isEmpty else { return nil }
        continue
      }
      let digits = rest.prefix(while: \.isDigit)
      guard let number = Digits.number(digits, in: 0...999_999_999) else { return nil }
      rest = rest.dropFirst(digits.count)
      guard let unit = rest.popFirst(), let length = length(of: unit | 0x20, isTime: isTime) else {
        return nil
      }
      // The factors are small, and the sum is checked in each step, so it cannot overflow, however many units
      // there are.
      sum += Int64(number) * length
      guard sum <= tenYears else { return nil }
    }
    return sign * sum
  }

  private static func length(of unit: UInt8, isTime: Bool) -> Int64? {
    switch (unit, isTime) {
    case (UInt8(ascii: "w"), false): 604_800
    case (UInt8(ascii: "d"), false): 86_400
    case (UInt8(ascii: "h"), true): 3600
    case (UInt8(ascii: "m"), true): 60
    case (UInt8(ascii: "s"), true): 1
    default: nil
    }
  }

  /// The text of a number of seconds in the largest units; `PT0S` for 0.
  package static func text(_ seconds: Int64) -> String {
    guard seconds != 0 else { return "PT0S" }
    var rest = seconds.magnitude
    let sign = seconds < 0 ? "-" : ""
    if rest.isMultiple(of: 604_800) { return "\(sign)P\(rest / 604_800)W" }
    var text = "\(sign)P"
    if rest >= 86_400 { text += "\(rest / 86_400)D" }
    rest %= 86_400
    guard rest > 0 else { return text }
    text += "T"
    for (unit, letter) in [(3600 as UInt64, "H"), (60, "M"), (1, "S")] where rest >= unit {
      text += "\(rest / unit)\(letter)"
      rest %= unit
    }
    return text
  }
}
