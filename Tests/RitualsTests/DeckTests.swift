import Rituals
import Testing

struct DeckTests {
  @Test(
    arguments: [
      ("Why?", nil, true), ("", nil, false), (String(repeating: "w", count: 140), 3, true),
      (String(repeating: "w", count: 141), nil, false), ("two\nlines", nil, false), ("Why?", 0, false),
      ("Why?", 4, false),
    ] as [(String, Int?, Bool)])
  func aPromptIsALine(_ text: String, _ depth: Int?, _ isGood: Bool) throws {
    let id = try #require(ContentID("p"))
    #expect((Prompt(id: id, text: text, depth: depth) != nil) == isGood)
  }

  @Test func aDeckHasPromptsAndNoneTwice() throws {
    let id = try #require(ContentID("p"))
    let prompt = try #require(Prompt(id: id, text: "Why?"))
    let other = try #require(Prompt(id: id, text: "Why not?"))
    let head = ContentHead(id: id, title: "D", strategy: .growth)
    #expect(Deck(head, prompts: []) == nil)
    #expect(Deck(head, prompts: [prompt, other]) == nil)
    #expect(Deck(head, prompts: [prompt])?.prompt(id) == prompt)
  }
}
