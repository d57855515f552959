import CivilTime
import Rituals
import Schedules
import Settings
import Testing

@Suite struct SettingsTests {
  static func load(_ texts: String...) -> Loaded {
    let files = texts.enumerated().map { ("\($0.offset + 1).toml", Array($0.element.utf8)) }
    return Settings.load(files: files, zones: FewZones())
  }

  @Test func noFileIsNoMistake() {
    let loaded = Settings.load(files: [], zones: FewZones())
    #expect(loaded.problems.isEmpty)
    #expect(loaded.configuration.rituals.isEmpty)
    #expect(loaded.configuration.defaults == .standard)
  }

  @Test(
    "History is kept for a year, or as the last file says; a bad value changes nothing",
    arguments: [
      ([""], 31_557_600_000_000),
      (["[journal]\nkeep = \"90d\""], 7_776_000_000_000),
      (["[journal]\nkeep = \"always\""], nil),
      (["[journal]\nkeep = \"always\"", "[journal]\nkeep = \"1d\""], 86_400_000_000),
      (["[journal]\nkeep = \"2y\"", "[journal]"], 63_115_200_000_000),
      (["[journal]\nkeep = \"always\"", "[journal]\nkeep = \"23h\""], nil),
      (["[journal]\nkeep = \"90d\"", "[journal]\nkeep = 5"], 7_776_000_000_000),
    ] as [([String], Int64?)])
  func keep(texts: [String], microseconds: Int64?) {
    let files = texts.enumerated().map { ("\($0.offset + 1).toml", Array($0.element.utf8)) }
    let loaded = Settings.load(files: files, zones: FewZones())
    #expect(loaded.configuration.keep?.microseconds == microseconds)
  }

  @Test func everyKeyIsUnderstood() throws {
    let loaded = Self.load(
      """
      [ritual.a]
      title = "Goodbye kiss"
      message = "Six seconds."
      schedule = ["Mon..Fri 08:05", "Sat 10:00"]
      timezone = "Europe/Berlin"
      urgency = "low"
      missed = "never"
      snooze = "5m"
      enabled = false
      reply = "appreciation"
      takes = "20m"
      """)
    #expect(loaded.problems.isEmpty)
    let ritual = try #require(loaded.configuration.rituals.first)
    #expect(ritual.id.text == "a")
    #expect(ritual.title == "Goodbye kiss")
    #expect(ritual.message == "Six seconds.")
    #expect(ritual.schedule.texts == ["Mon..Fri 08:05", "Sat 10:00"])
    #expect(ritual.zone != nil)
    #expect(ritual.urgency == .low)
    #expect(ritual.missed == .never)
    #expect(ritual.snoozes == [TimeSpan(microseconds: 300_000_000)])
    #expect(!ritual.isEnabled)
    #expect(ritual.reply == .appreciation)
    #expect(ritual.takes == TimeSpan(microseconds: 1_200_000_000))
    #expect(loaded.configuration.file(of: ritual.id) == "1.toml")
  }

  @Test func defaultsHoldForEveryFileAndALaterFileWins() {
    let loaded = Self.load(
      "[ritual.a]\ntitle='A'\nschedule='08:05'\n[defaults]\nmissed='always'\ntimezone='UTC'",
      "[defaults]\nmissed='never'\n[ritual.b]\ntitle='B'\nschedule='08:05'\ntimezone='local'")
    #expect(loaded.problems.isEmpty)
    #expect(loaded.configuration.rituals.map(\.missed) == [.never, .never])
    #expect(loaded.configuration.rituals.map { $0.zone == nil } == [false, true])
  }

  @Test func aBadRitualIsLeftOutAndTheGoodOnesStayInTheirOrder() {
    let loaded = Self.load(
      """
      [ritual.z]
      title = "Z"
      schedule = "08:05"
      [ritual.m]
      title = "M"
      schedule = "25:05"
      [ritual.a]
      title = "A"
      schedule = "08:05"
      """, "not TOML", "[ritual.b]\ntitle='B'\nschedule='08:05'")
    #expect(loaded.configuration.rituals.map(\.id.text) == ["z", "a", "b"])
    #expect(loaded.problems.map(\.file) == ["1.toml", "2.toml"])
    #expect(loaded.hasErrors)
  }

