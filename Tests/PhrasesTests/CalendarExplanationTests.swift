import CivilTime
import Phrases
import ScheduleRig
import Schedules
import Testing
import ZoneRig

@Suite("Calendar expressions in words")
struct ExplanationTests {
  @Test(
    "Expressions and their words",
    arguments: [
      ("Mon..Fri 08:05", "Every weekday at 08:05"), ("22:15", "Every day at 22:15"),
      ("Sun 19:00", "Every Sunday at 19:00"), ("daily", "Every day at 00:00"),
      ("weekly", "Every Monday at 00:00"),
      ("Sat,Sun 10:00", "Every Saturday and Sunday at 10:00"),
      ("Mon,Thu 08:00", "Every Monday and Thursday at 08:00"),
      ("Tue..Sat 08:00", "Every Tuesday to Saturday at 08:00"),
      ("*-*-01 10:00", "On the 1st of every month at 10:00"),
      ("*-*-1,15 10:00", "On the 1st and 15th of every month at 10:00"),
      ("*-*~1 20:00", "On the last day of every month at 20:00"),
      ("*-*~3 20:00", "On the 3rd to last day of every month at 20:00"),
      ("*-*~7/1 20:00", "On the last 7 days of every month at 20:00"),
      ("*-*~5/2 20:00", "On the 5th to last, 3rd to last and last day of every month at 20:00"),
      ("*-*~3..5 20:00", "On the 5th to last, 4th to last and 3rd to last day of every month at 20:00"),
      ("Fri *-*~7/1 17:00", "On the last Friday of every month at 17:00"),
      ("Sun *-*-1..7 10:00", "On the first Sunday of every month at 10:00"),
      ("Sun *-*-1..7,15..21 10:00", "On the first and third Sunday of every month at 10:00"),
      ("Fri *-*-29/1 10:00", "On the fifth Friday of every month at 10:00"),
      ("Sun *-05-8..14 09:00", "On the second Sunday of May at 09:00"),
      ("Fri *-*-13", "On the 13th of every month, if it is a Friday, at 00:00"),
      ("Sat,Sun *-*-1..7 10:00", "On the 1st to 7th of every month, if it is a Saturday or Sunday, at 10:00"),
      ("*-02-29", "On 29 February at 00:00"), ("Mon *-02-29", "On 29 February, if it is a Monday, at 00:00"),
      ("quarterly", "On the 1st of January, April, July and October at 00:00"),
      ("*-06..08-* 10:00", "Every day in June to August at 10:00"),
      ("Mon *-01,03-* 10:00", "Every Monday in January and March at 10:00"),
      ("2026..2028-*-* 10:00", "Every day, in 2026 to 2028, at 10:00"),
      ("2026-11-* 10:00", "Every day in November, in 2026, at 10:00"),
      ("2026/2-*-01 10:00", "On the 1st of every month, every 2 years from 2026 on, at 10:00"),
      ("2026..2032/2-12-24", "On 24 December, every 2 years from 2026 to 2032, at 00:00"),
      ("2026/1-12-24", "On 24 December, from 2026 on, at 00:00"),
      ("2026-11-27 08:05", "Once, on 27 November 2026 at 08:05"),
      ("2026-11-27 08:05:30.25", "Once, on 27 November 2026 at 08:05:30.25"),
      ("2026-11-27 08,20:00", "On 27 November 2026 at 08:00 and 20:00"),
      ("@1795763100", "Once, on 27 November 2026 at 07:05, UTC"),
      ("Mon 2026-11-24", "On 24 November 2026, if it is a Monday, at 00:00, which never comes"),
      ("2026-02-30 10:00", "On 30 February 2026 at 10:00, which never comes"),
      ("08,20:00", "Every day at 08:00 and 20:00"),
      ("8,12,18:00,30", "Every day at 08:00, 08:30, 12:00, 12:30, 18:00 and 18:30"),
      ("hourly", "Every hour"), ("minutely", "Every minute"), ("*:0/15", "Every 15 minutes"),
      ("0/2:00", "Every 2 hours"),
      ("*:*:*", "Every second"), ("*:*:0/30", "Every 30 seconds"), ("*:*:0/0.5", "Every 0.5 seconds"),
      ("Mon..Fri *:0/15", "Every 15 minutes, every weekday"),
      ("*-*-01 *:00", "Every hour, on the 1st of every month"),
      ("Mon..Fri 9..17:00", "Every hour from 09:00 to 17:00, every weekday"),
      ("9..17:0/30", "Every 30 minutes from 09:00 to 17:30"), ("12:*", "Every minute from 12:00 to 12:59"),
      ("8,10:*", "Every day in every minute of hours 8 and 10"),
      ("8..10:5,10,20..25", "Every day at minutes 5, 10 and 20 to 25 of hours 8 to 10"),
      ("*:05", "Every day at minute 5 of every hour"),
      ("*:2/7", "Every day at every 7th minute from 2 to 58 of every hour"),
      ("08:05:10,20", "Every day at seconds 10 and 20 of minute 5 of hour 8"),
      ("08:05:10..50/20", "Every day at seconds 10 to 50 in steps of 20 of minute 5 of hour 8"),
      ("*:*:30", "Every day at second 30 of every minute of every hour"),
      ("*:*:0..30/10", "Every day at seconds 0 to 30 in steps of 10 of every minute of every hour"),
      ("08:05 America/New_York", "Every day at 08:05, New York time"),
      ("08:05 UTC", "Every day at 08:05, UTC"),
      ("08:05 US/Central", "Every day at 08:05, US/Central time"),
      ("08:05 Etc/GMT+5", "Every day at 08:05, Etc/GMT+5 time"),
    ])
  func words(text: String, words: String) throws {
    #expect(try CalendarExpression(parsing: text, zones: TestZones.all()).explanation == words)
  }

