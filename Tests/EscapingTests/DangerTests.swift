import Escaping
import Testing

@Suite("The table of dangerous scalars")
struct DangerTests {
  /// Every scalar of Unicode.
  static let all = (0...0x10ffff as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)

  @Test("It has what Unicode says is a control, ends a line, turns the direction, or is no character")
  func categories() {
    let wrong = Self.all.filter { scalar in
      let danger = scalar.danger
      let properties = scalar.properties
      let isLineEnd = danger == .lineEnd
      let isRight =
        switch properties.generalCategory {
        case .control: danger == .control || isLineEnd
        case .lineSeparator, .paragraphSeparator: isLineEnd
        default: danger != .control && !isLineEnd
        }
      // Bidi_Control: the marks draw nothing, the others turn what follows.
      let turns = properties.isBidiControl
      let isOfDirection = turns ? danger == .direction || danger == .invisible : danger != .direction
      return !isRight || !isOfDirection
        || (danger == .noncharacter) != properties.isNoncharacterCodePoint
    }
    #expect(wrong.isEmpty)
  }

  @Test("Of what Unicode draws as nothing, it leaves out what words need")
  func invisible() {
    var kept: [ClosedRange<UInt32>] = []
    for scalar in Self.all where scalar.properties.isDefaultIgnorableCodePoint && scalar.danger == nil {
      if let last = kept.last, last.upperBound + 1 == scalar.value {
        kept[kept.count - 1] = last.lowerBound...scalar.value
      } else {
        kept.append(scalar.value...scalar.value)
      }
    }
    #expect(
      kept == [
        0xad...0xad, 0x34f...0x34f, 0x115f...0x1160, 0x17b4...0x17b5, 0x180b...0x180f, 0x200c...0x200d,
        0x3164...0x3164, 0xfe00...0xfe0f, 0xffa0...0xffa0, 0xe0100...0xe01ef,
      ])
    let others = Self.all.filter {
      $0.danger == .invisible && !$0.properties.isDefaultIgnorableCodePoint
    }
    #expect(others == ["\u{fff9}", "\u{fffa}", "\u{fffb}"], "annotations")
  }

  @Test(
    "Words of people have none of them",
    arguments: [
      "👩‍❤️‍👨", "👨‍👩‍👧", "❤️", "1️⃣", "🇩🇪", "می‌خواهم", "क्‍ष", "葛󠄀城", "שלום", "한국어",
      "ភាសា", "e\u{301}", "co\u{ad}op", "\u{f8ff}",
    ])
  func words(text: String) {
    #expect(!text.unicodeScalars.contains { $0.danger != nil })
    #expect(Escaped.terminal(text) == text && Escaped.markup(text) == text && Escaped.log(text) == text)
  }
}
