import CivilTime
import Glibc
import ICalendar
import Schedules
import Testing

@Suite("Hostile calendar files")
struct BoundsTests {
  private func refusal(_ bytes: [UInt8]) throws -> String {
    let error = try #require(throws: ICalendarError.self) {
      try CalendarFile(parsing: bytes, zones: calendarZones())
    }
    return error.reason
  }

  @Test("More than 1 MiB, and nesting more than 16 deep, are refused")
  func sizes() throws {
    #expect(try refusal(Array(repeating: 65, count: (1 << 20) + 1)).contains("1 MiB"))
    let deep = String(repeating: "BEGIN:VCALENDAR\n", count: 60_000)
    #expect(try refusal(Array(deep.utf8)).contains("16 deep"))
    let fits = String(repeating: "BEGIN:X\n", count: 15) + String(repeating: "END:X\n", count: 15)
    #expect(try CalendarFile(parsing: Samples.file(fits), zones: calendarZones()).series.isEmpty)
  }

  @Test("A line that nothing reads may be long, but one that is parsed may not")
  func lines() throws {
    let long = String(repeating: "x", count: 300_000)
    let bytes = Samples.event("DTSTART:20261127T100000\nATTACH:\(long)")
    #expect(try rituals(bytes).count == 1)
    #expect(try CalendarText(parsing: bytes).bytes == bytes)
    let file = try CalendarFile(
      parsing: Samples.event("DTSTART:20261127T100000\nSUMMARY:\(long)"), zones: calendarZones())
    #expect(file.notes.map(\.reason) == ["SUMMARY is longer than 64 KiB"])
    let dates = Array(repeating: "20261127T100000", count: 2001).joined(separator: ",")
    let many = try CalendarFile(
      parsing: Samples.event("DTSTART:20261127T100000\nEXDATE:\(dates)"), zones: calendarZones())
    #expect(many.notes.map(\.reason) == ["there are more than 2000 dates"])
  }

  @Test("Bytes that are not UTF-8 stay in the file, and are refused in a property that is read")
  func encoding() throws {
    var bytes = Samples.event("DTSTART:20261127T100000\nX-RAW:~~\nCOMMENT:~~")
    bytes = bytes.map { $0 == UInt8(ascii: "~") ? 0xff : $0 }
    #expect(try rituals(bytes).count == 1)
    #expect(try CalendarText(parsing: bytes).bytes == bytes)
    let summary = Samples.event("DTSTART:20261127T100000\nSUMMARY:~").map {
      $0 == UInt8(ascii: "~") ? 0xff : $0
    }
    let file = try CalendarFile(parsing: summary, zones: calendarZones())
    #expect(file.notes.map(\.reason) == ["SUMMARY is not UTF-8"])
  }

  /// Rules that are short to write and long to search.
  static let hostile = [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=999999999",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=5000",
    "FREQ=HOURLY;INTERVAL=999999;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366,-366", "FREQ=DAILY;BYMONTHDAY=31;BYMONTH=4",
    "FREQ=YEARLY;BYYEARDAY=366;BYDAY=SU;COUNT=5000", "FREQ=DAILY;COUNT=5000",
  ]

  @Test("A hostile rule costs little", arguments: hostile)
  func rules(rule: String) throws {
    let bytes = Samples.event("DTSTART:20261127T100000\nRRULE:\(rule)")
    let begin = processorTime()
    for _ in 0..<10 {
      for ritual in try rituals(bytes) {
        _ = ritual.schedule.next(after: Instant(seconds: 1_900_000_000), in: .utc)
      }
    }
    let taken = processorTime() - begin
    // The bound is for a debug build; a release takes a thousandth of a second.
    #expect(taken < .seconds(2), "\(taken) for ten")
  }

  /// The processor time of this thread: a clock has the work of other tests and programs, too.
  private func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
