import CivilTime
import ScheduleRig
import Schedules
import Testing
import ZoneRig

@Suite("Calendar expressions")
struct CalendarTests {
  @Test(
    "The next occurrence",
    arguments: [
      ("Mon..Fri 08:05", "2026-11-27T08:05:00", "2026-11-30T08:05:00+01:00"),
      ("22:15", "2026-11-27T22:14:59.999999", "2026-11-27T22:15:00+01:00"),
      ("Sun 19:00", "2026-11-27", "2026-11-29T19:00:00+01:00"),
      ("*-*-01 10:00", "2026-11-27", "2026-12-01T10:00:00+01:00"),
      ("hourly", "2026-11-27T08:00", "2026-11-27T09:00:00+01:00"),
      ("*:0/15", "2026-11-27T08:01", "2026-11-27T08:15:00+01:00"),
      ("*-02-29", "2026-11-27", "2028-02-29T00:00:00+01:00"),
      ("Mon *-02-29", "2026-11-27", "2044-02-29T00:00:00+01:00"),
      ("*-*~1 20:00", "2026-02-01", "2026-02-28T20:00:00+01:00"),
      ("Fri *-*~7/1 17:00", "2026-11-01", "2026-11-27T17:00:00+01:00"),
      ("@1795763100", "2026-01-01", "2026-11-27T08:05:00+01:00"),
      ("08:05 UTC", "2026-11-27", "2026-11-27T09:05:00+01:00"),
      ("08:05 America/New_York", "2026-11-27", "2026-11-27T14:05:00+01:00"),
      ("*:*:0.25/0.5", "2026-11-27T00:00:00", "2026-11-27T00:00:00.25+01:00"),
    ])
  func theNext(text: String, from: String, expected: String) throws {
    #expect(try Occurrences.next(text, from: from) == [expected])
  }

  @Test("A skipped time is shifted and stays in order; a repeated time occurs once, the first time")
  func daylightSaving() throws {
    #expect(
      try Occurrences.next("02:30", from: "2026-03-28T12:00", count: 2) == [
        "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00",
      ])
    #expect(
      try Occurrences.next("*:0/30", from: "2026-03-29T01:29", count: 4) == [
        "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00",
        "2026-03-29T04:00:00+02:00",
      ])
    #expect(
      try Occurrences.next("02:30", from: "2026-10-24T12:00", count: 2) == [
        "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00",
      ])
    #expect(
      try Occurrences.next("*:0/30", from: "2026-10-25T01:45", count: 4) == [
        "2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T03:00:00+01:00",
        "2026-10-25T03:30:00+01:00",
      ])
  }

  @Test(
    "An expression without further occurrences ends",
    arguments: ["*-02-30 10:00", "1999-01-01", "Mon 2026-11-24"])
  func never(text: String) throws {
    #expect(try Occurrences.next(text, from: "2026-11-27") == [])
  }

  @Test(
    "Texts that systemd refuses are refused, with the place",
    arguments: [
      ("", 0..<0), (" 10:00", 0..<1), ("10:00 ", 5..<6), ("Foo 10:00", 0..<3), ("Fri..Mon 10:00", 3..<4),
      ("*/5:00", 1..<2), ("25:00", 0..<1), ("10:60", 3..<4), ("10:00:60", 6..<7),
      ("2026-11-27T10:00", 10..<11),
      ("1969-01-01", 0..<1), ("2200-01-01", 0..<1), ("10", 2..<2), ("*-13-01", 2..<3), ("*-01-32", 5..<6),
      ("10:00 Europe/Berln", 6..<18), ("@x", 1..<2), ("10:00,", 6..<6), ("9..8:00", 1..<2), ("*:0/0", 4..<5),

    ])
  func refused(text: String, range: Range<Int>) {
    let error = #expect(throws: ScheduleError.self) { try Schedule(parsing: text, zones: TestZones.all()) }
    #expect(error?.range == range)
    #expect(error?.reason.isEmpty == false && error?.accepted.isEmpty == false)
  }
}
