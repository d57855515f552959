import Dispatch

/// A timer for further tries, at longer and longer intervals: 1 s, 2 s, and so on, at most 5 min.
final class Retry {
  /// Called for each try.
  var onTime: () -> Void = {}

  private static let longest = 300
  private var timer: (any DispatchSourceTimer)?
  private var seconds = 1

  /// Sets the timer after a failure, unless it is set already.
  func begin() {
    guard timer == nil else { return }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + .seconds(seconds), leeway: .milliseconds(100))
    timer.setEventHandler { [unowned self] in
      self.timer = nil
      seconds = min(seconds * 2, Self.longest)
      onTime()
    }
    timer.activate()
    self.timer = timer
  }

  /// Cancels the timer after a success. The next failure begins with the shortest interval.
  func end() {
    timer?.cancel()
    timer = nil
    seconds = 1
  }
}
