import CivilTime
import Fuzzing
import Phrases
import Schedules
import ZoneRig

/// Calendar expressions, recurrence rules and content lines.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSchedules(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Input(start, count)
  let zones = TestZones.all()
  // A rule that needs a start gets one.
  guard
    let schedule = (try? Schedule(parsing: input.text, zones: zones))
      ?? (try? Schedule(parsing: input.text, start: begin, zones: zones))
  else { return 0 }
  if let expression = try? CalendarExpression(parsing: input.text, zones: zones) {
    _ = expression.explanation
  }
  let number = input.number
  let name = zoneNames[Int(number % UInt64(zoneNames.count))]
  guard let zone = try? zones.zone(named: name) else { return 0 }
  // From 1965 to 2204, beyond both ends of the years that a schedule accepts.
  let base = Instant(microseconds: Int64(number >> 8) % 7_550_000_000_000_000 - 150_000_000_000_000)
  ScheduleLaws.checkSearch(schedule, from: base, in: zone)

  for text in schedule.normalized {
    do throws(ScheduleError) {
      let again = try Schedule(parsing: text, zones: zones)
      check(again.normalized == [text], "\(text) is brought to \(again.normalized)")
      let next = (schedule.next(after: base, in: zone), again.next(after: base, in: zone))
      check(next.0 == next.1, "\(text) means something else: \(next)")
    } catch {
      check(false, "the normal form \(text) is not understood: \(error)")
    }
  }
  return 0
}

private let begin = CivilDate(year: 2026, month: 11, day: 27).flatMap {
  CivilDateTime($0, hour: 19, minute: 30)
}
.map(DateValue.local)

private let zoneNames = [
  "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca",
  "Pacific/Apia", "Asia/Kathmandu", "Europe/Dublin",
]
