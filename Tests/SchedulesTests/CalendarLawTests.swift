import CivilTime
import ScheduleRig
import Schedules
import Testing
import ZoneRig

@Suite("Laws of calendar expressions")
struct CalendarLawTests {
  @Test(
    "A normal form parses, is its own normal form, and means the same",
    arguments: 0..<20 as Range<UInt64>)
  func normalForm(round: UInt64) throws {
    let zones = TestZones.all()
    let berlin = try zones.zone(named: "Europe/Berlin")
    var random = ExpressionGenerator(seed: ExpressionGenerator.firstSeed + round)
    var understood = 0
    defer { #expect(understood > 30) }
    for _ in 0..<50 {
      let text = random.expression()
      // The generator also makes expressions that systemd refuses.
      guard let expression = try? CalendarExpression(parsing: text, zones: zones) else { continue }
      understood += 1
      let again = try CalendarExpression(parsing: expression.normalized, zones: zones)
      #expect(
        again.normalized == expression.normalized, "\(text), seed \(ExpressionGenerator.firstSeed + round)")
      let base = Instant(seconds: Int64.random(in: 0..<4_000_000_000, using: &random))
      #expect(again.next(after: base, in: berlin) == expression.next(after: base, in: berlin), "\(text)")
    }
  }

  @Test(
    "An open repetition goes up to its field's end",
    arguments: [
      ("*-*-1/11", "*-*-1..31/11"), ("*-2/7-1", "*-2..12/7-1"), ("1/3:30", "1..23/3:30"),
      ("*:7/33", "*:7..59/33"),
      ("*:*:5/39", "*:*:5..59/39"),
    ])
  func openRepetition(open: String, closed: String) throws {
    let all = try Occurrences.next(open, from: "2026-03-01", count: 60)
    #expect(all.count == 60)
    #expect(all == (try Occurrences.next(closed, from: "2026-03-01", count: 60)))
  }

  @Test(
    "The next occurrence is the one that a scan of every minute finds, over both changes of the clock",
    arguments: [
      ("Europe/Berlin", "2026-03-28"), ("Europe/Berlin", "2026-10-24"),
      // A change of half an hour, a skipped day, a change of two hours, and negative daylight saving.
      ("Australia/Lord_Howe", "2026-04-04"), ("Australia/Lord_Howe", "2026-10-03"),
      ("Pacific/Apia", "2011-12-29"), ("Pacific/Apia", "2011-04-01"),
      ("Antarctica/Troll", "2026-03-28"), ("Antarctica/Troll", "2026-10-24"),
      ("Europe/Dublin", "2026-03-28"), ("Europe/Dublin", "2026-10-24"),
    ])
  func bruteForce(name: String, day: String) throws {
    let zones = TestZones.all()
    let zone = try zones.zone(named: name)
    let start = try #require(Instant(parsing: day, in: zone))
    let days = zone.local(at: start).civil.date.daysSinceEpoch
    let end = zone.instant(
      for: try #require(CivilDateTime(CivilDate(daysSinceEpoch: days + 3), hour: 0, minute: 0)))
    for text in ["*:0/7", "1..3:10..50/20", "02:30", "Sun 02:00", "*-*-29 *:59", "*-*-30 12:00"] {
      let expression = try CalendarExpression(parsing: text, zones: zones)
      var walked: [Instant] = []
      var instant = start
      while let next = expression.next(after: instant, in: zone),
        next < end
      {
        walked.append(next)
        instant = next
      }
      // Every minute of the wall clock of three days, resolved by the one rule.
      var looked: Set<Instant> = []
      for minute in 0..<4320 {
        let date = CivilDate(daysSinceEpoch: days + minute / 1440)
        let civil = try #require(CivilDateTime(date, hour: minute % 1440 / 60, minute: minute % 60))
        // On a wall clock without gaps, the expression itself decides.
        let utc = Zone.utc.instant(for: civil)
        if expression.next(after: utc.advanced(byMicroseconds: -1), in: .utc) == utc {
          looked.insert(zone.instant(for: civil))
        }
      }
      looked = looked.filter { start < $0 && $0 < end }
      #expect(
        walked == looked.sorted(), "\(text)")
    }
  }
}
