import CivilTime
import DesktopRig
import ScheduleRig
import Schedules
import Testing
import ZoneRig

/// python-dateutil as the judge of random recurrence rules.
@Suite("Recurrence rules, as python-dateutil understands them", .timeLimit(.minutes(5)))
struct DateutilTests {
  static let seed: UInt64 = 5545
  static let roundSize = 180

  struct Case: Sendable {
    let start: String
    let rule: String
  }

  @Test("The same times on a wall clock", arguments: 0..<10 as Range<UInt64>)
  func agrees(round: UInt64) async throws {
    var random = RuleGenerator(seed: Self.seed + round)
    let cases = (0..<Self.roundSize).map { _ in Case(start: random.start(), rule: random.rule()) }
    let answers = try await Self.judge(cases)
    var compared = 0
    for (rule, answer) in zip(cases, answers) {
      let label = "DTSTART:\(rule.start) RRULE:\(rule.rule), seed \(Self.seed + round)"
      let ours = try Self.times(rule, count: Self.listed)
      guard !["slow", "failed"].contains(answer), !Self.isItsMistake(rule.rule) else { continue }
      let theirs = answer.split(separator: " ").map(String.init)
      // dateutil continues to the year 9999.
      let until2199 = Array(theirs.prefix { $0 < "2200" })
      #expect(ours == until2199, "\(label)")
      compared += 1
    }
    #expect(compared >= 100, "dateutil judged too few, seed \(Self.seed + round)")
  }

  private static let listed = 12

  /// True if dateutil breaks the RFC.
  private static func isItsMistake(_ rule: String) -> Bool {
    // "Each BYDAY value": dateutil takes the intersection of numbered and plain weekdays, and not the union.
    let days =
      rule.split(separator: ";").first { $0.hasPrefix("BYDAY=") }?.dropFirst(6)
      .split(separator: ",") ?? []
    let numbered = days.count { $0.utf8.count > 2 }
    if numbered > 0, numbered < days.count { return true }
    // "The set of recurrence instances specified by the rule" is that of the whole first week, not from the
    // start on.
    if rule.hasPrefix("FREQ=WEEKLY"), rule.contains("BYSETPOS") { return true }
    // A week belongs to the year with most of its days. dateutil leaves out its days in the other year.
    return rule.contains("BYWEEKNO")
  }

  private static func times(_ rule: Case, count: Int) throws -> [String] {
    let zones = TestZones.all()
    let schedule = try Schedule(parsing: "DTSTART:\(rule.start)\nRRULE:\(rule.rule)", zones: zones)
    let again = try Schedule(parsing: schedule.normalized[0], zones: zones)
    #expect(again.normalized == schedule.normalized)
    var instant = Instant(seconds: 0)
    var found: [String] = []
    while found.count < count, let next = schedule.next(after: instant, in: .utc) {
      #expect(next > instant)
      #expect(again.next(after: instant, in: .utc) == next, "\(schedule.normalized)")
      #expect(schedule.previous(before: next.advanced(byMicroseconds: 1), in: .utc) == next, "\(rule)")
      if !found.isEmpty { #expect(schedule.previous(before: next, in: .utc) == instant, "\(rule)") }
      found.append(Zone.utc.local(at: next).civil.formatted.filter { $0 != "-" && $0 != ":" })
      instant = next
    }
    if let first = found.first { #expect(first >= rule.start) }
    return found
  }

  private static func judge(_ cases: [Case]) async throws -> [String] {
    let script = try #require(#filePath.firstRange(of: "DateutilTests.swift"))
    let folder = #filePath[..<script.lowerBound]
    let python = "/usr/bin/python3"
    let input = cases.map { "\($0.start) \($0.rule) \(listed)\n" }.joined()
    let output = try await ChildProcess.run(
      python, ["\(folder)Oracles/dateutil_rules.py"], environment: ["LANG": "C.UTF-8"], input: input)
    let lines = output.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try #require(lines.count == cases.count + 1, "dateutil: \(output.errors)")
    return lines
  }
}
