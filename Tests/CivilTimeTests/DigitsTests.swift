import CivilTime
import Testing

@Suite("Numbers as digits")
struct DigitsTests {
  @Test(
    "Zeros fill a number up to the width",
    arguments: [
      (5, 2, 10, "05"), (0, 2, 10, "00"), (2026, 4, 10, "2026"), (987, 4, 10, "0987"),
      (12_345, 4, 10, "12345"), (-5, 4, 10, "-5"), (255, 4, 16, "00ff"), (7, 0, 10, "7"),
    ])
  func padded(number: Int, width: Int, radix: Int, digits: String) {
    #expect(Digits.padded(number, to: width, radix: radix) == digits)
  }

  @Test(
    "A fraction has no zeros at its end",
    arguments: [(0, ""), (250_000, ".25"), (1, ".000001"), (999_999, ".999999"), (100_000, ".1")])
  func fraction(microseconds: Int, text: String) {
    #expect(Digits.fraction(microseconds) == text)
  }

  @Test(
    "A number outside of its range is none, or the largest one",
    arguments: [
      ("7", 7, 7), ("+7", 7, 7), ("10", nil, 9), ("99999999999999999999", nil, 9), ("-1", nil, nil),
      ("x", nil, nil), ("", nil, nil), ("+", nil, nil),
    ] as [(String, Int?, Int?)])
  func ranges(text: String, within: Int?, upTo: Int?) {
    #expect(Digits.number(text, in: 0...9) == within)
    #expect(Digits.number(text, from: 0, upTo: 9) == upTo)
  }

  @Test("Bytes are ASCII digits or letters, or neither")
  func bytes() {
    let all = (0...255 as ClosedRange<UInt8>)
    #expect(String(decoding: all.filter(\.isDigit), as: UTF8.self) == "0123456789")
    #expect(
      String(decoding: all.filter(\.isLetter), as: UTF8.self)
        == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  }

  @Test(
    "A division rounds down, and its remainder is never negative",
    arguments: [(7, 3, 2, 1), (-7, 3, -3, 2), (-6, 3, -2, 0), (0, 3, 0, 0)])
  func floored(number: Int, divisor: Int, quotient: Int, remainder: Int) {
    let result = number.flooredDivision(by: divisor)
    #expect(result.quotient == quotient)
    #expect(result.remainder == remainder)
  }

  @Test(
    "A date is written as in RFC 3339",
    arguments: [(2026, 11, 27, "2026-11-27"), (987, 1, 2, "0987-01-02"), (12_345, 1, 2, "12345-01-02")])
  func dates(year: Int, month: Int, day: Int, text: String) throws {
    #expect(try #require(CivilDate(year: year, month: month, day: day)).formatted == text)
  }
}
