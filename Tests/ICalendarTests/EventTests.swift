import CivilTime
import ICalendar
import Rituals
import Schedules
import Testing

@Suite("Events")
struct EventTests {
  /// Lines of an event, and when it comes from November 2026 on, on Berlin's clock.
  static let rows: [(lines: String, times: [String])] = [
    // RFC 5545 3.3.5: form 1 goes by whoever looks, form 2 is UTC, form 3 names its clock.
    ("DTSTART:20261127T193000", ["2026-11-27T19:30:00+01:00"]),
    ("DTSTART:20261127T183000Z", ["2026-11-27T19:30:00+01:00"]),
    ("DTSTART;TZID=America/New_York:20261127T133000", ["2026-11-27T19:30:00+01:00"]),
    ("DTSTART;TZID=\"Europe/Berlin\":20261127T193000", ["2026-11-27T19:30:00+01:00"]),
    // A whole day comes in the morning, or with its alarm.
    ("DTSTART;VALUE=DATE:20261127", ["2026-11-27T09:00:00+01:00"]),
    (
      "DTSTART;VALUE=DATE:20261127\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:PT7H30M\nEND:VALARM",
      ["2026-11-27T07:30:00+01:00"]
    ),
    // UNTIL of whole days is a day, also where a program writes a time.
    (
      "DTSTART;VALUE=DATE:20261127\nRRULE:FREQ=DAILY;UNTIL=20261128T000000Z",
      ["2026-11-27T09:00:00+01:00", "2026-11-28T09:00:00+01:00"]
    ),
    // A slip that is often seen.
    ("DTSTART;TZID=Europe/Berlin:20261127T183000Z", ["2026-11-27T19:30:00+01:00"]),
    (
      "DTSTART:20261127T183000Z\nRRULE:FREQ=WEEKLY;COUNT=2;",
      ["2026-11-27T19:30:00+01:00", "2026-12-04T19:30:00+01:00"]
    ),
    // The start is an occurrence, whether the rule has it or not (RFC 5545 3.8.5.3).
    (
      "DTSTART:20261126T193000\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2",
      ["2026-11-26T19:30:00+01:00", "2026-11-27T19:30:00+01:00", "2026-12-04T19:30:00+01:00"]
    ),
    // RDATE and EXDATE, lists and repeated lines.
    (
      "DTSTART:20261127T193000\nRDATE:20261128T100000,20261129T100000\nRDATE;TZID=UTC:20261130T090000",
      [
        "2026-11-27T19:30:00+01:00", "2026-11-28T10:00:00+01:00", "2026-11-29T10:00:00+01:00",
        "2026-11-30T10:00:00+01:00",
      ]
    ),
    (
      "DTSTART:20261127T193000\nRDATE;VALUE=PERIOD:20261128T090000Z/PT1H",
      ["2026-11-27T19:30:00+01:00", "2026-11-28T10:00:00+01:00"]
    ),
    (
      "DTSTART:20261127T193000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20261128T193000\nEXDATE;VALUE=DATE:20261129",
      ["2026-11-27T19:30:00+01:00", "2026-11-30T19:30:00+01:00"]
    ),
    // Half past two on the day clocks go forward is half past three.
    (
      "DTSTART;TZID=Europe/Berlin:20270327T023000\nRRULE:FREQ=DAILY;COUNT=3",
      ["2027-03-27T02:30:00+01:00", "2027-03-28T03:30:00+02:00", "2027-03-29T02:30:00+02:00"]
    ),
    ("DTSTART:20261127T193000\nSTATUS:CANCELLED", []),
    ("DTSTART:20261127T193000\nSTATUS:TENTATIVE", ["2026-11-27T19:30:00+01:00"]),
  ]

  @Test("They come when their lines say", arguments: rows)
  func comes(row: (lines: String, times: [String])) throws {
    #expect(try times(Samples.event(row.lines), count: max(row.times.count, 2)) == row.times)
  }

