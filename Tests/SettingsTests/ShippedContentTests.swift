import Rituals
import Schedules
import Settings
import Testing
import ZoneRig

/// The shipped content keeps its size limits, and those rules of tone that a program can check.
struct ShippedContentTests {
  private static let library: Library = {
    let file = #filePath
    let root = file.split(separator: "/").dropLast(3).joined(separator: "/")
    return Library(folders: ["/\(root)/config"])
  }()

  @Test func nothingIsWrongInIt() {
    #expect(Self.library.check(zones: TestZones.all()).map(\.rendered) == [])
  }

  @Test(
    arguments: zip(
      [
        "curiosity", "escalating", "listening", "inner-world", "check-in", "dinner", "repair", "soothing",
        "touch", "presence", "appreciation", "growth", "support", "apart", "new-baby", "between-shifts",
        "gentle-touch", "steady-ground",
      ],
      [60, 36, 20, 30, 30, 30, 20, 15, 25, 20, 60, 25, 12, 24, 22, 16, 20, 20]))
  func eachDeckIsLargeEnough(_ name: String, _ size: Int) throws {
    let deck = try Self.deck(name)
    #expect(deck.prompts.count >= size)
    #expect(deck.head.source != nil && deck.head.about != nil && deck.head.language == "en")
    if name == "escalating" {
      for depth in Prompt.depths { #expect(deck.prompts(depth: depth).count == 12) }
    }
  }

  @Test(arguments: [
    "escalating-questions", "listening", "inner-world", "state-of-us", "morning-check-in", "reunion",
    "timeout", "repair", "presence", "appreciations", "good-news", "seeking-support", "where-we-are",
    "our-call", "ten-minutes", "gentle-touch", "steady-ground",
  ])
  func eachGuideCanBeWalkedThrough(_ name: String) throws {
    let guide = try Self.guide(name)
    #expect(guide.head.source != nil && guide.head.about != nil && guide.head.language == "en")
    #expect(guide.steps.count >= 3)
    let ending = try #require(guide.ending)
    // Title and ending are one line of a terminal.
    #expect(guide.head.title.count + 2 + ending.count <= 80)
    let timed = guide.steps.reduce(0) { $0 + ($1.timer?.microseconds ?? 0) } / 60_000_000
    let minutes = try #require(guide.minutes)
    #expect(timed <= minutes)
    for drawing in guide.steps.compactMap(\.drawing) {
      let deck = try #require(Self.library.deck(drawing.deck).value)
      #expect(deck.prompts(depth: drawing.depth, tags: drawing.tags).count >= drawing.count)
    }
  }

  @Test func thereIsAPresetForEachStrategyAndThenThoseForSomeCouples() {
    let presets = Self.library.presets(zones: TestZones.all())
    #expect(
      presets.map(\.head.id.text) == Strategy.allCases.map(\.rawValue) + [
        "steady-ground", "long-distance", "new-baby", "shift-work", "where-we-are", "gentle-touch",
      ])
    let schedules = Dictionary(
      uniqueKeysWithValues: presets.flatMap(\.rituals).map { ($0.ritual.id.text, $0.ritual.schedule.texts) })
    #expect(
      schedules == [
        "open-question": ["Tue,Thu 19:30"], "listening-turns": ["Wed 20:30"],
        "story-behind-the-headline": ["21:00"], "morning-check-in": ["07:30"],
        "goodbye-kiss": ["Mon..Fri 08:05"], "hello-kiss": ["Mon..Fri 18:00"], "weekly-dinner": ["Fri 19:00"],
        "state-of-us": ["Sun 19:00"], "repair": [], "long-hug": ["18:15"], "hold-hands": ["Sat 15:00"],
        "phones-away": ["20:00"], "phones-back": ["21:00"], "notice": ["Mon..Fri 12:30"],
        "bedtime-appreciation": ["22:15"], "their-goal": ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"],
        "celebrate": [], "do-we-want-help": ["Sun *-*-01..07 17:00"],
        "where-we-are": ["Sat *-02,05,08,11-08..14 16:00"], "our-call": ["Wed,Sun 20:00"],
        "good-night-message": ["22:30"], "next-visit": ["Sat *-*-01..07 11:00"],
        "how-was-the-night": ["08:30"], "ten-minutes": ["20:30"], "an-hour-off": ["Sat 10:00"],
        "our-rota": ["Sun 18:00"], "a-line-for-later": ["13:00"], "between-shifts": ["Mon,Thu 17:00"],
        "overlap": [], "how-is-your-body": ["09:30"], "gentle-touch": ["19:30"],
        "steady-ground": ["Sun 11:00"],
      ])
  }

  /// Words that go deep day by day, or touch what hurts, are not for a locked screen.
  @Test func ritualsThatGoDeepArePrivate() throws {
    for ritual in Self.library.presets(zones: TestZones.all()).flatMap(\.rituals).map(\.ritual) {
      guard let id = ritual.deck else { continue }
      let deck = try #require(Self.library.deck(id).value)
      #expect(ritual.isPrivate || deck.prompts(depth: 3).isEmpty, "\(ritual.id)")
    }
    for name in ["repair", "do-we-want-help", "where-we-are"] {
      let rituals = Self.library.presets(zones: TestZones.all()).flatMap(\.rituals).map(\.ritual)
      #expect(rituals.first { $0.id.text == name }?.isPrivate == true, "\(name)")
    }
  }

  @Test func theGuideToWhereWeAreLooksAtSixSignsWithoutAScoreAndEndsWithOneStrategy() throws {
    let guide = try Self.guide("where-we-are")
    let texts = guide.steps.map { $0.text.lowercased() }
    for sign in ["lonely", "who does what", "avoid", "understood", "touch", "tell first"] {
      #expect(texts.contains { $0.contains(sign) && $0.contains("?") }, "\(sign)")
    }
    #expect(texts.allSatisfy { !$0.contains("out of ten") && !$0.contains("how many") })
    let last = guide.steps.suffix(2).map(\.text).joined(separator: " ")
    for strategy in Strategy.allCases { #expect(last.contains(strategy.rawValue), "\(strategy)") }
  }

  @Test func theToneHolds() throws {
    for (place, text) in try Self.texts() {
      #expect(!text.contains("!"), "\(place)")
      let words = text.lowercased().split { !($0.isLetter || $0 == "'") }
      let banned: Set<Substring> = ["should", "shouldn't", "must", "failed", "streak", "guilty", "toxic"]
      #expect(banned.isDisjoint(with: words), "\(place): \(text)")
      let gendered: Set<Substring> = [
        "he", "she", "him", "her", "his", "hers", "husband", "wife", "boyfriend",
      ]
      #expect(gendered.isDisjoint(with: words), "\(place): \(text)")
      #expect(!text.contains("  ") && text.first != " " && text.last != " ", "\(place)")
    }
    for ritual in Self.library.presets(zones: TestZones.all()).flatMap(\.rituals) {
      let message = try #require(ritual.ritual.message)
      #expect(message.unicodeScalars.count < 90, "\(ritual.ritual.id)")
    }
  }

  @Test func noTwoPromptsOfAnyDecksAreAlike() throws {
    let prompts = try Self.prompts()
    let alike = NearDuplicates.find(in: prompts.map(\.text))
    #expect(alike.map { "\(prompts[$0.later].place) is like \(prompts[$0.earlier].place)" } == [])
  }

  @Test func theGuideToSupportSaysWhatToDoInDanger() throws {
    let guide = try Self.guide("seeking-support")
    for words in ["this program is not the help", "emergency number", "Domestic-violence services"] {
      #expect(guide.steps[0].text.contains(words))
    }
  }

  private static func deck(_ name: String) throws -> Deck {
    let id = try #require(ContentID(name))
    return try #require(library.deck(id).value)
  }

  private static func guide(_ name: String) throws -> Guide {
    let id = try #require(ContentID(name))
    return try #require(library.guide(id).value)
  }

  private typealias Text = (place: String, text: String)

  private static func prompts() throws -> [Text] {
    try library.ids(of: .decks).flatMap { id in
      try #require(library.deck(id).value).prompts.map { ("\(id).\($0.id)", $0.text) }
    }
  }

  private static func texts() throws -> [Text] {
    var texts = try prompts()
    for id in library.ids(of: .guides) {
      let guide = try #require(library.guide(id).value)
      texts += [(id.text, guide.head.title), (id.text, guide.head.about ?? "")]
      texts.append((id.text, guide.ending ?? "You made time for each other."))
      texts += guide.steps.flatMap {
        [(id.text, $0.title), (id.text, $0.text), (id.text, $0.note ?? "Note")]
      }
    }
    for preset in library.presets(zones: TestZones.all()) {
      texts += [(preset.head.id.text, preset.head.title), (preset.head.id.text, preset.head.about ?? "")]
      texts += preset.rituals.flatMap { ritual in
        [(ritual.ritual.id.text, ritual.ritual.title), (ritual.ritual.id.text, ritual.ritual.message ?? "")]
      }
    }
    return texts
  }
}
