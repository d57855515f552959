import CivilTime
import Fuzzing
import ICalendar
import Schedules
import ZoneRig

/// Calendar files: written back byte for byte, and the understood schedules can be followed.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCalendars(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Input(start, count)
  let bytes = Array(input.bytes)
  let zones = CalendarZones(TestZones.all(), year: 2026)
  guard var text = try? CalendarText(parsing: bytes) else { return 0 }
  check(text.bytes == bytes, "it is not given back as it was")
  guard let file = try? CalendarFile(parsing: bytes, zones: zones) else { return 0 }
  let from = Instant(seconds: 1_795_000_000)
  for series in file.series.prefix(20) {
    guard let rituals = try? series.rituals(zones: zones) else { continue }
    for ritual in rituals.prefix(5) {
      check(
        !ritual.title.isEmpty && ritual.title.unicodeScalars.count <= 200, "a title of no or too many letters"
      )
      check(!ritual.title.unicodeScalars.contains { $0.value < 0x20 }, "a control character in a title")
      var point = from
      for _ in 0..<4 {
        guard let next = ritual.schedule.next(after: point, in: .utc) else { break }
        check(next > point, "\(next) is not after \(point)")
        point = next
      }
    }
    let known = series.acknowledged
    let isWritten = text.acknowledge(series.uid, at: from)
    guard isWritten else { continue }
    guard let again = try? CalendarFile(parsing: text.bytes, zones: zones) else {
      check(false, "what was written cannot be read")
      continue
    }
    guard let found = again.series.first(where: { $0.uid == series.uid }) else { continue }
    check((found.acknowledged ?? from) >= max(known ?? from, from), "an answer was lost")
  }
  return 0
}