  @Test("An occurrence that was moved comes at its new time; one that was cancelled does not come")
  func overrides() throws {
    let bytes = Samples.file(
      """
      BEGIN:VEVENT
      UID:1
      DTSTART:20261127T193000
      RRULE:FREQ=WEEKLY;COUNT=4
      EXDATE:20261218T193000
      SUMMARY:Dinner
      END:VEVENT
      BEGIN:VEVENT
      UID:1
      RECURRENCE-ID:20261204T193000
      DTSTART:20261218T193000
      SUMMARY:Dinner
      END:VEVENT
      BEGIN:VEVENT
      UID:1
      RECURRENCE-ID:20261211T193000
      DTSTART:20261211T193000
      STATUS:CANCELLED
      END:VEVENT
      """)
    // Moved onto a day that the series itself leaves out.
    #expect(try times(bytes) == ["2026-11-27T19:30:00+01:00", "2026-12-18T19:30:00+01:00"])
  }

  @Test("An occurrence with a title of its own is a ritual of its own")
  func retitled() throws {
    let bytes = Samples.file(
      """
      BEGIN:VEVENT
      UID:1
      DTSTART:20261127T193000
      RRULE:FREQ=WEEKLY
      SUMMARY:Dinner
      END:VEVENT
      BEGIN:VEVENT
      UID:1
      RECURRENCE-ID:20261204T193000
      DTSTART:20261204T200000
      SUMMARY:Opera
      END:VEVENT
      """)
    let all = try rituals(bytes)
    #expect(all.map(\.title) == ["Dinner", "Opera"])
    let from = try #require(Instant(parsing: "2026-11-28", in: .utc))
    #expect(all[0].schedule.next(after: from, in: .utc)?.formatted(in: .utc) == "2026-12-11T19:30:00+00:00")
    #expect(all[1].schedule.next(after: from, in: .utc)?.formatted(in: .utc) == "2026-12-04T20:00:00+00:00")
  }

  @Test("A to-do comes at its start or when it is due, and not when it is done")
  func toDos() throws {
    func toDo(_ lines: String) -> [UInt8] { Samples.file("BEGIN:VTODO\nUID:1\n\(lines)\nEND:VTODO") }
    #expect(try times(toDo("DUE:20261127T193000")) == ["2026-11-27T19:30:00+01:00"])
    #expect(try times(toDo("DTSTART:20261126T100000\nDUE:20261127T193000")) == ["2026-11-26T10:00:00+01:00"])
    #expect(try times(toDo("DUE:20261127T193000\nSTATUS:COMPLETED")) == [])
    #expect(try times(toDo("DUE:20261127T193000\nCOMPLETED:20261101T100000Z")) == [])
  }

  @Test(
    "Alarms before the start become the early word: the earliest of those that people see",
    arguments: [
      ("DTSTART:20261127T193000\n", ["-PT15M", "-P1D"], "1d"),
      ("DTSTART:20261127T193000\nDTEND:20261127T203000\n", [";RELATED=END:-PT90M"], "30min"),
      ("DTSTART:20261127T193000Z\n", [";VALUE=DATE-TIME:20261127T183000Z"], "1h"),
      ("DTSTART:20261127T193000\n", ["PT5M"], nil),
      // Whole days come at nine; the evening before is 15 hours early.
      ("DTSTART;VALUE=DATE:20261127\n", ["-PT6H"], "15h"),
    ] as [(String, [String], String?)])
  func lead(start: String, triggers: [String], lead: String?) throws {
    let alarms = triggers.map { trigger in
      "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER\(trigger.hasPrefix(";") ? trigger : ":" + trigger)\nEND:VALARM"
    }
    let hidden = "\nBEGIN:VALARM\nACTION:X-OTHER\nTRIGGER:-P3D\nEND:VALARM"
    let ritual = try only(Samples.event(start + alarms.joined(separator: "\n") + hidden))
    #expect(ritual.lead == (try lead.map { text throws in try TimeSpan(parsing: text) }))
  }

  @Test(
    "Words are one line each, without what a terminal would obey, and not longer than the configuration's")
  func words() throws {
    let ritual = try only(
      Samples.event(
        "DTSTART:20261127T193000\nSUMMARY:A\\, b\\; c\\\\d\u{1b}[31m\u{202e}e\nDESCRIPTION:One\\nTwo\\N  three\\t"
      ))
    #expect(ritual.title == "A, b; c\\d [31me")
    #expect(ritual.message == "One Two threet")
    let long = try only(
      Samples.event("DTSTART:20261127T193000\nSUMMARY:\(String(repeating: "ä", count: 5000))"))
    #expect(long.title.count == 200)
    #expect(try only(Samples.event("DTSTART:20261127T193000")).title == "Event")
  }
}
