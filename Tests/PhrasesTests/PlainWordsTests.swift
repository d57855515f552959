import CivilTime
import Glibc
import Phrases
import ScheduleRig
import Schedules
import Testing
import ZoneRig

@Suite("Plain words")
struct PlainWordsTests {
  static func translations(
    _ text: String, now: String = "2026-11-27T08:05", zone: String = "Europe/Berlin"
  ) throws -> [String] {
    let zone = try TestZones.all().zone(named: zone)
    return try PlainWords.schedules(from: text, now: try #require(Instant(parsing: now, in: zone)), in: zone)
  }

  /// The texts, a line each.
  static func translate(
    _ text: String, now: String = "2026-11-27T08:05", zone: String = "Europe/Berlin"
  ) throws -> String {
    try translations(text, now: now, zone: zone).joined(separator: "\n")
  }

  @Test("Every example of the documentation is translated as documented")
  func examples() throws {
    let rows = try Self.documentedRows()
    #expect(rows.count >= 45)
    for row in rows { #expect(try Self.translate(row.words) == row.translation, "\(row.words)") }
  }

  @Test("Every calendar expression of the documentation has an occurrence after now")
  func examplesCome() throws {
    for row in try Self.documentedRows() where !row.translation.contains(":FREQ=") {
      for text in row.translation.split(separator: "\n").map(String.init) {
        #expect(try Occurrences.next(text, from: "2026-11-27T08:05").count == 1, "\(text)")
      }
    }
  }

  /// The table of docs/plain-words.md: words and, between backquotes, their translation, a content line in
  /// each pair of backquotes.
  private static func documentedRows() throws -> [(words: String, translation: String)] {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    let text = try read(folder.joined(separator: "/") + "/docs/plain-words.md")
    return text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("| `") else { return nil }
      let cells = line.split(separator: "|").map { $0.split(separator: "`").map(String.init) }
      let quoted = cells.map { parts in parts.filter { $0 != " " && $0 != "<br>" } }
      return (quoted[0].joined(), quoted[1].joined(separator: "\n"))
    }
  }

  private static func read(_ path: String) throws -> String {
    let file = try #require(fopen(path, "r"), "\(path) can be read")
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  @Test(
    "Other wordings",
    arguments: [
      ("  DAILY   22:00 ", "*-*-* 22:00:00"), ("daily\t22:00", "*-*-* 22:00:00"),
      ("each day 9am", "*-*-* 09:00:00"),
      ("22:00 daily", "*-*-* 22:00:00"), ("9 am weekdays", "Mon..Fri 09:00"), ("at 22:00", "*-*-* 22:00:00"),
      ("every weekday 8:05 am", "Mon..Fri 08:05"), ("on the weekends at 10", "Sat,Sun 10:00"),
      ("every mon & wed 8pm", "Mon,Wed 20:00"), ("sat to mon 9:30 pm", "Mon,Sat,Sun 21:30"),
      ("mon - fri at 9", "Mon..Fri 09:00"), ("mon to sun at 9", "*-*-* 09:00:00"),
      ("tuesdays, thursdays, and saturdays noon", "Tue,Thu,Sat 12:00"),
      ("each first sunday 10:00", "Sun *-*-1..7 10:00"), ("fifth friday 10:00", "Fri *-*-29..31 10:00"),
      ("every second sunday of the month 10:00", "Sun *-*-8..14 10:00"),
      ("every last day of the month midnight", "*-*~1 00:00"), ("15th of every month 9:00", "*-*-15 09:00"),
      ("monthly on the first sunday at 10", "Sun *-*-1..7 10:00"),
      ("first day of the month 9:00", "*-*-01 09:00"),
      ("every month on the 31st 9:00", "*-*-31 09:00"), ("every year on 29 feb 9:00", "*-02-29 09:00"),
      ("every 14th of february 12 am", "*-02-14 00:00"), ("annually on sept 3rd 12 pm", "*-09-03 12:00"),
      ("each hour", "hourly"), ("every 60 minutes", "hourly"), ("every two hours", "0/2:00"),
      ("every 30 seconds", "*:*:0/30"), ("every 120 min", "0/2:00"), ("every minute", "minutely"),
      ("daily 8:00:30", "*-*-* 08:00:30"), ("daily 8:00 and 8:30", "*-*-* 08:00,30:00"),
      ("every one week on sunday 8:00", "Sun 08:00"),
      // The twelve-hour clock: a part of the day tells which half of it.
      ("every morning at 7", "*-*-* 07:00:00"), ("tonight at 9", "2026-11-27 21:00:00"),
      ("evenings at 8 and 9", "*-*-* 20,21:00:00"), ("tomorrow night at 11", "2026-11-28 23:00:00"),
      ("7 in the morning and 9 in the evening every day", "*-*-* 07,21:00:00"),
      ("half-past 7 pm daily", "*-*-* 19:30:00"), ("daily at ten to nine pm", "*-*-* 20:50:00"),
      ("every day at seven thirty in the evening", "*-*-* 19:30:00"),
      // Marks, blanks and hyphens.
      ("mon-fri 9am", "Mon..Fri 09:00"), ("sat+sun at 10", "Sat,Sun 10:00"),
      ("mon\u{2013}fri 9am", "Mon..Fri 09:00"), ("dec. 24 6 p.m.", "2026-12-24 18:00:00"),
      ("24-12-2026 18:00", "2026-12-24 18:00:00"), ("daily at 20.30.", "*-*-* 20:30:00"),
      ("daily at 10.12.", "*-*-* 10:12:00"), ("18:00 on 10.12.", "2026-12-10 18:00:00"),
      ("the twenty-first of december 18:00", "2026-12-21 18:00:00"),
      // Words around the days.
      ("every sat and every sun at 10", "Sat,Sun 10:00"), ("9:00\u{202f}PM daily", "*-*-* 21:00:00"),
      ("daily at 5\u{a0}pm", "*-*-* 17:00:00"),
      ("everyday 8:00 14:30", "*-*-* 08:00:00\n*-*-* 14:30:00"), ("all mondays at 8", "Mon 08:00"),
      ("every hour and a half", "DTSTART:20261127T093500\nRRULE:FREQ=MINUTELY;INTERVAL=90"),
      (
        "Every other Friday at 9:00, from 4 December 2026 on",
        "DTSTART:20261204T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
      ),
      ("weekdays every hour from 9 to 17", "Mon..Fri 09..17:00"),
      ("every hour from 1:00 to 5:00", "*-*-* 01..05:00:00"),
      ("every hour from 1 pm to 5 pm", "*-*-* 13..17:00:00"),
      ("every hour from 7 to 11", "*-*-* 07..11:00:00"),
      ("every hour from 6 to 18", "*-*-* 06..18:00:00"),
      ("every weekday except fridays at 9", "Mon..Thu 09:00"), ("saturday week 10:00", "2026-12-05 10:00:00"),
      ("once, friday at 20:00", "2026-11-27 20:00:00"),
      (
        "last weekday of january 17:00",
        "DTSTART:20270129T170000\nRRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
      ),
      ("Fri 19:30 America/New_York", "Fri 19:30 America/New_York"), ("Fri 19:30 CET", "Fri 19:30 CET"),
      ("minutely", "minutely"), ("Minutely UTC", "Minutely UTC"), ("*-*-01 0:00", "*-*-01 0:00"),
      ("@1795763100", "@1795763100"), ("2020-01-01 10:00", "2020-01-01 10:00"), ("FREQ=DAILY", "FREQ=DAILY"),
      ("DTSTART:20261127T080000\nRRULE:FREQ=DAILY", "DTSTART:20261127T080000\nRRULE:FREQ=DAILY"),
    ])
  func understood(words: String, translation: String) throws {
    #expect(try Self.translate(words) == translation)
  }

  @Test(
    "Words that no calendar expression can express begin with their first time after now",
    arguments: [
      ("every third day 9:00", "20261127T090000", "FREQ=DAILY;INTERVAL=3"),
      ("every other day 8:05", "20261128T080500", "FREQ=DAILY;INTERVAL=2"),
      ("every other monday and friday 8:00", "20261130T080000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"),
      ("every other friday 8:05", "20261204T080500", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
      ("every second week on sunday 9:00", "20261129T090000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
      ("every other month on the 31st 9:00", "20261231T090000", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31"),
      ("every other month on the last day 9:00", "20261130T090000", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1"),
      ("every 2 years on 14 feb 9:00", "20270214T090000", "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=14"),
      ("every 3 days at 8 and 20", "20261127T200000", "FREQ=DAILY;INTERVAL=3;BYHOUR=8,20"),
      ("every 45 minutes", "20261127T085000", "FREQ=MINUTELY;INTERVAL=45"),
      ("every 5 hours", "20261127T130500", "FREQ=HOURLY;INTERVAL=5"),
      ("every 24 hours", "20261128T080500", "FREQ=HOURLY;INTERVAL=24"),
    ])
  func rules(words: String, start: String, rule: String) throws {
    #expect(try Self.translate(words) == "DTSTART:\(start)\nRRULE:\(rule)")
  }

  @Test(
    "Times that no single text has become a list, a text for each minute, and its rules count from one day",
    arguments: [
      ("weekdays 8:05 and 18:00", ["Mon..Fri 08:05", "Mon..Fri 18:00"]),
      ("daily at 8, 12:30 and 20", ["*-*-* 08,20:00:00", "*-*-* 12:30:00"]),
      ("daily 8:00, 9:15:30", ["*-*-* 08:00:00", "*-*-* 09:15:30"]),
      ("tomorrow 8:00 and 20:30", ["2026-11-28 08:00:00", "2026-11-28 20:30:00"]),
      // It is 08:05: today's 8:00 is over.
      (
        "every other friday 8:00 and 20:30",
        [
          "DTSTART:20261127T080000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
          "DTSTART:20261127T203000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        ]
      ),
      (
        "every 3 days at 8, 9:30 and 20",
        [
          "DTSTART:20261127T080000\nRRULE:FREQ=DAILY;INTERVAL=3;BYHOUR=8,20",
          "DTSTART:20261127T093000\nRRULE:FREQ=DAILY;INTERVAL=3",
        ]
      ),
    ])
  func lists(words: String, texts: [String]) throws {
    #expect(try Self.translations(words) == texts)
  }

  /// The instant of `DTSTART:20261127T193000`.
  private static func start(of translation: String, in zone: Zone) -> Instant? {
    let digits = translation.dropFirst(8).prefix(15).filter(\.isNumber).compactMap(\.wholeNumberValue)
    let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
    return CivilDate(year: number(0..<4), month: number(4..<6), day: number(6..<8)).flatMap {
      CivilDateTime($0, hour: number(8..<10), minute: number(10..<12), second: number(12..<14))
    }.map(zone.instant(for:))
  }

  @Test(
    "Rules occur at the times of the words",
    arguments: [
      ("every other friday 19:30", ["2026-11-27T19:30:00+01:00", "2026-12-11T19:30:00+01:00"]),
      ("every 3 days at 9", ["2026-11-27T09:00:00+01:00", "2026-11-30T09:00:00+01:00"]),
      (
        "weekdays 8:00 and 20:30",
        [
          "2026-11-27T20:30:00+01:00", "2026-11-30T08:00:00+01:00", "2026-11-30T20:30:00+01:00",
          "2026-12-01T08:00:00+01:00",
        ]
      ),
      (
        "every other friday 8:00 and 20:30",
        [
          "2026-11-27T20:30:00+01:00", "2026-12-11T08:00:00+01:00", "2026-12-11T20:30:00+01:00",
          "2026-12-25T08:00:00+01:00",
        ]
      ),
      (
        "every 3 days at 8 and 20",
        ["2026-11-27T20:00:00+01:00", "2026-11-30T08:00:00+01:00", "2026-11-30T20:00:00+01:00"]
      ),
      (
        "first and last friday 17:00",
        ["2026-11-27T17:00:00+01:00", "2026-12-04T17:00:00+01:00", "2026-12-25T17:00:00+01:00"]
      ),
      ("every other month on the 31st 9:00", ["2026-12-31T09:00:00+01:00", "2027-08-31T09:00:00+02:00"]),
      ("every 45 minutes", ["2026-11-27T08:50:00+01:00", "2026-11-27T09:35:00+01:00"]),
      ("every 2 years on 14 feb 9:00", ["2027-02-14T09:00:00+01:00", "2029-02-14T09:00:00+01:00"]),
    ])
  func rulesCome(words: String, times: [String]) throws {
    // The occurrences of all texts, in order.
    let all = try Self.translations(words).flatMap {
      try Occurrences.next($0, from: "2026-11-27T08:05", count: times.count)
    }
    #expect(Array(Set(all).sorted().prefix(times.count)) == times)
  }

  /// Words, the present time, the zone, and the translation.
  static let clocks: [(String, String, String, String)] = [
    // The present time itself: an occurrence is strictly after it.
    ("24 december 18:00", "2026-12-24T18:00", "Europe/Berlin", "2027-12-24 18:00:00"),
    ("24 december 18:00", "2026-12-24T17:59:59.999999", "Europe/Berlin", "2026-12-24 18:00:00"),
    ("every other thursday 18:00", "2026-12-24T18:00", "Europe/Berlin", "DTSTART:20261231T180000"),
    ("this friday 8:06", "2026-11-27T08:05", "Europe/Berlin", "2026-11-27 08:06:00"),
    ("next friday 8:05", "2026-11-26T08:05", "Europe/Berlin", "2026-11-27 08:05:00"),
    // The ends of months and years, and leap days.
    ("tomorrow 0:30", "2026-12-31T23:50", "Europe/Berlin", "2027-01-01 00:30:00"),
    ("in 20 minutes", "2026-12-31T23:50", "Europe/Berlin", "2027-01-01 00:10:00"),
    ("in a month", "2027-01-31T08:05", "Europe/Berlin", "2027-02-28 08:05:00"),
    ("in 1 year", "2028-02-29T08:05", "Europe/Berlin", "2029-02-28 08:05:00"),
    ("29 february noon", "2028-02-29T12:00", "Europe/Berlin", "2032-02-29 12:00:00"),
    ("29 february noon", "2097-02-01T12:00", "Europe/Berlin", "2104-02-29 12:00:00"),
    ("tomorrow noon", "2028-02-28T12:00", "Europe/Berlin", "2028-02-29 12:00:00"),
    // The evening before the clocks go forward, and a time in the gap, which is shifted.
    ("tomorrow 2:30", "2026-03-28T20:00", "Europe/Berlin", "2026-03-29 02:30:00"),
    ("in 20 minutes", "2026-03-29T01:50", "Europe/Berlin", "2026-03-29 03:10:00"),
    ("in 8 hours", "2026-03-28T20:00", "Europe/Berlin", "2026-03-29 05:00:00"),
    ("in 1 day", "2026-03-28T20:00", "Europe/Berlin", "2026-03-29 20:00:00"),
    // The evening before the clocks go back; only UTC can express the second 02:10.
    ("in 8 hours", "2026-10-24T20:00", "Europe/Berlin", "2026-10-25 03:00:00"),
    ("in 20 minutes", "2026-10-25T00:50:00Z", "Europe/Berlin", "2026-10-25 01:10:00 UTC"),
    ("every 45 minutes", "2026-10-25T00:30:00Z", "Europe/Berlin", "DTSTART:20261025T011500Z"),
    ("in 20 minutes", "2026-10-25T01:50+02:00", "Europe/Berlin", "2026-10-25 02:10:00"),
    ("in 2 days and 1 week", "2026-10-24T20:00", "Europe/Berlin", "2026-11-02 20:00:00"),
    // A fraction of a second is rounded up, so that no reminder is early.
    ("in 20 minutes", "2026-11-27T08:05:00.25", "Europe/Berlin", "2026-11-27 08:25:01"),
    ("in an hour and five minutes", "2026-11-27T08:05", "Europe/Berlin", "2026-11-27 09:10:00"),
    ("tomorrow 9:00", "2026-11-27T20:00Z", "Pacific/Auckland", "2026-11-29 09:00:00"),
    ("tomorrow 9:00", "2011-12-29T20:00-10:00", "Pacific/Apia", "2011-12-30 09:00:00"),
  ]

  @Test("Words that count from now, on the zone's wall clock", arguments: clocks)
  func counted(words: String, now: String, zone: String, translation: String) throws {
    let found = try Self.translate(words, now: now, zone: zone)
    #expect(found.split(separator: "\n").first.map(String.init) == translation)
  }

  @Test("A single occurrence is after now", arguments: clocks)
  func once(words: String, now: String, zone: String, translation: String) throws {
    guard !translation.hasPrefix("DTSTART") else { return }
    #expect(try Occurrences.next(translation, from: now, zone: zone, count: 2).count == 1)
  }

  @Test(
    "Refused, with its place",
    arguments: [
      ("", 0..<0, "empty"), ("   ", 0..<3, "empty"), ("every friday", 12..<12, "time is missing"),
      ("tomorrow", 8..<8, "time is missing"), ("tonight", 7..<7, "time is missing"),
      ("weekdays at", 11..<11, "time is missing"), ("every fryday 19:30", 6..<12, "\"friday\"?"),
      ("  tommorow 18:00", 2..<10, "\"tomorrow\"?"), ("daily 22:00 please", 12..<18, "not a word"),
      ("täglich 22:00", 0..<8, "not a word"), ("daily 13pm", 6..<10, "12-hour clock"),
      ("daily 0 am", 6..<10, "12-hour clock"), ("daily 24", 6..<8, "no hour 24"),
      ("daily 24:00", 6..<11, "not a time of day"), ("daily 8:5", 6..<9, "not a time"),
      ("daily 20.75", 6..<11, "not a time of day"), ("daily 9 and 10 pm", 6..<7, "am or pm"),
      ("tonight at 13:00", 0..<16, "not in the evening"), ("today 8:05", 0..<10, "not ahead"),
      ("this friday 8:00", 0..<16, "not ahead"), ("14 february 2020 9:00", 0..<21, "not ahead"),
      ("every second sunday 10:00", 6..<19, "weeks or months"),
      ("on the 15th 9:00", 7..<11, "once or every month"),
      ("every 31 april 9:00", 6..<14, "no 31 April"), ("29 february 2027 9:00", 0..<2, "not a date"),
      ("32nd 9:00", 0..<4, "not a day of the month"), ("every 2th 9:00", 6..<9, "not a day of the month"),
      ("sixth sunday 9:00", 0..<12, "no month has"), ("6th sunday 9:00", 0..<10, "no month has"),
      ("6th and last friday 9:00", 0..<19, "no month has a 6th Friday"),
      ("every 0 days 9:00", 6..<7, "never comes to an end"),
      ("every 0 minutes", 6..<7, "never comes to an end"),
      ("every 15 minutes at 9", 0..<21, "around the clock"),
      ("every 2 weeks 9:00", 0..<18, "day of the week is missing"),
      ("monthly 9:00", 0..<12, "day of the month is missing"),
      ("weekly 9:00", 0..<11, "day of the week is missing"), ("yearly 9:00", 0..<11, "date is missing"),
      ("in 20", 3..<5, "unit is missing"),
      ("in 0 minutes", 0..<12, "now"),
      ("in 20 parsecs", 6..<13, "not a word"), ("in 20M", 5..<6, "months"),
      ("IN 20M", 5..<6, "months"), ("in", 2..<2, "missing"),
      ("9", 0..<1, "am or pm"), ("daily 9:00 weekly", 11..<17, "not expected"),
      ("daily", 5..<5, "time is missing"), ("Fri", 3..<3, "time is missing"),
      ("2026-12-24", 10..<10, "time is missing"), ("quarterly", 0..<9, "date is missing"),
      ("sunday night at 12", 16..<18, "am or pm"), ("every night at 2", 15..<16, "am or pm"),
      ("8:00 in the evening at 9", 20..<22, "twice"), ("13:00 in the morning", 0..<20, "not in the morning"),
      ("10.12 18:00", 0..<5, "a time or a date"), ("monday 24 december 2026 9:00", 0..<28, "is a Thursday"),
      ("tomorrow 9:00 and every friday 10:00", 0..<36, "again and again"),
      ("every hour from nine to five", 16..<20, "am or pm"),
      ("every hour from 1 to 5", 16..<22, "am or pm"), ("every hour between 6 and 12", 19..<27, "am or pm"),
      ("daily 8:00 until friday", 11..<16, "not expected"),
      ("all day 8:00", 0..<3, "not expected"), ("twenty", 0..<6, "time of day"),
      ("8 sun", 0..<1, "am or pm"), ("24/12 & 1", 6..<7, "not expected"),
      ("daily friday 9:00", 0..<17, "do not go together"),
      ("mornings nightly", 9..<16, "not expected"),
      ("every second weekend 9:00", 13..<20, "not expected"),
      ("next 9:00", 5..<9, "not expected"), ("2026-13-01 at 9", 0..<10, "not a date"),
      ("Mon..Fri 25:00", 9..<10, "hour"),
      (" *-*-32 10:00", 5..<6, "day"), ("daily 22:00 Europe/Berlin", 12..<25, "no time zone"),
      ("every fryday 22:00 Europe/Berlin", 6..<12, "\"friday\"?"), ("in 999999 years", 0..<15, "beyond"),
      ("in 9500 weeks 8:00", 0..<18, "beyond"), ("biweekly 9:00", 0..<13, "twice a week"),
      ("next week", 0..<9, "day is missing"), ("sunday 19:00, monday", 20..<20, "time is missing"),
      ("every 2 fridays 9:00", 8..<15, "not expected"), ("in 3 days 9", 3..<11, "unit is missing"),
      ("every ❤ 9:00", 6..<9, "not a word"),
    ])
  func refused(words: String, range: Range<Int>, reason: String) {
    let error = #expect(throws: ScheduleError.self) { try Self.translate(words) }
    #expect(error?.range == range)
    #expect(error.map { "\($0.reason)".contains(reason) } == true, "\(error?.reason ?? "")")
    #expect(error?.accepted.isEmpty == false)
  }

  @Test(
    "A calendar expression of days alone asks for the time, and what it proposes is accepted",
    arguments: [
      ("Mon..Fri", "Mon..Fri 09:00"), ("*-*-01", "*-*-01 09:00"), ("*-*~1", "*-*~1 09:00"),
      ("semiannually", "*-01,07-01 09:00"), ("daily Europe/Berlin", "*-*-* 09:00 Europe/Berlin"),
      ("Sat,Sun UTC", "Sat,Sun 09:00 UTC"), ("weekly UTC", "Mon 09:00 UTC"),
      ("Mon 2026/2-*-01", "Mon 2026/2-*-01 09:00"),
    ])
  func daysAlone(words: String, proposal: String) throws {
    let error = #expect(throws: ScheduleError.self) { try Self.translate(words) }
    #expect(error?.reason.contains("time is missing") == true)
    #expect(error?.accepted == "\"\(proposal)\", for example")
    #expect(try Self.translate(proposal) == proposal)
  }

  @Test(
    "No jumble of known words crashes it, and each result is a schedule",
    arguments: 0..<8 as Range<UInt64>)
  func jumbles(round: UInt64) throws {
    let words =
      try Self.documentedRows().flatMap { $0.words.split { " ".contains($0) }.map(String.init) }
      + ["2027", "second", "0", "of", "the", "month", "999999", "-", ",", "am", "a", "year", "31st"]
    var random = ExpressionGenerator(seed: ExpressionGenerator.firstSeed + round)
    let zones = TestZones.all()
    let zone = try zones.zone(named: "Europe/Berlin")
    let now = try #require(Instant(parsing: "2026-11-27T08:05", in: zone))
    var understood = 0
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 1...5, using: &random))
        .map { _ in words[Int.random(in: words.indices, using: &random)] }.joined(separator: " ")
      do throws(ScheduleError) {
        let translations = try PlainWords.schedules(from: text, now: now, in: zone)
        for translation in translations { _ = try Schedule(parsing: translation, zones: zones) }
        understood += 1
        guard translations.count == 1, let translation = translations.first else { continue }
        let schedule = try Schedule(parsing: translation, zones: zones)
        // Words for days have an occurrence after now, unless the text is one of the schedule language.
        guard translation != text else { continue }
        #expect(schedule.next(after: now, in: zone) != nil, "\(text): \(translation)")
        // A first day that is said may lie before now.
        guard translation.hasPrefix("DTSTART:"), !text.contains("starting") else { continue }
        #expect(
          schedule.next(after: now, in: zone) == Self.start(of: translation, in: zone),
          "\(text): \(translation)")
      } catch {
        #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.utf8.count, "\(text)")
        #expect(!error.reason.isEmpty && !error.accepted.isEmpty, "\(text)")
      }
    }
    #expect(understood > 25, "seed \(ExpressionGenerator.firstSeed + round)")
  }
}
