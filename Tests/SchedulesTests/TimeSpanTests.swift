import DesktopRig
import ScheduleRig
import Schedules
import Testing

@Suite("Time spans")
struct TimeSpanTests {
  @Test(
    "They are parsed, and written as systemd does",
    arguments: [
      ("1h 30min", 5_400_000_000, "1h 30min"),
      ("90s", 90_000_000, "1min 30s"),
      ("2d", 172_800_000_000, "2d"), ("1.5h", 5_400_000_000, "1h 30min"),
      ("2 weeks", 1_209_600_000_000, "2w"),
      ("1h30m", 5_400_000_000, "1h 30min"), ("100ms 5us", 100_005, "100.005ms"), ("0", 0, "0"),
      ("1month", 2_629_800_000_000, "1month"), ("1500ms", 1_500_000, "1.500000s"),
      // The micro sign and the Greek letter.
      ("7\u{b5}s", 7, "7us"), ("7\u{3bc}s", 7, "7us"),
    ] as [(String, Int64, String)])
  func understood(text: String, microseconds: Int64, written: String) throws {
    let span = try TimeSpan(parsing: text)
    #expect(span.microseconds == microseconds)
    #expect(span.description == written)
    #expect(try TimeSpan(parsing: written) == span)
  }

  @Test(
    "Refused, with its place",
    arguments: [
      ("", 0), ("h", 0), ("10 parsecs", 3), ("-5m", 0), ("99999999999y", 0), ("1h ,", 3), ("22:30", 2),
      ("30M", 2),
    ])
  func refused(text: String, position: Int) {
    let error = #expect(throws: ScheduleError.self) { try TimeSpan(parsing: text) }
    #expect(error?.range.lowerBound == position)
  }

  @Test(
    "A number without its unit is refused, with what is meant",
    arguments: [
      ("20", 2, "\"20m\" for minutes, \"20h\" for hours"), ("1h30", 4, "\"1h30min\""),
      ("2h 15", 5, "\"2h 15min\""), ("1d 2", 4, "\"1d 2h\""), ("1min 30 2h", 8, "\"1min 30s\""),
      ("1y 2", 4, "\"1y 2month\""), ("1.5", 3, "\"1.5m\" for minutes, \"1.5h\" for hours"),
      ("00", 2, "\"00m\" for minutes, \"00h\" for hours"),
    ])
  func unitMissing(text: String, position: Int, accepted: String) {
    let error = #expect(throws: ScheduleError.self) { try TimeSpan(parsing: text) }
    #expect(error?.reason == "a unit is missing" && error?.accepted == accepted)
    #expect(error?.range.lowerBound == position)
  }

  @Test("Random ones are written as systemd does", arguments: UInt64(1)...3)
  func differential(seed: UInt64) async throws {
    var generator = ExpressionGenerator(seed: seed)
    let spans = (0..<60).map { _ in
      let digits = Int.random(in: 1...15, using: &generator)
      return TimeSpan(
        microseconds: Int64(
          (0..<digits).reduce(0) { sum, _ in sum * 10 + Int.random(in: 0...9, using: &generator) }))
    }
    let output = try await ChildProcess.run(
      "/usr/bin/systemd-analyze", ["timespan"] + spans.map { "\($0.microseconds)us" },
      environment: ["LANG": "C.UTF-8"])
    let written = output.output.split(separator: "\n").filter { $0.hasPrefix("   Human: ") }.map {
      $0.dropFirst(10)
    }
    #expect(written.count == spans.count, "seed \(seed)")
    for (span, text) in zip(spans, written) {
      #expect(span.description == text, "seed \(seed): \(span.microseconds) us")
      #expect(try TimeSpan(parsing: String(text)) == span)
    }
  }
}
