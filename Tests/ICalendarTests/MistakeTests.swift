import ICalendar
import Testing

@Suite("Mistakes in calendar files")
struct CalendarMistakeTests {
  static let broken: [(text: String, line: Int, reason: String)] = [
    ("", 0, "there is no calendar in the file"),
    ("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEV", 3, "the file ends within"),
    ("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\n", 5, "the file ends within what begins in line 3"),
    ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3, "what begins in line 2 does not end here"),
    ("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", 3, "nothing begins that ends here"),
    ("BEGIN:VCALENDAR\nSUMMARY\nEND:VCALENDAR\n", 2, "this is no content line"),
    ("BEGIN:VCALENDAR\n:x\nEND:VCALENDAR\n", 2, "this is no content line"),
    ("VERSION:2.0\n", 1, "this stands outside of a calendar"),
    ("<html>\n", 1, "this is no content line"),
    ("BEGIN:VCARD\nEND:VCARD\n", -1, ""),
  ]

  @Test("Other texts and halves of calendars are refused with the line", arguments: broken)
  func refuses(row: (text: String, line: Int, reason: String)) throws {
    guard row.line >= 0 else {
      // No calendar, and no mistake: it has no events.
      #expect(try CalendarFile(parsing: Array(row.text.utf8), zones: calendarZones()).series.isEmpty)
      return
    }
    let error = try #require(throws: ICalendarError.self) {
      try CalendarFile(parsing: Array(row.text.utf8), zones: calendarZones())
    }
    #expect(error.line == row.line)
    #expect(error.reason.hasPrefix(row.reason), "\(error)")
  }

  /// Lines of an event that is left out, the line of the mistake in the file, and the message.
  static let events: [(lines: String, line: Int, reason: String)] = [
    ("SUMMARY:x", 4, "nothing says when it starts"),
    ("DTSTART:20261127T2530", 7, "DTSTART: 20261127T2530 is no date"),
    ("DTSTART:20261327", 7, "DTSTART: there is no such day"),
    ("DTSTART:20261127\nDTSTART:20261128", 8, "DTSTART is there twice"),
    ("DTSTART:20261127T100000\nDTEND:20261126T100000", 8, "it ends before it starts"),
    ("DTSTART:20261127T100000\nDURATION:15M", 8, "15M is no duration"),
    ("DTSTART:20261127T100000\nEXDATE:nonsense", 8, "EXDATE: nonsense is no date"),
  ]

  @Test("A faulty event is left out with its line, and the others stay", arguments: events)
  func leavesOut(row: (lines: String, line: Int, reason: String)) throws {
    let other = "BEGIN:VEVENT\nUID:2\nDTSTART:20261127\nEND:VEVENT"
    let bytes = Samples.file(
      "BEGIN:VEVENT\nUID:1\nDTSTAMP:20261101T080000Z\n\(row.lines)\nEND:VEVENT\n\(other)")
    let file = try CalendarFile(parsing: bytes, zones: calendarZones())
    #expect(file.series.map(\.uid) == ["2"])
    #expect(file.notes.map(\.line) == [row.line])
    #expect(file.notes.first?.reason.hasPrefix(row.reason) == true, "\(file.notes)")
  }

  static let rules: [(rule: String, reason: String)] = [
    ("FREQ=SOMETIMES", "SOMETIMES is no frequency"),
    ("FREQ=WEEKLY;BYDAY=XX", "XX is not a weekday"),
    ("FREQ=SECONDLY", "RRULE: it comes too often"),
    ("FREQ=MINUTELY;INTERVAL=30", "RRULE: it comes too often"),
    (
      "FREQ=DAILY;BYMINUTE=0,10,20,30,40,50;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19",
      "RRULE: it comes too often"
    ),
    ("FREQ=DAILY;COUNT=99999999", "RRULE: COUNT=99999999 is out of range"),
    ("FREQ=YEARLY;COUNT=5001", "RRULE: COUNT=5001 is out of range"),
  ]

  @Test("A rule that is faulty, or too frequent for people, is refused", arguments: rules)
  func refusesRules(row: (rule: String, reason: String)) throws {
    let bytes = Samples.event("DTSTART:20261127T100000\nRRULE:\(row.rule)")
    let error = try #require(throws: ICalendarError.self) { try rituals(bytes) }
    #expect(error.reason.hasPrefix(row.reason), "\(error)")
  }

  @Test("The second of two events with one UID is a mistake")
  func twins() throws {
    let one = "BEGIN:VEVENT\nUID:1\nDTSTART:20261127\nEND:VEVENT"
    let file = try CalendarFile(parsing: Samples.file(one + "\n" + one), zones: calendarZones())
    #expect(file.series.count == 1)
    #expect(file.notes.map(\.line) == [8])
  }
}
