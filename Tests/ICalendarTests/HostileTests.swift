import CivilTime
import ICalendar
import Schedules
import Testing

/// Inputs that once ended the process or kept it busy: arithmetic with a number before its range was checked,
/// access to a missing piece of a text, and work that grows with a number in the text.
@Suite("Calendar files with large numbers", .timeLimit(.minutes(5)))
struct HostileTests {
  /// Numbers at the limits of integers, and beyond them.
  static let edges = [
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551616",
    "4294967296",
    "2147483647", "-2147483648", "999999999", "-999999999", "-1", "0", "-0", "+", "-", "",
    String(repeating: "9", count: 3000),
  ]

  @Test("Numbers of any size in every property that has one", arguments: edges)
  func numbers(number: String) throws {
    let parts = [
      "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR",
      "BYMINUTE", "BYSECOND", "BYSETPOS", "WKST", "FREQ", "",
    ]
    var lines = parts.flatMap { part in
      ["YEARLY", "DAILY"].map {
        "DTSTART:20261127T193000\nRRULE:FREQ=\($0);BYMINUTE=0;\(part)=\(number)"
      }
    }
    lines += parts.map { "DTSTART:20261127T193000\nRRULE:FREQ=YEARLY;BYDAY=MO;\($0)=\(number)SU,\(number)" }
    for unit in ["W", "D", "TH", "TM", "TS"] {
      let length = "P\(unit.dropLast())\(number)\(unit.suffix(1))"
      lines.append("DTSTART:20261127T193000\nDURATION:\(length)")
      for trigger in [length, "-" + length] {
        lines.append(
          """
          DTSTART:20261127T193000
          BEGIN:VALARM
          ACTION:DISPLAY
          TRIGGER:\(trigger)
          REPEAT:\(number)
          DURATION:\(length)
          END:VALARM
          """)
      }
    }
    lines += ["DTSTART:\(number)", "DTSTART:20261127T193000\nEXDATE:\(number)\nSEQUENCE:\(number)"]
    for line in lines { follow(Samples.event(line)) }
  }

  @Test("Numbers of any size in a time zone of the file's own", arguments: edges)
  func zones(number: String) {
    for rule in [
      "BYMONTH=\(number);BYDAY=-1SU", "BYMONTH=10;BYDAY=\(number)SU",
      "BYMONTH=10;BYDAY=SU;BYMONTHDAY=\(number)",
      "BYMONTH=10;BYDAY=SU;BYMONTHDAY=1,\(number)", "BYMONTH=10;BYDAY=-1SU;INTERVAL=\(number)",
    ] {
      for offset in ["+0100", number, "+" + number] {
        let zone = """
          BEGIN:VTIMEZONE
          TZID:Ours
          BEGIN:STANDARD
          DTSTART:19701025T030000
          TZOFFSETFROM:\(offset)
          TZOFFSETTO:\(offset)
          RRULE:FREQ=YEARLY;\(rule)
          END:STANDARD
          END:VTIMEZONE
          """
        follow(Samples.file(zone + "\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Ours:20261127T193000\nEND:VEVENT"))
      }
    }
  }

  @Test(
    "Parts of a rule without a name, a value or either",
    arguments: [
      "=", ";", ";=", "=;", "==", "FREQ", "FREQ=", "=DAILY", "FREQ=DAILY;=", "FREQ=DAILY;COUNT", ";;;",
    ])
  func parts(rule: String) {
    follow(Samples.event("DTSTART:20261127T193000\nRRULE:\(rule)"))
  }

  @Test("A duration of thousands of parts is no duration, and its event stays")
  func durations() throws {
    for sign in ["", "-", "+"] {
      let endless = "\(sign)P" + String(repeating: "999999999W", count: 20_000)
      let bytes = Samples.event(
        "DTSTART:20261127T193000\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:\(endless)\nEND:VALARM")
      #expect(try rituals(bytes).map(\.lead) == [nil])
    }
  }

  /// A rule for each second of a day with BYSETPOS and COUNT, which once took 0.4 s to refuse.
  @Test("Rules that occur too often are refused before counting")
  func pace() throws {
    let positions = (1...366).map { "\($0),-\($0)" }.joined(separator: ",")
    func list(_ end: Int) -> String { (0..<end).map(String.init).joined(separator: ",") }
    let rule =
      "FREQ=DAILY;BYHOUR=\(list(24))"
      + ";BYMINUTE=\(list(60));BYSECOND=\(list(60));BYSETPOS=\(positions);COUNT=5000"
    let events = (0..<290).map {
      "BEGIN:VEVENT\nUID:\($0)\nDTSTART:20261127T000000\nRRULE:\(rule)\nEND:VEVENT"
    }
    let zones = calendarZones()
    let file = try CalendarFile(parsing: Samples.file(events.joined(separator: "\n")), zones: zones)
    #expect(file.series.count == 290)
    for series in file.series {
      let error = #expect(throws: ICalendarError.self) { try series.rituals(zones: zones) }
      #expect(error?.reason.contains("too often") == true)
    }
  }

  /// A rule just rare enough to be accepted: BYSETPOS does not visit the occurrences between.
  @Test("Rules that pick from long sets by number are searched without visiting the whole set")
  func positions() throws {
    let positions = (1...366).map { "\($0),-\($0)" }.joined(separator: ",")
    let hours = (0..<24).map(String.init).joined(separator: ",")
    let rule =
      "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=\(hours);BYMINUTE=0;BYSETPOS=\(positions);COUNT=5000"
    let events = (0..<10).map {
      "BEGIN:VEVENT\nUID:\($0)\nDTSTART:20260101T000000\nRRULE:\(rule)\nEND:VEVENT"
    }
    let zones = calendarZones()
    let file = try CalendarFile(parsing: Samples.file(events.joined(separator: "\n")), zones: zones)
    let rituals = try file.series.flatMap { try $0.rituals(zones: zones) }
    #expect(rituals.count == 10)
    // There are 732 a year: the 5,000th is the 608th of the seventh year.
    let late = try #require(Instant(parsing: "2040-01-01", in: .utc))
    let last = try #require(Instant(parsing: "2032-12-26T19:00:00", in: .utc))
    for ritual in rituals { #expect(ritual.schedule.previous(before: late, in: .utc) == last) }
  }

  private let zones = calendarZones()

  /// Parses a file and searches its schedules. The test passes if the process survives.
  private func follow(_ bytes: [UInt8]) {
    guard let file = try? CalendarFile(parsing: bytes, zones: zones) else { return }
    for series in file.series {
      for ritual in (try? series.rituals(zones: zones)) ?? [] {
        var point = Instant(seconds: 1_795_000_000)
        for _ in 0..<3 {
          guard let next = ritual.schedule.next(after: point, in: .utc) else { break }
          #expect(next > point)
          point = next
        }
      }
    }
  }
}
