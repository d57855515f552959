import CivilTime
import Schedules
import Testing
import ZoneRig

/// The examples of RFC 5545, section 3.8.5.3, in its order. They are in the zone of New York, and at 9:00 by
/// default.
@Suite("The examples of RFC 5545", .timeLimit(.minutes(5)))
struct RFC5545ExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let start: String
    let rule: String
    /// `1997-09 2,3,4; 1997-10 1`
    let expected: String
    /// True if the list is complete.
    let isWhole: Bool
    let exception: String?

    init(
      _ start: String, _ rule: String, _ expected: String, isWhole: Bool = true,
      except exception: String? = nil
    ) {
      self.start = start
      self.rule = rule
      self.expected = expected
      self.isWhole = isWhole
      self.exception = exception
    }

    var testDescription: String { rule }
  }

  static let examples: [Example] = [
    .init("19970902", "FREQ=DAILY;COUNT=10", "1997-09 2,3,4,5,6,7,8,9,10,11"),
    .init(
      "19970902", "FREQ=DAILY;INTERVAL=2", "1997-09 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30; 1997-10 2,4,6",
      isWhole: false),
    .init("19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09 2,12,22; 1997-10 2,12"),
    .init(
      "19980101", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
      "1998-01 1..31; 1999-01 1..31; 2000-01 1..31"),
    .init(
      "19980101", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01 1..31; 1999-01 1..31; 2000-01 1..31"
    ),
    .init(
      "19970902", "FREQ=WEEKLY;COUNT=10", "1997-09 2,9,16,23,30; 1997-10 7,14,21,28; 1997-11 4"),
    .init(
      "19970902", "FREQ=WEEKLY;UNTIL=19971224T000000Z",
      "1997-09 2,9,16,23,30; 1997-10 7,14,21,28; 1997-11 4,11,18,25; 1997-12 2,9,16,23"),
    .init(
      "19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
      "1997-09 2,16,30; 1997-10 14,28; 1997-11 11,25; 1997-12 9,23; 1998-01 6,20; 1998-02 3,17",
      isWhole: false),
    .init(
      "19970902", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
      "1997-09 2,4,9,11,16,18,23,25,30; 1997-10 2"),
    .init(
      "19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09 2,4,9,11,16,18,23,25,30; 1997-10 2"),
    .init(
      "19970901", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
      "1997-09 1,3,5,15,17,19,29; 1997-10 1,3,13,15,17,27,29,31; 1997-11 10,12,14,24,26,28; 1997-12 8,10,12,22"
    ),
    .init(
      "19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
      "1997-09 2,4,16,18,30; 1997-10 2,14,16"),
    .init(
      "19970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
      "1997-09 5; 1997-10 3; 1997-11 7; 1997-12 5; 1998-01 2; 1998-02 6; 1998-03 6; 1998-04 3; 1998-05 1; 1998-06 5"
    ),
    .init(
      "19970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
      "1997-09 5; 1997-10 3; 1997-11 7; 1997-12 5"),
    .init(
      "19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
      "1997-09 7,28; 1997-11 2,30; 1998-01 4,25; 1998-03 1,29; 1998-05 3,31"),
    .init(
      "19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
      "1997-09 22; 1997-10 20; 1997-11 17; 1997-12 22; 1998-01 19; 1998-02 16"),
    .init(
      "19970928", "FREQ=MONTHLY;BYMONTHDAY=-3",
      "1997-09 28; 1997-10 29; 1997-11 28; 1997-12 29; 1998-01 29; 1998-02 26", isWhole: false),
    .init(
      "19970902", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
      "1997-09 2,15; 1997-10 2,15; 1997-11 2,15; 1997-12 2,15; 1998-01 2,15"),
    .init(
      "19970930", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
      "1997-09 30; 1997-10 1,31; 1997-11 1,30; 1997-12 1,31; 1998-01 1,31; 1998-02 1"),
    .init(
      "19970910", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
      "1997-09 10,11,12,13,14,15; 1999-03 10,11,12,13"),
    .init(
      "19970902", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
      "1997-09 2,9,16,23,30; 1997-11 4,11,18,25; 1998-01 6,13,20,27; 1998-03 3,10,17,24,31", isWhole: false),
    .init(
      "19970610", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
      "1997-06 10; 1997-07 10; 1998-06 10; 1998-07 10; 1999-06 10; 1999-07 10; 2000-06 10; 2000-07 10; 2001-06 10; 2001-07 10"
    ),
    .init(
      "19970310", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
      "1997-03 10; 1999-01 10; 1999-02 10; 1999-03 10; 2001-01 10; 2001-02 10; 2001-03 10; 2003-01 10; 2003-02 10; 2003-03 10"
    ),
    .init(
      "19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
      "1997-01 1; 1997-04 10; 1997-07 19; 2000-01 1; 2000-04 9; 2000-07 18; 2003-01 1; 2003-04 10; 2003-07 19; 2006-01 1"
    ),
    .init("19970519", "FREQ=YEARLY;BYDAY=20MO", "1997-05 19; 1998-05 18; 1999-05 17", isWhole: false),
    .init(
      "19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05 12; 1998-05 11; 1999-05 17", isWhole: false),
    .init(
      "19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
      "1997-03 13,20,27; 1998-03 5,12,19,26; 1999-03 4,11,18,25", isWhole: false),
    .init(
      "19970605", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
      "1997-06 5,12,19,26; 1997-07 3,10,17,24,31; 1997-08 7,14,21,28; 1998-06 4,11,18,25; 1998-07 2,9,16,23,30; 1998-08 6,13,20,27; 1999-06 3,10,17,24",
      isWhole: false),
    .init(
      "19970902", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
      "1998-02 13; 1998-03 13; 1998-11 13; 1999-08 13; 2000-10 13", isWhole: false,
      except: "EXDATE;TZID=America/New_York:19970902T090000"),
    .init(
      "19970913", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
      "1997-09 13; 1997-10 11; 1997-11 8; 1997-12 13; 1998-01 10; 1998-02 7; 1998-03 7; 1998-04 11; 1998-05 9; 1998-06 13",
      isWhole: false),
    .init(
      "19961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
      "1996-11 5; 2000-11 7; 2004-11 2", isWhole: false),
    .init("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09 4; 1997-10 7; 1997-11 6"),
    .init(
      "19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
      "1997-09 29; 1997-10 30; 1997-11 27; 1997-12 30; 1998-01 29; 1998-02 26; 1998-03 30", isWhole: false),
    .init("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08 5,10,19,24"),
    .init("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08 5,17,19,31"),
    .init(
      "20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01 15,30; 2007-02 15; 2007-03 15,30"),
  ]

  @Test("Days", arguments: examples)
  func days(example: Example) throws {
    let expected = Self.days(example.expected).map { $0 + "T09:00:00" }
    let lines = [Self.start(example.start + "T090000"), "RRULE:" + example.rule, example.exception]
    let found = try Self.times(lines.compactMap(\.self), count: expected.count + (example.isWhole ? 1 : 0))
    #expect(found == expected)
  }

  @Test(
    "Times of day",
    arguments: [
      (
        // "From 9:00 AM to 5:00 PM": the RFC's own UNTIL is 17:00 in UTC, which is 13:00 in New York.
        "19970902T090000", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z",
        ["1997-09-02T09:00:00", "1997-09-02T12:00:00", "1997-09-02T15:00:00"]
      ),
      (
        "19970902T090000", "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
        [
          "1997-09-02T09:00:00", "1997-09-02T09:15:00", "1997-09-02T09:30:00", "1997-09-02T09:45:00",
          "1997-09-02T10:00:00", "1997-09-02T10:15:00",
        ]
      ),
      (
        "19970902T090000", "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
        ["1997-09-02T09:00:00", "1997-09-02T10:30:00", "1997-09-02T12:00:00", "1997-09-02T13:30:00"]
      ),
    ])
  func times(start: String, rule: String, expected: [String]) throws {
    let found = try Self.times([Self.start(start), "RRULE:" + rule], count: expected.count + 1)
    #expect(found == expected)
  }

  @Test("Every 20 minutes from 9:00 to 16:40, written in two ways")
  func everyTwentyMinutes() throws {
    let start = Self.start("19970902T090000")
    let daily = try Self.times(
      [start, "RRULE:FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40"], count: 72)
    let minutely = try Self.times(
      [start, "RRULE:FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"], count: 72)
    #expect(daily == minutely)
    #expect(daily.prefix(3) == ["1997-09-02T09:00:00", "1997-09-02T09:20:00", "1997-09-02T09:40:00"])
    #expect(daily[23] == "1997-09-02T16:40:00")
    #expect(daily[24] == "1997-09-03T09:00:00")
  }

  private static func start(_ time: String) -> String { "DTSTART;TZID=America/New_York:" + time }

  /// The dates of `1997-09 2,3; 1998-01 1..31`.
  private static func days(_ text: String) -> [String] {
    text.split(separator: ";").flatMap { part -> [String] in
      let words = part.split(separator: " ")
      return words[1].split(separator: ",").flatMap { item -> [String] in
        let ends = item.split(separator: ".").compactMap { Int($0) }
        return (ends[0]...ends[ends.count - 1]).map { "\(words[0])-" + ($0 < 10 ? "0\($0)" : "\($0)") }
      }
    }
  }

  /// The first times of a schedule, in its own zone.
  static func times(_ lines: [String], count: Int) throws -> [String] {
    let zones = TestZones.all()
    let zone = try zones.zone(named: "America/New_York")
    let schedule = try Schedule(parsing: lines.joined(separator: "\n"), zones: zones)
    var instant = Instant(seconds: 0)
    var found: [String] = []
    while found.count < count, let next = schedule.next(after: instant, in: .utc) {
      #expect(schedule.previous(before: next.advanced(byMicroseconds: 1), in: .utc) == next)
      found.append(zone.local(at: next).civil.formatted)
      instant = next
    }
    return found
  }
}
