import Schedules
import Testing

@Suite("Time spans")
struct TimeSpanTests {
  @Test(
    "Read, and written as systemd writes it",
    arguments: [
      ("1h 30min", 5_400_000_000, "1h 30min"), ("90", 90_000_000, "1min 30s"),
      ("90s", 90_000_000, "1min 30s"),
      ("2d", 172_800_000_000, "2d"), ("1.5h", 5_400_000_000, "1h 30min"),
      ("2 weeks", 1_209_600_000_000, "2w"),
      ("1h30m", 5_400_000_000, "1h 30min"), ("100ms 5us", 100_005, "100ms 5us"), ("0", 0, "0"),
      ("1M", 2_629_800_000_000, "1month"),
    ] as [(String, Int64, String)])
  func understood(text: String, microseconds: Int64, written: String) throws {
    let span = try TimeSpan(parsing: text)
    #expect(span.microseconds == microseconds)
    #expect(span.description == written)
    #expect(try TimeSpan(parsing: written) == span)
  }

  @Test(
    "Refused, with its place",
    arguments: [("", 0), ("h", 0), ("10 parsecs", 3), ("-5m", 0), ("99999999999y", 0), ("1h ,", 3)])
  func refused(text: String, position: Int) {
    let error = #expect(throws: ScheduleError.self) { try TimeSpan(parsing: text) }
    #expect(error?.range.lowerBound == position)
  }
}
