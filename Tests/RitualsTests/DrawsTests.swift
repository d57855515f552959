import Rituals
import Testing

struct DrawsTests {
  private func names(_ range: ClosedRange<Int>) -> [ContentID] { range.compactMap { ContentID("p\($0)") } }

  /// Draws a number of prompts, one after the other.
  private func draw(_ count: Int, from draws: inout Draws, among prompts: [ContentID]) -> [ContentID] {
    guard let deck = ContentID("deck") else { return [] }
    return (0..<count).compactMap { _ in
      guard let draw = draws.next(from: deck, among: prompts.map { DrawablePrompt($0) }) else { return nil }
      draws.add(draw)
      return draw.prompt
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func nothingComesAgainBeforeAllHasCome(seed: UInt64) {
    var draws = Draws(seed: seed)
    var last: ContentID?
    var orders: Set<[ContentID]> = []
    for _ in 0..<5 {
      let around = draw(13, from: &draws, among: names(1...13))
      #expect(Set(around).count == 13, "seed \(seed)")
      #expect(around.first != last, "seed \(seed): the last one comes first")
      last = around.last
      orders.insert(around)
    }
    #expect(orders.count == 5, "seed \(seed): the order is another one each time")
  }

  @Test func eachCoupleHasAnOrderOfItsOwn() {
    let orders = (1...10 as ClosedRange<UInt64>).map { seed in
      var draws = Draws(seed: seed)
      return draw(13, from: &draws, among: names(1...13))
    }
    #expect(Set(orders).count == 10)
  }

  @Test func theSameSeedGivesTheSameOrderFromWhatIsKept() {
    var whole = Draws(seed: 7)
    let all = draw(20, from: &whole, among: names(1...9))
    // As after a restart, from all draws in the journal.
    var first = Draws(seed: 7)
    _ = draw(11, from: &first, among: names(1...9))
    var second = Draws(seed: 7)
    for draw in first.all { second.add(draw) }
    #expect(second == first)
    #expect(draw(9, from: &second, among: names(1...9)) == Array(all[11...]))
  }

  @Test func aPromptThatIsNewComesOnceAndWaitsWithTheOthers() {
    var draws = Draws(seed: 3)
    for _ in 0..<4 { _ = draw(5, from: &draws, among: names(1...5)) }
    let started = draw(2, from: &draws, among: names(1...5))
    let rest = draw(4, from: &draws, among: names(1...6))
    #expect(Set(started + rest) == Set(names(1...6)))
  }

  @Test func aPromptThatIsTakenOutIsNotMissed() {
    var draws = Draws(seed: 3)
    let first = draw(2, from: &draws, among: names(1...5))
    let left = names(1...5).filter { $0 != first[0] }
    let rest = draw(3, from: &draws, among: left)
    #expect(Set(first + rest) == Set(names(1...5)))
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func thePromptsThatAreNewComeFromLightToDeep(seed: UInt64) throws {
    let deck = try #require(ContentID("deck"))
    // p3, p6 and p9 have depth 3, p1, p4 and p7 depth 1, and p10 has none.
    let prompts = names(1...9).enumerated().map { DrawablePrompt($0.element, depth: $0.offset % 3 + 1) }
    let all = try prompts + [DrawablePrompt(#require(ContentID("p10")))]
    var draws = Draws(seed: seed)
    var depths: [Int] = []
    for _ in 0..<20 {
      let draw = try #require(draws.next(from: deck, among: all))
      draws.add(draw)
      depths.append(try #require(all.first { $0.id == draw.prompt }).depth)
    }
    let (first, second) = (Array(depths.prefix(10)), Array(depths.suffix(10)))
    #expect(first == [1, 1, 1, 1, 2, 2, 2, 3, 3, 3], "seed \(seed)")
    #expect(second != first && second.sorted() == first, "seed \(seed): the next round is mixed")
    // A prompt that joins later waits its turn in the present round.
    let added = try #require(ContentID("p11"))
    #expect(draws.next(from: deck, among: all + [DrawablePrompt(added, depth: 3)])?.prompt == added)
  }

  @Test func aDeckOfOneIsNoReasonToStop() throws {
    var draws = Draws(seed: 3)
    #expect(draw(3, from: &draws, among: names(1...1)).count == 3)
    let deck = try #require(ContentID("deck"))
    #expect(draws.next(from: deck, among: []) == nil)
  }
}
