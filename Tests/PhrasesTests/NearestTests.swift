import Phrases
import Testing

@Suite struct NearestTests {
  @Test(
    arguments: [
      ("snoze", "snooze", "a letter missing"), ("scheduel", "schedule", "two exchanged"),
      ("Title", "title", "a capital"), ("titlee", "title", "one too many"),
      ("goodbye", "goodbye-kiss", "the start of one"),
      ("colour", nil, "nothing like it"), ("title", nil, "the word itself"), ("", nil, "no word"),
      ("go", nil, "too short a start"),
    ] as [(String, String?, String)])
  func findsWhatWasMeant(_ word: String, _ meant: String?, _ why: String) {
    #expect(nearest(word, among: ["title", "schedule", "snooze", "goodbye-kiss"]) == meant, "\(why)")
  }

  @Test func theStartOfSeveralIsNone() {
    #expect(nearest("state", among: ["state-of-us", "state-of-all"]) == nil)
  }

  @Test func aVeryLongWordIsNotCompared() {
    #expect(nearest(String(repeating: "a", count: 1_000_000), among: ["a"]) == nil)
  }
}
