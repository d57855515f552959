import CivilTime
import Schedules
import Testing
import ZoneRig

/// BYSETPOS against counting: the search finds occurrences by number.
@Suite("Positions in a set", .timeLimit(.minutes(5)))
struct PositionTests {
  static let rules = [
    ("FREQ=MINUTELY;INTERVAL=7", "BYSECOND=0,5,17,40,59"),
    ("FREQ=HOURLY;INTERVAL=5", "BYMINUTE=3,30,45;BYSECOND=0,9"),
    ("FREQ=HOURLY", "BYHOUR=1,2,22;BYMINUTE=0,59;BYDAY=MO,WE"), ("FREQ=DAILY", "BYHOUR=8,9,20;BYMINUTE=0,15"),
    ("FREQ=DAILY;INTERVAL=3", "BYHOUR=0,23;BYMONTH=2,3"), ("FREQ=WEEKLY", "BYDAY=MO,WE,SU;BYHOUR=7,19"),
    ("FREQ=WEEKLY;WKST=SU", "BYDAY=SU,TU,SA;BYMONTH=1,12"), ("FREQ=WEEKLY;INTERVAL=2", "BYDAY=TU,TH"),
    ("FREQ=MONTHLY", "BYDAY=MO,TU,WE,TH,FR"),
    ("FREQ=MONTHLY;INTERVAL=5", "BYMONTHDAY=1,15,29,31,-1;BYHOUR=6,7"),
    ("FREQ=YEARLY", "BYMONTH=2,3;BYMONTHDAY=28,29,1,2"), ("FREQ=YEARLY", "BYWEEKNO=1,52,53;BYDAY=MO,SU"),
    ("FREQ=YEARLY;INTERVAL=3", "BYYEARDAY=1,60,366,-1;BYHOUR=0,12"), ("FREQ=YEARLY", "BYDAY=1MO,-1FR,SU"),
  ]

  @Test("The search finds the positions that counting finds, forwards and backwards", arguments: rules)
  func agree(rule: (head: String, sets: String)) throws {
    let start = "DTSTART:20240115T031500\n"
    let all = try Schedule(parsing: start + "RRULE:\(rule.head);\(rule.sets)", zones: TestZones.all())
    // The sets of the first and last period may be cut here, so they are left out.
    let from = try #require(Instant(parsing: "2025-01-01", in: .utc))
    let ends = [
      "MINUTELY": "2025-01-04", "HOURLY": "2025-01-20", "DAILY": "2025-04-01", "WEEKLY": "2027-01-01",
      "MONTHLY": "2028-01-01", "YEARLY": "2060-01-01",
    ]
    let end = try #require(ends.first { rule.head.contains("=" + $0.key) }?.value)
    let to = try #require(Instant(parsing: end, in: .utc))
    let isFromSunday = rule.head.contains("WKST=SU")
    var sets: [Int64: [Instant]] = [:]
    var keys: [Int64] = []
    var point = from
    while let next = all.next(after: point, in: .utc), next < to {
      let key = Self.period(
        of: next, rule.head, isFromSunday: isFromSunday, countsWeeks: rule.sets.contains("BYWEEKNO"))
      if sets[key] == nil { keys.append(key) }
      sets[key, default: []].append(next)
      point = next
    }
    keys = Array(keys.dropFirst().dropLast())
    let first = try #require(keys.first.flatMap { sets[$0]?.first })
    let last = try #require(keys.last.flatMap { sets[$0]?.last })
    for positions in [[1], [-1], [2, -2], [1, 3, -1], [-3, 5], [7], [-4, 4, 6]] {
      let text = positions.map(String.init).joined(separator: ",")
      let picked = try Schedule(
        parsing: start + "RRULE:\(rule.head);\(rule.sets);BYSETPOS=\(text)", zones: TestZones.all())
      let expected = keys.flatMap { key -> [Instant] in
        let set = sets[key] ?? []
        let numbers = Set(positions.map { $0 > 0 ? $0 - 1 : set.count + $0 }).filter(set.indices.contains)
        return numbers.sorted().map { set[$0] }
      }
      var forwards: [Instant] = []
      var point = first.advanced(byMicroseconds: -1)
      while let next = picked.next(after: point, in: .utc), next <= last {
        forwards.append(next)
        point = next
      }
      #expect(forwards == expected, "BYSETPOS=\(text)")
      var backwards: [Instant] = []
      point = last.advanced(byMicroseconds: 1)
      while let previous = picked.previous(before: point, in: .utc), previous >= first {
        backwards.append(previous)
        point = previous
      }
      #expect(backwards.reversed() == expected, "BYSETPOS=\(text)")
    }
  }

  /// A number that the times of one period share, and no others.
  private static func period(of instant: Instant, _ head: String, isFromSunday: Bool, countsWeeks: Bool)
    -> Int64
  {
    let second = instant.microseconds / 1_000_000
    // 1970-01-01 was a Thursday.
    let week = (second / 86_400 + (isFromSunday ? 4 : 3)) / 7
    let date = Zone.utc.local(at: instant).civil.date
    if head.contains("MINUTELY") { return second / 60 }
    if head.contains("HOURLY") { return second / 3600 }
    if head.contains("DAILY") { return second / 86_400 }
    if head.contains("WEEKLY") { return week }
    if head.contains("MONTHLY") { return Int64(date.year * 12 + date.month) }
    guard countsWeeks else { return Int64(date.year) }
    // The year of a week is that of its Thursday (ISO 8601).
    return Int64(Zone.utc.local(at: Instant(seconds: (week * 7 - 3 + 3) * 86_400)).civil.date.year)
  }
}
