import Rituals
import Testing
import Texts

@Suite("The bound of texts that come in")
struct TextBoundTests {
  @Test("A longer text is cut between characters, with a mark", arguments: ["x", "ä", "€", "𝄞"])
  func cuts(letter: String) {
    let size = letter.utf8.count
    let fitting = String(repeating: letter, count: TextBound.bytes / size)
    #expect(TextBound.cut(fitting) == fitting)
    for lead in 0..<4 {
      let start = String(repeating: ".", count: lead)
      let cut = TextBound.cut(start + fitting + letter)
      #expect(cut == start + String(repeating: letter, count: (TextBound.bytes - 3 - lead) / size) + "…")
      #expect(TextBound.cut(cut) == cut)
      #expect(TextBound.cut(Array((start + fitting + letter).utf8)) == cut)
    }
  }

  @Test("Bytes that are no UTF-8 are cut all the same")
  func invalid() {
    let bytes = [UInt8](repeating: 0x80, count: TextBound.bytes + 9)
    #expect(TextBound.wholeCharacters(bytes) == TextBound.bytes)
    #expect(TextBound.wholeCharacters([UInt8]()) == 0)
    #expect(TextBound.wholeCharacters([0x80, 0x80], upTo: 1) == 0)
    #expect(TextBound.wholeCharacters(Array("ab".utf8), upTo: 5) == 2)
  }

  @Test("Every text that a file or a client may give has its place in it")
  func limits() {
    #expect(Note.longest * 4 <= TextBound.bytes)
    #expect(Prompt.maximumLength * 4 <= TextBound.bytes && GuideStep.maximumLength * 4 <= TextBound.bytes)
  }
}
