import CivilTime
import DesktopRig
import Schedules
import SystemZones
import Testing

/// `systemd-analyze calendar` as the judge, on expressions made at random.
@Suite("Calendar expressions, as systemd understands them")
struct SystemdTests {
  static let seed: UInt64 = 252

  struct Stage: Sendable, CustomTestStringConvertible {
    let zone: String
    let base: String
    let seed: UInt64
    var testDescription: String { "\(zone) from \(base), seed \(seed)" }
  }

  /// Days on which clocks or calendars do something.
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

  @Test("The same normal form and the same times, but for what clocks skip or show twice", arguments: stages)
  func agrees(stage: Stage) async throws {
    var random = ExpressionGenerator(seed: stage.seed)
    let texts = (0..<110).map { _ in random.expression() }
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

  /// Where systemd and the product's rule must say the same: all but local times in a gap, which systemd leaves out, and
  /// in a fold, of which it may take the second.
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
      // It prints whole seconds.
      let second = next.advanced(byMicroseconds: -(next.microseconds % 1_000_000))
      if isPlain(next, ours, zone) { comparable.append(second) }
    }
    // What comes each second fills the steps before the hours around a change are over.
    guard steps < 2000 else { return }
    let plain = judgement.times.filter { isPlain($0, ours, zone) }
    #expect(Array(comparable.prefix(plain.count)) == plain, "\(text) in \(stage.zone), seed \(stage.seed)")
  }

  /// Whether no change of the clock is near: three hours on either side.
  private func isPlain(_ instant: Instant, _ expression: CalendarExpression, _ zone: Zone) -> Bool {
    let zone = expression.zone ?? zone
    let before = zone.period(at: instant.advanced(byMicroseconds: -10_800_000_000))
    return before.end > instant.microseconds + 10_800_000_000
  }
}

/// What systemd says of an expression.
struct Judgement {
  let normalized: String
  let times: [Instant]

  enum Verdict {
    case understood(Judgement)
    case refused
    case none
  }

  static func of(_ texts: [String], zone: String, base: String) async throws -> [Verdict] {
    let program = try find("systemd-analyze", package: "systemd")
    let output = try await ChildProcess.run(
      program, ["calendar", "--iterations=6", "--base-time=\(base)"] + texts,
      environment: ["TZ": zone, "LANG": "C.UTF-8", "PATH": searchPath, "SYSTEMD_COLORS": "0"])
    var judged: [String: Judgement] = [:]
    var original = ""
    var key = ""
    var form = ""
    var times: [Instant] = []
    for line in output.output.split(separator: "\n", omittingEmptySubsequences: false) {
      let parts = line.split(separator: ":", maxSplits: 1).map { String($0.drop { $0 == " " }) }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "Original form": original = parts[1]
      // What is in its normal form already has no other line.
      case "Normalized form":
        (key, form, times) = (original.isEmpty ? parts[1] : original, parts[1], [])
        original = ""
      case "(in UTC)" where !times.isEmpty: times[times.count - 1] = try instant(parts[1])
      case "Next elapse": if parts[1] != "never" { times.append(try instant(parts[1])) }
      default: if parts[0].hasPrefix("Iter") { times.append(try instant(parts[1])) }
      }
      if !form.isEmpty { judged[key] = Judgement(normalized: form, times: times) }
    }
    // Where it fails by itself, it is no judge: "Infinite loop in calendar calculation", near a change of the clock.
    let unjudged = Set(texts.filter { output.errors.contains("determine next elapse for '\($0)'") })
    return texts.map { unjudged.contains($0) ? .none : judged[$0].map { .understood($0) } ?? .refused }
  }

  /// `Fri 2026-11-27 07:05:00 UTC`; in another zone it has no meaning here, and the line after it says it in UTC.
  private static func instant(_ text: String) throws -> Instant {
    let words = text.split(separator: " ")
    try #require(words.count == 4, "a timestamp of systemd-analyze: \(text)")
    return try #require(Instant(parsing: "\(words[1])T\(words[2])Z", in: .utc))
  }
}
