import CivilTime
import Fuzzing
import Rituals
import Schedules
import Settings
import ZoneRig

/// Configurations: every mistake has a place in the file, the understood schedules can be followed, and an
/// earlier good configuration outlives the present one's mistakes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSettings(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Input(start, count)
  let zones = TestZones.all()
  let file = (path: "ritual.toml", bytes: Array(input.bytes))
  let loaded = Settings.load(files: [file], zones: zones)
  for problem in loaded.problems {
    check(problem.line >= 0 && problem.column >= 0, "a mistake at \(problem.line):\(problem.column)")
  }
  let from = Instant(seconds: 1_795_000_000)
  for ritual in loaded.configuration.rituals.prefix(20) {
    guard let next = ritual.schedule.next(after: from, in: .utc) else { continue }
    check(next > from, "\(next) is not after \(from)")
  }
  let after = Settings.load(files: [file], zones: zones, after: loaded.configuration)
  check(
    after.configuration.rituals.map(\.id) == loaded.configuration.rituals.map(\.id),
    "the same file has other rituals when it is read again")
  return 0
}
