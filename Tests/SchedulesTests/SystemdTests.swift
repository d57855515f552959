import CivilTime
import DesktopRig
import ScheduleRig
import Schedules
import SystemZones
import Testing

/// `systemd-analyze calendar` as the judge of random expressions.
@Suite("Calendar expressions, as systemd understands them")
struct SystemdTests {
  static let seed: UInt64 = 252

  struct Stage: Sendable, CustomTestStringConvertible {
    let zone: String
    let base: String
    let seed: UInt64
    var testDescription: String { "\(zone) from \(base), seed \(seed)" }
  }

  /// Days with a change of the clock or the calendar.
  static let stages: [Stage] = [
    ("Europe/Berlin", "2026-03-28 12:00:00"), ("Europe/Berlin", "2026-10-24 12:00:00"),
    ("America/New_York", "2026-03-07 20:00:00"), ("America/New_York", "2026-10-31 20:00:00"),
    ("Australia/Lord_Howe", "2026-04-04 12:00:00"), ("Australia/Lord_Howe", "2026-10-03 12:00:00"),
    ("America/Sao_Paulo", "2018-11-03 12:00:00"), ("America/Sao_Paulo", "2019-02-16 12:00:00"),
    ("Africa/Casablanca", "2026-02-14 12:00:00"), ("Africa/Casablanca", "2026-03-21 12:00:00"),
    ("Pacific/Apia", "2011-12-29 12:00:00"), ("Asia/Kathmandu", "2026-11-27 08:05:00"),
    ("UTC", "2027-12-31 23:59:59"), ("UTC", "2028-02-28 23:00:00"), ("Europe/Berlin", "2027-12-31 22:00:00"),
    ("Europe/Dublin", "2026-03-28 12:00:00"), ("Asia/Tehran", "2022-03-21 12:00:00"),
    ("Europe/Berlin", "2096-02-28 12:00:00"), ("UTC", "1999-12-31 23:00:00"),
    ("Antarctica/Troll", "2026-03-28 12:00:00"),
  ].enumerated().map { Stage(zone: $1.0, base: $1.1, seed: seed + UInt64($0)) }

  @Test(
    "Both formats of its versions are read", arguments: ["   Iter. #2", "Iteration #2"])
  func printed(label: String) throws {
    let said = """
        Original form: Mon 08:05
      Normalized form: Mon *-*-* 08:05:00
          Next elapse: Mon 2026-11-30 08:05:00 CET
             (in UTC): Mon 2026-11-30 07:05:00 UTC
             From now: 1 day 23h left
         \(label): Mon 2026-12-07 08:05:00 CET
             (in UTC): Mon 2026-12-07 07:05:00 UTC
             From now: 1 week 1 day left
      """
    let times = try ["2026-11-30T07:05:00Z", "2026-12-07T07:05:00Z"].map {
      try #require(Instant(parsing: $0, in: .utc))
    }
    let judgement = Judgement(normalized: "Mon *-*-* 08:05:00", times: times)
    #expect(try Judgement.read(said) == ["Mon 08:05": judgement])
  }

  @Test("The same normal form and the same times, apart from skipped and repeated ones", arguments: stages)
  func agrees(stage: Stage) async throws {
    var random = ExpressionGenerator(seed: stage.seed)
    let texts = (0..<110).map { _ in random.expression() }
    // systemd and the test both read the zone files of the machine.
    let zones = SystemZones(environment: { _ in nil })
    let zone = try zones.zone(named: stage.zone)
    let base = try #require(Instant(parsing: stage.base, in: zone))
    let judged = try await Judgement.of(texts, zone: stage.zone, base: stage.base)
    var compared = 0
    for (text, verdict) in zip(texts, judged) {
      let ours = try? CalendarExpression(parsing: text, zones: zones)
      switch verdict {
      case .understood(let judgement):
        #expect(ours?.normalized == judgement.normalized, "\(text) in \(stage.zone), seed \(stage.seed)")
        if let ours { try compare(ours, judgement, text, stage, base, zone) }
        compared += 1
      case .refused: #expect(ours == nil, "\(text), seed \(stage.seed)")
      case .none: continue
      }
    }
    #expect(compared > 80, "systemd judged too few, seed \(stage.seed)")
  }

  @Test(
    "A time without its line in UTC counts by its offset, and never by an abbreviation",
    arguments: [
      ("+01", "14:00:34"), ("-0330", "18:30:34"), ("+00", "15:00:34"), ("UTC", "15:00:34"), ("WEST", nil),
    ] as [(String, String?)])
  func local(clock: String, utc: String?) throws {
    let said = "Normalized form: *-*-* 15:00:34\n    Next elapse: Sat 2026-02-14 15:00:34 \(clock)\n"
    let times = try utc.map { try #require(Instant(parsing: "2026-02-14T\($0)Z", in: .utc)) }
    #expect(try Judgement.read(said)["*-*-* 15:00:34"]?.times == [times].compactMap(\.self))
  }

  /// True if systemd and this package must agree. They may differ in a gap, where systemd has no occurrence,
  /// and in a fold, where systemd may take the second time.
  private func compare(
    _ ours: CalendarExpression, _ judgement: Judgement, _ text: String, _ stage: Stage, _ base: Instant,
    _ zone: Zone
  ) throws {
    var instant = base
    var comparable: [Instant] = []
    var steps = 0
    while comparable.count < judgement.times.count, steps < 2000,
      let next = ours.next(after: instant, in: zone)
    {
      #expect(next > instant, "\(text), seed \(stage.seed)")
      #expect(
        ours.previous(before: next.advanced(byMicroseconds: 1), in: zone) == next,
        "\(text), seed \(stage.seed)")
      if instant != base {
        #expect(ours.previous(before: next, in: zone) == instant, "\(text), seed \(stage.seed)")
      }
      instant = next
      steps += 1
      // systemd prints whole seconds.
      let second = next.advanced(byMicroseconds: -(next.microseconds % 1_000_000))
      if isPlain(next, ours, zone) { comparable.append(second) }
    }
    // An occurrence each second uses up the steps before the hours around a change end.
    guard steps < 2000 else { return }
    let plain = judgement.times.filter { isPlain($0, ours, zone) }
    #expect(Array(comparable.prefix(plain.count)) == plain, "\(text) in \(stage.zone), seed \(stage.seed)")
  }

  /// True if no change of the clock is within three hours.
  private func isPlain(_ instant: Instant, _ expression: CalendarExpression, _ zone: Zone) -> Bool {
    let zone = expression.zone ?? zone
    let before = zone.period(at: instant.advanced(byMicroseconds: -10_800_000_000))
    return before.end > instant.microseconds + 10_800_000_000
  }
}
