import CivilTime
import Dispatch

/// Makes little of what is long past, once a day: a few rows at a time, so that a reminder never waits for it. There is
/// no timer for the day: the first event after it will do.
final class Compaction {
  /// Does one batch; returns whether there may be more.
  var batch: () -> Bool = { false }

  private static let day: Int64 = 86_400_000_000
  private var last: Instant?
  private var isRunning = false

  /// Begins soon, where a day has passed since the last time, or the clock was set back.
  func startWhenDue(at now: Instant) {
    if let last, (0..<Self.day).contains(now.microseconds - last.microseconds) { return }
    last = now
    guard !isRunning else { return }
    isRunning = true
    step(after: .seconds(2))
  }

  private func step(after pause: DispatchTimeInterval) {
    DispatchQueue.main.asyncAfter(deadline: .now() + pause) { [weak self] in
      guard let self else { return }
      if batch() { step(after: .milliseconds(20)) } else { isRunning = false }
    }
  }
}
