import CivilTime
import Schedules
import Testing
import ZoneRig

@Suite("Recurrence rules", .timeLimit(.minutes(5)))
struct RecurrenceTests {
  @Test(
    "Their occurrences",
    arguments: [
      // Weeks of a year that begin before 1 January or end after 31 December (ISO 8601).
      (
        ["DTSTART:20240101T100000", "RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO"],
        "2024-01-01T10 2024-12-30T10 2025-12-29T10 2027-01-04T10 2028-01-03T10 2029-01-01T10 2029-12-31T10"
      ),
      (
        ["DTSTART:20240101T100000", "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH,SU"],
        "2026-12-31T10 2027-01-03T10 2032-12-30T10 2033-01-02T10"
      ),
      (
        ["DTSTART:20240101T100000", "RRULE:FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU;COUNT=3"],
        "2024-12-29T10 2025-12-28T10 2027-01-03T10"
      ),
      // Weeks that begin on Sunday: that of 2028-01-02 is the first with four days in 2028.
      (
        ["DTSTART:20270101T100000", "RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU;COUNT=2"],
        "2027-01-03T10 2028-01-02T10"
      ),
      // The interval counts years of weeks: 2025, 2027.
      (
        ["DTSTART:20241230T100000", "RRULE:FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=MO;COUNT=3"],
        "2024-12-30T10 2027-01-04T10 2029-01-01T10"
      ),
      // A week without a day takes that of the start.
      (["DTSTART:20240104T100000", "RRULE:FREQ=YEARLY;BYWEEKNO=2;COUNT=2"], "2024-01-11T10 2025-01-09T10"),
      // Numbered and plain weekdays form a union.
      (
        ["DTSTART:20261101T080000", "RRULE:FREQ=MONTHLY;BYDAY=1MO,FR;COUNT=5"],
        "2026-11-02T08 2026-11-06T08 2026-11-13T08 2026-11-20T08 2026-11-27T08"
      ),
      // The set of the first week begins before the start.
      (
        ["DTSTART:20261104T080000", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2,3;COUNT=3"],
        "2026-11-04T08 2026-11-06T08 2026-11-11T08"
      ),
      // A short month is left out, not shifted (RFC 5545 3.3.10).
      (
        ["DTSTART:20260131T080000", "RRULE:FREQ=MONTHLY;COUNT=3"], "2026-01-31T08 2026-03-31T08 2026-05-31T08"
      ),
      (
        ["DTSTART:20240229T080000", "RRULE:FREQ=YEARLY;COUNT=3"], "2024-02-29T08 2028-02-29T08 2032-02-29T08"
      ),
      // A start that does not fit the rule is no occurrence.
      (["DTSTART:20261124T080000", "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2"], "2026-11-27T08 2026-12-04T08"),
      // The end is inclusive, whether a day, a local time or one in UTC.
      (["DTSTART:20261124T080000", "RRULE:FREQ=DAILY;UNTIL=20261125"], "2026-11-24T08 2026-11-25T08"),
      (["DTSTART:20261124T080000", "RRULE:FREQ=DAILY;UNTIL=20261125T080000"], "2026-11-24T08 2026-11-25T08"),
      (
        ["DTSTART:20261124T080000", "RRULE:FREQ=DAILY;UNTIL=20261125T070000Z"], "2026-11-24T08 2026-11-25T08"
      ),
      (["DTSTART:20261124T080000", "RRULE:FREQ=DAILY;UNTIL=20261125T065959Z"], "2026-11-24T08"),
      // A leap second is read as the second before it (3.3.12).
      (["DTSTART:20261124T080000", "RRULE:FREQ=DAILY;BYSECOND=60;COUNT=1"], "2026-11-24T08:00:59"),
      // A rule that says everything needs no start.
      (["FREQ=WEEKLY;BYDAY=SU;BYHOUR=19;BYMINUTE=30;UNTIL=19700112"], "1970-01-04T19:30 1970-01-11T19:30"),
      (["rrule:freq=weekly;byday=su;byhour=19;until=19700104"], "1970-01-04T19"),
      // Dates beside a rule, and dates alone.
      (
        [
          "DTSTART;TZID=Europe/Berlin:20261127T193000", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=3",
          "RDATE;TZID=Europe/Berlin:20261202T200000", "RDATE:20261203T190000Z",
          "EXDATE;TZID=Europe/Berlin:20261211T193000",
        ], "2026-11-27T19:30 2026-12-02T20 2026-12-03T20 2026-12-25T19:30"
      ),
      (
        ["DTSTART:20261127T193000", "RDATE:20261201T080000,20261130T080000"],
        "2026-11-27T19:30 2026-11-30T08 2026-12-01T08"
      ),
      (["DTSTART;VALUE=DATE:20261127", "RRULE:FREQ=DAILY;COUNT=2"], "2026-11-27T00 2026-11-28T00"),
      (["DTSTART:20261127T193000", "RDATE;VALUE=DATE:20261130"], "2026-11-27T19:30 2026-11-30T19:30"),
      (
        ["DTSTART:20261127T193000", "RDATE;VALUE=PERIOD:20261130T080000/PT1H"],
        "2026-11-27T19:30 2026-11-30T08"
      ),
      (
        ["DTSTART:20261127T193000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261128"],
        "2026-11-27T19:30 2026-11-29T19:30"
      ),
      // Folded lines, and lines with the RFC's line break.
      (
        ["DTSTART:20261127T193000\r", "RRULE:FREQ=DAILY;\r", "  COUNT=1\r"].map {
          $0.replacing("  ", with: " ")
        }, "2026-11-27T19:30"
      ),
      // A time in UTC, in any zone.
      (["DTSTART:20261127T193000Z", "RRULE:FREQ=DAILY;COUNT=1"], "2026-11-27T20:30"),
    ] as [([String], String)])
  func understood(lines: [String], expected: String) throws {
    let wanted = expected.split(separator: " ").map(String.init)
    #expect(try Self.next(lines, count: wanted.count) == wanted)
  }

  @Test("A skipped time is shifted and stays in order; a repeated time occurs once, the first time")
  func daylightSaving() throws {
    #expect(
      try Self.next(["DTSTART;TZID=Europe/Berlin:20260328T023000", "RRULE:FREQ=DAILY;COUNT=3"])
        == ["2026-03-28T02:30", "2026-03-29T03:30", "2026-03-30T02:30"])
    #expect(
      try Self.next(["DTSTART;TZID=Europe/Berlin:20260329T013000", "RRULE:FREQ=MINUTELY;INTERVAL=30;COUNT=6"])
        == ["2026-03-29T01:30", "2026-03-29T03", "2026-03-29T03:30", "2026-03-29T04"])
    #expect(
      try Self.next(["DTSTART;TZID=Europe/Berlin:20261025T013000", "RRULE:FREQ=HOURLY;COUNT=3"], in: "UTC")
        == ["2026-10-24T23:30", "2026-10-25T00:30", "2026-10-25T02:30"])
    // An exception matches as it is written, also within a gap.
    #expect(
      try Self.next([
        "DTSTART;TZID=Europe/Berlin:20260328T023000", "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE;TZID=Europe/Berlin:20260329T023000",
      ]) == ["2026-03-28T02:30", "2026-03-30T02:30"])
  }

  @Test(
    "A rule without occurrences ends, and soon",
    arguments: [
      "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31",
      "FREQ=SECONDLY;BYSECOND=0;BYSETPOS=2",
      "FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1", "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30",
      "FREQ=HOURLY;INTERVAL=48;BYHOUR=5", "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1", "FREQ=MONTHLY;BYDAY=6MO",
      "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "FREQ=DAILY;INTERVAL=7;BYDAY=FR",
      "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=3",
      "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "FREQ=HOURLY;BYYEARDAY=-366;BYMONTH=12",
      "FREQ=DAILY;UNTIL=20200101", "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1",
      "FREQ=SECONDLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=30",
    ])
  func never(rule: String) throws {
    // A Tuesday of an odd year, at midnight.
    #expect(try Self.next(["DTSTART:20251125T000000", "RRULE:\(rule)"]) == [])
  }

  @Test(
    "Refused, with the place and what is accepted",
    arguments: [
      ("RRULE:FREQ=FORTNIGHTLY", "FORTNIGHTLY"), ("RRULE:INTERVAL=2", "INTERVAL=2"), ("FREQ=DAILY;", ""),
      ("FREQ=DAILY;INTERVAL=0", "0"), ("FREQ=DAILY;INTERVAL=-1", "-1"), ("FREQ=DAILY;COUNT=0", "0"),
      ("FREQ=DAILY;COUNT=1;UNTIL=20261127", "UNTIL"), ("FREQ=DAILY;FREQ=DAILY", "FREQ"),
      ("FREQ=DAILY;BYDAY", "BYDAY"),
      ("FREQ=DAILY;BYDAY=", "BYDAY"), ("FREQ=DAILY;BYDAY=MO,", ""), ("FREQ=DAILY;BYDAY=XX", "XX"),
      ("FREQ=DAILY;BYDAY=1MO", "BYDAY"), ("FREQ=WEEKLY;BYDAY=-1FR", "BYDAY"),
      ("FREQ=MONTHLY;BYDAY=0MO", "0MO"),
      ("FREQ=MONTHLY;BYDAY=54MO", "54MO"), ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYDAY"),
      ("FREQ=MONTHLY;BYWEEKNO=1;BYDAY=MO", "BYWEEKNO"), ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"),
      ("FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY"), ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY"),
      ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"), ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "0"),
      ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "367"), ("FREQ=MONTHLY;BYMONTHDAY=0", "0"),
      ("FREQ=MONTHLY;BYMONTHDAY=32", "32"),
      ("FREQ=YEARLY;BYYEARDAY=-367", "-367"), ("FREQ=YEARLY;BYMONTH=13", "13"),
      ("FREQ=YEARLY;BYMONTH=-1", "-1"),
      ("FREQ=DAILY;BYHOUR=24", "24"), ("FREQ=DAILY;BYMINUTE=60", "60"), ("FREQ=DAILY;BYSECOND=61", "61"),
      ("FREQ=DAILY;BYHOUR=1.5", "1.5"), ("FREQ=DAILY;WKST=1", "1"), ("FREQ=DAILY;X-WORK=1", "X-WORK"),
      ("FREQ=DAILY;UNTIL=20260230", "20260230"), ("FREQ=DAILY;UNTIL=tomorrow", "tomorrow"),
      ("FREQ=DAILY;BYHOUR=99999999999999999999", "99999999999999999999"),
      ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"), ("FREQ=WEEKLY", "FREQ=WEEKLY"),
      ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
      ("DTSTART:20261127T250000\nRRULE:FREQ=DAILY", "20261127T250000"),
      ("DTSTART;TZID=Europe/Berln:20261127T193000\nRRULE:FREQ=DAILY", "Europe/Berln"),
      ("DTSTART;TZID=Europe/Berlin:20261127T193000Z", "20261127T193000Z"),
      ("DTSTART;TZID=Europe/Berlin:20261127", "20261127"),  // RFC 5545 3.2.19: not on a DATE
      ("DTSTART;VALUE=DATE:20261127T193000", "20261127T193000"),
      ("DTSTART;VALUE=DATE:20261127\nRRULE:FREQ=DAILY;BYHOUR=8", "FREQ=DAILY;BYHOUR=8"),
      ("DTSTART:20261127\nRRULE:FREQ=HOURLY", "FREQ=HOURLY"),
      ("DTSTART:20261127T080000\nDTSTART:20261127T080000", "DTSTART"),
      ("RRULE:FREQ=DAILY\nRRULE:FREQ=DAILY", "RRULE"), ("EXRULE:FREQ=DAILY", "EXRULE"),
      ("BEGIN:VEVENT", "BEGIN"),
      ("EXDATE:20261127T080000", "EXDATE:20261127T080000"), ("DTSTART;TZID:20261127T080000", "TZID"),
    ])
  func refused(text: String, place: String) throws {
    let error = #expect(throws: ScheduleError.self) {
      try Schedule(parsing: text, zones: TestZones.all())
    }
    let range = try #require(error?.range)
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[range], as: UTF8.self) == place)
    #expect(error?.reason.isEmpty == false && error?.accepted.isEmpty == false)
  }

  @Test("A start beside the text, dates beside it, and dates left out, for both languages")
  func datesBeside() throws {
    let zones = TestZones.all()
    let friday = try #require(CivilDate(year: 2026, month: 11, day: 27))
    let evening = try #require(CivilDateTime(friday, hour: 19, minute: 30))
    let christmas = try #require(CivilDate(year: 2026, month: 12, day: 25))
    let second = try #require(CivilDate(year: 2026, month: 12, day: 2))
    let rule = try Schedule(
      parsing: "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", start: .local(evening), zones: zones)
    let whole = Schedule(union: [rule], also: [.date(second)], except: [.date(christmas)])
    #expect(
      try Self.next(whole, count: 4)
        == ["2026-11-27T19:30", "2026-12-02T19:30", "2026-12-11T19:30", "2027-01-08T19:30"])
    let daily = try Schedule(parsing: "08:05", start: .date(second), zones: zones)
    #expect(
      try Self.next(Schedule(union: [daily], except: [.date(christmas)]), count: 24).suffix(2)
        == ["2026-12-24T08:05", "2026-12-26T08:05"])
    #expect(try Self.next(daily, count: 1) == ["2026-12-02T08:05"])
    #expect(throws: ScheduleError.self) {
      try Schedule(parsing: "DTSTART:20261127T193000\nRRULE:FREQ=DAILY", start: .date(friday), zones: zones)
    }
  }

  @Test(
    "The normal form",
    arguments: [
      ("freq=weekly;byday=fr,mo;byhour=8,7;interval=1;wkst=mo", "RRULE:FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=7,8"),
      (
        "RDATE:20261203T190000Z\nRRULE:BYDAY=FR;FREQ=WEEKLY\nDTSTART;TZID=Europe/Berlin:20261127T193000",
        "DTSTART;TZID=Europe/Berlin:20261127T193000\nRRULE:FREQ=WEEKLY;BYDAY=FR\nRDATE:20261203T190000Z"
      ),
      (
        "DTSTART:20261127T193000Z\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271127\nEXDATE;VALUE=DATE:20261225",
        "DTSTART:20261127T193000Z\nRRULE:FREQ=MONTHLY;UNTIL=20271127;BYDAY=-1FR\nEXDATE;VALUE=DATE:20261225"
      ),
      // A local time beside a start in UTC is in UTC, but distinct from an instant.
      (
        "DTSTART:20261127T193000Z\nEXDATE:20261225T193000",
        "DTSTART:20261127T193000Z\nRDATE:20261127T193000Z\nEXDATE;TZID=UTC:20261225T193000"
      ),
    ])
  func normalForm(text: String, normal: String) throws {
    let zones = TestZones.all()
    #expect(try Schedule(parsing: text, zones: zones).normalized == [normal])
    #expect(try Schedule(parsing: normal, zones: zones).normalized == [normal])
  }

  // MARK: Walking

  private static func next(_ lines: [String], count: Int = 10, in zone: String = "Europe/Berlin") throws
    -> [String]
  {
    let schedule = try Schedule(parsing: lines.joined(separator: "\n"), zones: TestZones.all())
    return try next(schedule, count: count, in: zone)
  }

  /// Times without zeros at the end, for readable tables.
  private static func next(_ schedule: Schedule, count: Int, in zone: String = "Europe/Berlin") throws
    -> [String]
  {
    let zone = try TestZones.all().zone(named: zone)
    var instant = Instant(seconds: -86_400)
    var found: [String] = []
    while found.count < count, let next = schedule.next(after: instant, in: zone) {
      #expect(next > instant)
      #expect(schedule.previous(before: next.advanced(byMicroseconds: 1), in: zone) == next)
      if !found.isEmpty { #expect(schedule.previous(before: next, in: zone) == instant) }
      instant = next
      var text = zone.local(at: next).civil.formatted
      while text.hasSuffix(":00") { text.removeLast(3) }
      found.append(text)
    }
    return found
  }

  @Test(
    "Weeks by their numbers are those of a calendar of weeks, whatever day they begin on",
    arguments: ["MO", "SU", "TH"])
  func weekNumbers(start: String) throws {
    // Each week of 12 years, by the year with most of its days.
    let offset = try #require(["MO": 0, "SU": 6, "TH": 3][start])
    let first = try #require(CivilDate(year: 2000, month: 1, day: 1)).daysSinceEpoch
    var weeks: [(monday: Int, year: Int)] = []
    var day = first - 400
    while (CivilDate.weekday(daysSinceEpoch: day).rawValue - 1) != offset { day += 1 }
    while day < first + 14 * 366 {
      weeks.append((day, CivilDate(daysSinceEpoch: day + 3).year))
      day += 7
    }
    let byYear = Dictionary(grouping: weeks, by: \.year)
    let end = try #require(CivilDate(year: 2012, month: 1, day: 1)).daysSinceEpoch
    for number in Array(1...53) + Array(-53 ... -1) {
      let text =
        "DTSTART:20000101T000000\nRRULE:FREQ=YEARLY;BYWEEKNO=\(number);WKST=\(start);BYDAY=MO,TU,WE,TH,FR,SA,SU"
      let schedule = try Schedule(parsing: text, zones: TestZones.all())
      var found: [Int] = []
      var instant = Instant(seconds: Int64(first) * 86_400 - 1)
      while let next = schedule.next(after: instant, in: .utc), next < Instant(seconds: Int64(end) * 86_400) {
        found.append(Int(next.microseconds / 86_400_000_000))
        instant = next
      }
      var expected: [Int] = []
      for (_, weeks) in byYear where weeks.count >= 52 {
        let place = number > 0 ? number - 1 : weeks.count + number
        if weeks.indices.contains(place) { expected += weeks[place].monday..<weeks[place].monday + 7 }
      }
      #expect(found == expected.filter { first..<end ~= $0 }.sorted(), "\(number) from \(start)")
    }
  }

  @Test(
    "Days by their place in the year are those of a calendar, in leap years and others",
    arguments: [1, 31, 59, 60, 61, 365, 366, -1, -306, -307, -365, -366])
  func yearDays(number: Int) throws {
    let schedule = try Schedule(
      parsing: "DTSTART:20000101T000000\nRRULE:FREQ=YEARLY;BYYEARDAY=\(number)", zones: TestZones.all())
    var found: [Int] = []
    var instant = Instant(seconds: 946_684_799)
    while let next = schedule.next(after: instant, in: .utc), next < Instant(seconds: 1_893_456_000) {
      found.append(Int(next.microseconds / 86_400_000_000))
      instant = next
    }
    var expected: [Int] = []
    for year in 2000..<2030 {
      let newYear = try #require(CivilDate(year: year, month: 1, day: 1)).daysSinceEpoch
      let length = CivilDate.isLeap(year) ? 366 : 365
      let place = number > 0 ? number - 1 : length + number
      if (0..<length).contains(place) { expected.append(newYear + place) }
    }
    #expect(found == expected)
  }

  @Test(
    "A count that takes too long is refused with the bound, and the largest one is fast"
  )
  func longCounts() throws {
    let error = #expect(throws: ScheduleError.self) {
      try Schedule(
        parsing: "DTSTART:20260101T000000\nRRULE:FREQ=SECONDLY;COUNT=999999999", zones: TestZones.all())
    }
    #expect(error?.accepted == "1 to 100000")
    let schedule = try Schedule(
      parsing: "DTSTART:20260101T000000\nRRULE:FREQ=MINUTELY;COUNT=100000", zones: TestZones.all())
    let last = schedule.previous(before: Instant(seconds: 4_000_000_000), in: .utc)
    #expect(last == Instant(seconds: 1_767_225_600 + 99_999 * 60))
  }
}
