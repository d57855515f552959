import CivilTime
import Fuzzing
import Schedules

/// Zone files; and rules as in `TZ`, for input that does not begin like a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzZones(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Input(start, count)
  let zone: Zone?
  if input.bytes.starts(with: "TZif".utf8) {
    zone = try? Zone(name: "Fuzz", tzif: Array(input.bytes))
  } else {
    zone = Zone(posix: input.text)
  }
  guard let zone else { return 0 }
  let chosen = Int64(truncatingIfNeeded: input.number)
  for microseconds in [
    .min, .min + 1, chosen, chosen >> 10, -62_135_596_800_000_000, -1, 0, 1_795_763_100_000_000,
    1_743_296_400_000_000, 2_147_483_647_000_000, 7_258_118_400_000_000, .max - 1, .max,
  ] {
    let instant = Instant(microseconds: microseconds)
    let local = zone.local(at: instant)
    let period = zone.period(at: instant)
    // At the ends of an instant's range, the wall clock shows times that no instant reaches.
    guard microseconds.magnitude < 1 << 60 else { continue }
    _ = zone.resolve(local.civil)
    check(
      period.start <= microseconds && microseconds < period.end,
      "\(microseconds) is not in its period, \(period.start) to \(period.end)")
  }
  for schedule in schedules {
    ScheduleLaws.checkSearch(schedule, from: Instant(seconds: 1_795_763_100), in: zone, isInhabited: false)
    ScheduleLaws.checkSearch(
      schedule, from: Instant(microseconds: chosen >> 10), in: zone, isInhabited: false)
  }
  return 0
}

/// A frequent and a rare one, so that the search meets both a change of the clock and a far jump.
private let schedules = ["*:0/30", "Sun 02:30", "*-02-29 02:30"].compactMap {
  try? Schedule(parsing: $0, zones: NoZones())
}

private struct NoZones: ZoneSource {
  func zone(named name: String) throws(ZoneError) -> Zone { throw .unknown(name: name) }
}