  @Test("Expressions with the same words have the same occurrences", arguments: 0..<10 as Range<UInt64>)
  func sameWords(round: UInt64) throws {
    let zones = TestZones.all()
    var random = ExpressionGenerator(seed: ExpressionGenerator.firstSeed + round)
    var known: [String: (normalized: String, text: String, next: [Instant])] = [:]
    var (met, compared) = (0, 0)
    for _ in 0..<60 {
      for text in Self.neighbours(of: random.expression(), zones, &random) {
        guard let expression = try? CalendarExpression(parsing: text, zones: zones) else { continue }
        met += 1
        let words = expression.explanation
        guard let other = known[words] else {
          known[words] = (expression.normalized, text, Self.next(expression))
          continue
        }
        guard other.normalized != expression.normalized else { continue }
        compared += 1
        #expect(other.next == Self.next(expression), "\(other.text) and \(text) are both \"\(words)\"")
      }
    }
    #expect(met > 800 && compared > 5, "seed \(ExpressionGenerator.firstSeed + round): \(met), \(compared)")
  }

  /// An expression, and others that differ from its normal form in one or two characters.
  private static func neighbours(
    of text: String, _ zones: any ZoneSource, _ random: inout ExpressionGenerator
  ) -> [String] {
    guard let normalized = try? CalendarExpression(parsing: text, zones: zones).normalized else { return [] }
    return [text]
      + (0..<60).map { _ in
        var characters = Array(normalized)
        let place = Int.random(in: characters.indices, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: characters.remove(at: place)
        case 1: characters.insert(Character("\(Int.random(in: 0...9, using: &random))"), at: place)
        case 2: characters[place] = Array("0123456789*,/~-.")[Int.random(in: 0..<16, using: &random)]
        default:
          let item = [",5", "/2", "..9", ",0", "/1", ",31", "..31"][Int.random(in: 0..<7, using: &random)]
          characters.insert(contentsOf: item, at: place)
        }
        return String(characters)
      }
  }

  /// Twenty occurrences from each of two points: before a leap day, and in a later year.
  private static func next(_ expression: CalendarExpression) -> [Instant] {
    ([1_835_300_000, 1_895_763_100] as [Int64]).flatMap { base in
      var instant = Instant(seconds: base)
      var found: [Instant] = []
      while found.count < 20, let next = expression.next(after: instant, in: .utc) {
        found.append(next)
        instant = next
      }
      return found
    }
  }
}
