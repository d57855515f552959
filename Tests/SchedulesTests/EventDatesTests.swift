import CivilTime
import ScheduleRig
import Schedules
import Testing
import ZoneRig

@Suite("Schedules as calendar events")
struct EventDatesTests {
  private static var zones: any ZoneSource { TestZones.all() }

  private static func schedule(_ text: String) throws -> Schedule {
    try Schedule(parsing: text, zones: zones)
  }

  private static let from = "2026-11-25T12:00:00"

  private static func dates(_ schedule: Schedule, zone: String? = nil) throws -> [EventDates] {
    let local = try zones.zone(named: "Europe/Berlin")
    let from = try #require(Instant(parsing: from, in: local))
    return schedule.eventDates(
      from: from, zone: try zone.map { name throws in try zones.zone(named: name) }, local: local)
  }

  /// The content lines of the dates.
  private static func lines(_ dates: EventDates) -> String {
    let zone = dates.zone.map { $0 == .utc ? "" : ";TZID=\($0.name)" } ?? ""
    var lines = ["DTSTART\(zone):\(dates.start.text)"]
    if let rule = dates.rule { lines.append("RRULE:\(rule)") }
    for (name, values) in [("RDATE", dates.included), ("EXDATE", dates.excluded)] where !values.isEmpty {
      lines.append("\(name)\(zone):" + values.map(\.text).joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }

  static let rows: [(text: String, lines: String)] = [
    ("22:15", "DTSTART:20261125T221500\nRRULE:FREQ=DAILY"),
    ("Mon..Fri 08:05", "DTSTART:20261126T080500\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("Sun *-*-1..7 17:00", "DTSTART:20261206T170000\nRRULE:FREQ=MONTHLY;BYDAY=1SU"),
    ("Fri *-*~7/1 20:00", "DTSTART:20261127T200000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR"),
    ("*-*-01 10:00", "DTSTART:20261201T100000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1"),
    ("*-*~01 10:00", "DTSTART:20261130T100000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("*-12-24 18:00", "DTSTART:20261224T180000\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"),
    ("Sat *-05..09-* 15:00", "DTSTART:20270501T150000\nRRULE:FREQ=DAILY;BYMONTH=5,6,7,8,9;BYDAY=SA"),
    ("Sat,Sun 9,15:30", "DTSTART:20261128T093000\nRRULE:FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=9,15"),
    (
      "2026..2027-*-01 10:00",
      "DTSTART:20261201T100000\nRRULE:FREQ=MONTHLY;UNTIL=20271231T235959;BYMONTHDAY=1"
    ),
    ("2026-12-24 18:00", "DTSTART:20261224T180000"),
    ("08:05 Europe/Berlin", "DTSTART;TZID=Europe/Berlin:20261126T080500\nRRULE:FREQ=DAILY"),
    ("08:05 UTC", "DTSTART:20261126T080500Z\nRRULE:FREQ=DAILY"),
    // 02:30 is not 03:30, even if the clocks skip it.
    ("*-03-28 02:30", "DTSTART:20270328T023000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=28"),
    (
      "RRULE:FREQ=WEEKLY;BYDAY=FR;BYHOUR=19;BYMINUTE=30;BYSECOND=0",
      "DTSTART:20261127T193000\nRRULE:FREQ=WEEKLY;BYDAY=FR;BYHOUR=19;BYMINUTE=30;BYSECOND=0"
    ),
    // A rule with COUNT begins at its first occurrence.
    (
      "DTSTART:20261001T193000\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=40",
      "DTSTART:20261002T193000\nRRULE:FREQ=WEEKLY;COUNT=40;BYDAY=FR"
    ),
    // The end of a rule in a zone is in UTC.
    (
      "DTSTART;TZID=Europe/Berlin:20261127T193000\nRRULE:FREQ=WEEKLY;UNTIL=20270701",
      "DTSTART;TZID=Europe/Berlin:20261127T193000\nRRULE:FREQ=WEEKLY;UNTIL=20270701T215959Z"
    ),
    (
      "DTSTART:20261127T193000\nRRULE:FREQ=WEEKLY\nEXDATE;VALUE=DATE:20261204\nRDATE:20261205T100000",
      "DTSTART:20261127T193000\nRRULE:FREQ=WEEKLY\nRDATE:20261205T100000\nEXDATE:20261204T193000"
    ),
  ]

  @Test("As rules if a rule has the same occurrences", arguments: rows)
  func says(row: (text: String, lines: String)) throws {
    let dates = try Self.dates(try Self.schedule(row.text))
    #expect(dates.map(Self.lines) == [row.lines])
    #expect(dates.map(\.isOnlyAYear) == [false])
  }

  @Test(
    "As the dates of a year if no rule has the same occurrences",
    arguments: ["2026..2199/3-*-01 10:00", "*-*-01 10:00:00.5"])
  func year(text: String) throws {
    let dates = try Self.dates(try Self.schedule(text))
    #expect(dates.map(\.isOnlyAYear) == [true])
    #expect(dates.allSatisfy { $0.rule == nil && $0.included.count < 13 })
  }

  @Test("A list of schedules is as many events, without those that are over")
  func unions() throws {
    let union = Schedule(union: [
      try Self.schedule("Mon 08:05"), try Self.schedule("2020-01-01 10:00"), try Self.schedule("Sat 9:00"),
    ])
    #expect(try Self.dates(union).map(\.rule) == ["FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=SA"])
    let also = Schedule(
      union: [try Self.schedule("Mon 08:05")], also: [try DateValue(parsing: "20261224T180000")])
    #expect(try Self.dates(also).map(Self.lines).last == "DTSTART:20261224T180000")
    let zoned = try Self.dates(try Self.schedule("Mon 08:05"), zone: "America/New_York")
    #expect(
      zoned.map(Self.lines) == ["DTSTART;TZID=America/New_York:20261130T080500\nRRULE:FREQ=WEEKLY;BYDAY=MO"])
  }

  @Test(
    "Random expressions have the same occurrences as their rules",
    arguments: 0..<4 as Range<UInt64>)
  func agrees(round: UInt64) throws {
    var random = ExpressionGenerator(seed: 8 + round)
    let berlin = try Self.zones.zone(named: "Europe/Berlin")
    var compared = 0
    for _ in 0..<300 {
      let text = random.expression()
      guard let schedule = try? Self.schedule(text) else { continue }
      for dates in try Self.dates(schedule) where !dates.isOnlyAYear {
        let again = try Self.schedule(Self.lines(dates))
        var point = try #require(Instant(parsing: Self.from, in: berlin)).advanced(byMicroseconds: -1)
        for _ in 0..<30 {
          let (ours, theirs) = (schedule.next(after: point, in: berlin), again.next(after: point, in: berlin))
          #expect(ours == theirs, "\(text), seed \(8 + round)\n\(Self.lines(dates))")
          guard let ours, ours == theirs else { break }
          point = ours
        }
        compared += 1
      }
    }
    #expect(compared > 50)
  }
}
