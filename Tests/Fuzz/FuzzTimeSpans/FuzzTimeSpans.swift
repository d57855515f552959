import Fuzzing
import Schedules

/// Lengths of time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTimeSpans(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let span = try? TimeSpan(parsing: Input(start, count).text) else { return 0 }
  let text = span.description
  do throws(ScheduleError) {
    let again = try TimeSpan(parsing: text)
    check(again == span, "\(text) is \(again.microseconds), not \(span.microseconds)")
  } catch {
    check(false, "\(text) is not understood: \(error)")
  }
  return 0
}
