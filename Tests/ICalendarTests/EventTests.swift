import CivilTime
import ICalendar
import Rituals
import Schedules
import Testing

@Suite("Events")
struct EventTests {
  /// Lines of an event, and its occurrences from November 2026 on, in Berlin.
  static let rows: [(lines: String, times: [String])] = [
    // RFC 5545 3.3.5: form 1 has no zone, form 2 is in UTC, form 3 names its zone.
    ("DTSTART:20261127T193000", ["2026-11-27T19:30:00+01:00"]),
    ("DTSTART:20261127T183000Z", ["2026-11-27T19:30:00+01:00"]),
    ("DTSTART;TZID=America/New_York:20261127T133000", ["2026-11-27T19:30:00+01:00"]),
    ("DTSTART;TZID=\"Europe/Berlin\":20261127T193000", ["2026-11-27T19:30:00+01:00"]),
    // An event of a whole day is a reminder in the morning, or at its alarm.
    ("DTSTART;VALUE=DATE:20261127", ["2026-11-27T09:00:00+01:00"]),
    (
      "DTSTART;VALUE=DATE:20261127\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:PT7H30M\nEND:VALARM",
      ["2026-11-27T07:30:00+01:00"]
    ),
    // UNTIL of whole days is a day, even if a program writes a time.
    (
      "DTSTART;VALUE=DATE:20261127\nRRULE:FREQ=DAILY;UNTIL=20261128T000000Z",
      ["2026-11-27T09:00:00+01:00", "2026-11-28T09:00:00+01:00"]
    ),
    // A common mistake.
    ("DTSTART;TZID=Europe/Berlin:20261127T183000Z", ["2026-11-27T19:30:00+01:00"]),
    (
      "DTSTART:20261127T183000Z\nRRULE:FREQ=WEEKLY;COUNT=2;",
      ["2026-11-27T19:30:00+01:00", "2026-12-04T19:30:00+01:00"]
    ),
    // The start is an occurrence, even if the rule does not have it (RFC 5545 3.8.5.3).
    (
      "DTSTART:20261126T193000\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2",
      ["2026-11-26T19:30:00+01:00", "2026-11-27T19:30:00+01:00", "2026-12-04T19:30:00+01:00"]
    ),
    // RDATE and EXDATE in lists and in repeated lines.
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
    // 02:30 is 03:30 on the day when the clocks go forward.
    (
      "DTSTART;TZID=Europe/Berlin:20270327T023000\nRRULE:FREQ=DAILY;COUNT=3",
      ["2027-03-27T02:30:00+01:00", "2027-03-28T03:30:00+02:00", "2027-03-29T02:30:00+02:00"]
    ),
    ("DTSTART:20261127T193000\nSTATUS:CANCELLED", []),
    ("DTSTART:20261127T193000\nSTATUS:TENTATIVE", ["2026-11-27T19:30:00+01:00"]),
  ]

  @Test("They occur at the times of their lines", arguments: rows)
  func comes(row: (lines: String, times: [String])) throws {
    #expect(try times(Samples.event(row.lines), count: max(row.times.count, 2)) == row.times)
  }

  @Test("A moved occurrence has its new time, and a cancelled one does not occur")
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
    // An occurrence moved to a day that the series leaves out.
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

  @Test("A to-do occurs at its start or when it is due, unless it is done")
  func toDos() throws {
    func toDo(_ lines: String) -> [UInt8] { Samples.file("BEGIN:VTODO\nUID:1\n\(lines)\nEND:VTODO") }
    #expect(try times(toDo("DUE:20261127T193000")) == ["2026-11-27T19:30:00+01:00"])
    #expect(try times(toDo("DTSTART:20261126T100000\nDUE:20261127T193000")) == ["2026-11-26T10:00:00+01:00"])
    #expect(try times(toDo("DUE:20261127T193000\nSTATUS:COMPLETED")) == [])
    #expect(try times(toDo("DUE:20261127T193000\nCOMPLETED:20261101T100000Z")) == [])
  }

  @Test(
    "The earliest visible alarm before the start becomes the lead",
    arguments: [
      ("DTSTART:20261127T193000\n", ["-PT15M", "-P1D"], "1d"),
      ("DTSTART:20261127T193000\nDTEND:20261127T203000\n", [";RELATED=END:-PT90M"], "30min"),
      ("DTSTART:20261127T193000Z\n", [";VALUE=DATE-TIME:20261127T183000Z"], "1h"),
      ("DTSTART:20261127T193000\n", ["PT5M"], nil),
      // Whole days have their reminder at 9:00; the evening before is 15 hours early.
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
    "Words are one line each, without control characters, and no longer than the configuration's")
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
