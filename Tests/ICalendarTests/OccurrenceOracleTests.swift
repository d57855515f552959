import CivilTime
import ICalendar
import Schedules
import SystemZones
import Testing

/// Random series with dates added, left out and moved, compared with recurring-ical-events.
@Suite("Series, as recurring-ical-events understands them", .timeLimit(.minutes(3)))
struct OccurrenceOracleTests {
  static let seed: UInt64 = 9074

  @Test(
    "The same instants of a year",
    .enabled(if: Oracle.isThere, Oracle.absence), arguments: 0..<4 as Range<UInt64>)
  func agrees(round: UInt64) async throws {
    var dice = Dice(seed: Self.seed + round)
    let calendars = (0..<60).map { _ in Self.calendar(&dice) }
    let answers = try await Oracle.answers("occurrences.py", calendars)
    var compared = 0
    for (calendar, answer) in zip(calendars, answers) {
      guard !answer.hasPrefix("failed") else { continue }
      compared += 1
      #expect(
        try Self.starts(calendar) == answer,
        "seed \(Self.seed + round)\n\(String(decoding: calendar, as: UTF8.self))")
    }
    #expect(compared > 50, "it judged too few: \(answers.filter { $0.hasPrefix("failed") }.prefix(3))")
  }

  private static func starts(_ bytes: [UInt8]) throws -> String {
    let zone = Zone.utc
    let begin = try #require(Instant(parsing: "2026-11-01", in: zone))
    let end = try #require(Instant(parsing: "2027-11-01", in: zone))
    var found: Set<Instant> = []
    // Both read the zone files of the machine.
    let zones = CalendarZones(SystemZones(environment: { _ in nil }), year: 2026)
    for ritual in try rituals(bytes, zones) {
      var point = begin.advanced(byMicroseconds: -1)
      while let next = ritual.schedule.next(after: point, in: zone), next < end {
        found.insert(next)
        point = next
      }
    }
    return found.sorted().map { $0.formatted(in: zone).prefix(19).filter { $0 != "-" && $0 != ":" } + "Z" }
      .joined(separator: " ")
  }

  /// DD is the weekday of the start, N its place in the month, D the day. The start fits the rule: programs
  /// disagree on whether other starts are occurrences.
  private static let rules = [
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY",
    "FREQ=YEARLY",
    "FREQ=WEEKLY;BYDAY=DD", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=DD,MO", "FREQ=MONTHLY;BYDAY=NDD",
    "FREQ=MONTHLY;BYMONTHDAY=D,-1", "FREQ=YEARLY;BYMONTH=1,3,11,12;BYDAY=NDD",
    "FREQ=MONTHLY;BYDAY=NDD;INTERVAL=2",
  ]

  private static func calendar(_ dice: inout Dice) -> [UInt8] {
    let zone = dice.pick(["Europe/Berlin", "America/New_York", "UTC"])
    let day = CivilDate(daysSinceEpoch: 20_700 + Int.random(in: 0..<90, using: &dice))
    let hour = Int.random(in: 5..<23, using: &dice)
    func text(_ date: CivilDate, _ hour: Int) -> String {
      let digits = [date.month, date.day].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
      let time = "\(date.year)\(digits)T\(hour < 10 ? "0" : "")\(hour)3000"
      return zone == "UTC" ? ":\(time)Z" : ";TZID=\(zone):\(time)"
    }
    let letters = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.weekday.rawValue - 1]
    var rule = dice.pick(rules).replacing("NDD", with: "\((day.day - 1) / 7 + 1)\(letters)")
      .replacing("DD", with: letters).replacing("=D,", with: "=\(day.day),")
    if rule.hasPrefix("FREQ=YEARLY;"), ![1, 3, 11, 12].contains(day.month) { rule = "FREQ=YEARLY" }
    switch dice.pick([0, 1, 2]) {
    case 0: rule += ";COUNT=\(Int.random(in: 1..<40, using: &dice))"
    case 1: rule += ";UNTIL=2027\(dice.pick(["0115", "0428", "0930"]))T120000Z"
    default: break
    }
    var lines = ["DTSTART\(text(day, hour))", "RRULE:\(rule)", "SUMMARY:Dinner"]
    // Weekly dates of the same weekday, some of which are occurrences. recurring-ical-events sometimes loses
    // one of two on the same day, so a date is added a day later.
    func other(_ later: Int = 0) -> CivilDate {
      CivilDate(daysSinceEpoch: day.daysSinceEpoch + 7 * Int.random(in: 1..<30, using: &dice) + later)
    }
    for _ in 0..<dice.pick([0, 1, 3]) { lines.append("EXDATE\(text(other(), hour))") }
    for _ in 0..<dice.pick([0, 0, 2]) { lines.append("RDATE\(text(other(1), hour + 1))") }
    return Samples.event(lines.joined(separator: "\n"))
  }
}
