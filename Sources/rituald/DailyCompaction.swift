import CivilTime
import Dispatch

/// Runs the journal's compaction once a day, in small batches, so that reminders do not wait for it. It has
/// no timer: the first event after a day starts it.
final class DailyCompaction {
  /// Compacts one batch. Returns true if there may be more.
  var batch: () -> Bool = { false }

  private static let day: Int64 = 86_400_000_000
  private var last: Instant?
  private var isRunning = false

  /// Starts if a day has passed since the last start, or if the clock was set back.
  func startIfDue(at now: Instant) {
    if let last, (0..<Self.day).contains(now.microseconds - last.microseconds) { return }
    last = now
    guard !isRunning else { return }
    isRunning = true
    runBatch(after: .seconds(2))
  }

  private func runBatch(after pause: DispatchTimeInterval) {
    DispatchQueue.main.asyncAfter(deadline: .now() + pause) { [weak self] in
      guard let self else { return }
      if batch() { runBatch(after: .milliseconds(20)) } else { isRunning = false }
    }
  }
}