  @Test func ofTwoRitualsWithOneIDTheFirstHoldsAndBothPlacesAreNamed() {
    let loaded = Self.load(
      "[ritual.a]\ntitle='First'\nschedule='08:05'", "\n[ritual.a]\ntitle='Second'\nschedule='08:05'")
    #expect(loaded.configuration.rituals.map(\.title) == ["First"])
    #expect(
      loaded.problems.map(\.rendered) == [
        """
        2.toml:2:9: ritual.a: the ritual at 1.toml:1:9 has this id and is used; accepted: a different id \
        for each ritual
          [ritual.a]
                  ^
        """
      ])
  }

  @Test func badDefaultsLeaveTheStandardOnes() {
    let loaded = Self.load("[defaults]\nmissed=3\nsnooze='1m'")
    #expect(loaded.configuration.defaults.missed == .standard)
    #expect(loaded.configuration.defaults.snoozes == [TimeSpan(microseconds: 60_000_000)])
  }

  @Test func bytesThatAreNotUTF8AreShown() {
    let bytes = Array("a = 1\nt = \"é".utf8) + [0xFF, 0x0A]
    let loaded = Settings.load(files: [("r.toml", bytes)], zones: FewZones())
    #expect(
      loaded.problems.map(\.rendered) == [
        "r.toml:2:7: this is not UTF-8; accepted: a text in UTF-8\n  t = \"é\u{FFFD}\n        ^"
      ])
  }

  @Test func aFileOverOneMebibyteIsNotUsed() {
    let loaded = Settings.load(
      files: [("r.toml", Array(repeating: UInt8(ascii: "#"), count: 1 << 20 | 1))], zones: FewZones())
    #expect(loaded.problems.map(\.rendered) == ["r.toml: the file is not used: it is larger than 1 MiB"])
  }

  @Test(.timeLimit(.minutes(1)), arguments: Bomb.malformed + Bomb.repetitive)
  func aBurdenIsToldSoon(_ bomb: Bomb) {
    #expect(Self.load(bomb.text).problems.count == bomb.problems)
  }

  @Test func aLineTooLongToBeReadIsNotShown() {
    let text = "ritual={" + (0..<2000).map { "r\($0)={title='A',schedule='x'}," }.joined() + "z={}}"
    let problem = Self.load(text).problems.first
    #expect(
      problem?.rendered
        == """
        1.toml:1:32: ritual.r0.schedule: x is not a weekday; accepted: Mon, Tue, Wed, Thu, Fri, Sat, Sun, whole or \
        short, in lists (,) and ranges (..)
        """)
  }

  @Test func aFileOfNothingButMistakesDoesNotFillMemory() {
    let text = (0..<5000).map { "k\($0) = 1\n" }.joined()
    let problems = Self.load(text).problems
    #expect(problems.count == 1001)
    #expect(problems.last?.what == "4000 more mistakes are not shown")
  }

  /// Mutations of a valid text: each mistake is reported, with a place inside of the text.
  @Test func noTextBreaksTheReader() {
    let seed: UInt64 = 20_261_124
    var random = SplitMix(state: seed)
    let good = Array(
      "[defaults]\nsnooze=[\"1m\",'2m']\n[ritual.a]\ntitle=\"\\u00e9\"\nx={a=1,b=[+inf]}\nd=07:32:00\n".utf8)
    let letters = Array("[]{}\"'=.,#\n\r\\ua1_-+:TZ\0\u{7F}é\t ".utf8)
    for round in 0..<4000 {
      var text = good
      for _ in 0...(random.next() % 4) {
        let at = Int(random.next() % UInt64(text.count))
        let letter = letters[Int(random.next() % UInt64(letters.count))]
        if random.next() % 2 == 0 { text[at] = letter } else { text.insert(letter, at: at) }
      }
      let loaded = Settings.load(files: [("r.toml", text)], zones: FewZones())
      let lines = text.count { $0 == UInt8(ascii: "\n") } + 1
      for problem in loaded.problems where !(1...lines).contains(problem.line) || problem.column < 1 {
        Issue.record("seed \(seed), round \(round): \(problem.rendered)")
      }
    }
  }
}

/// A small seeded generator (SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
