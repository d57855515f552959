import CivilTime
import Fuzzing
import Phrases
import Schedules
import ZoneRig

/// Plain words: each translation is a valid schedule.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPlainWords(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Input(start, count)
  let text = input.text
  let zones = TestZones.all()
  guard let zone = try? zones.zone(named: "Europe/Berlin") else { return 0 }
  // In this century, as far as a clock can be expected to go.
  let now = Instant(seconds: Int64(input.number % 3_000_000_000) + 946_684_800)
  if let moment = try? PlainWords.moment(from: text, now: now, in: zone), case .instant(let instant) = moment
  {
    check(instant > now, "a time ahead is at \(instant) of \(now)")
  }
  if let past = try? PlainWords.past(from: text, now: now, in: zone) {
    check(past <= now, "a time past is at \(past) of \(now)")
  }
  let translations: [String]
  do throws(ScheduleError) {
    translations = try PlainWords.schedules(from: text, now: now, in: zone)
  } catch {
    let isInside = 0 <= error.range.lowerBound && error.range.upperBound <= text.utf8.count
    check(isInside, "the error is at \(error.range) of \(text.utf8.count)")
    return 0
  }
  // Text that is no translation comes back unchanged, and is checked where it is read.
  for translation in translations where !text.contains(translation) {
    do throws(ScheduleError) {
      let schedule = try Schedule(parsing: translation, zones: zones)
      ScheduleLaws.checkSearch(schedule, from: now, in: zone)
    } catch {
      check(false, "the translation \(translation) is not understood: \(error)")
    }
  }
  return 0
}
