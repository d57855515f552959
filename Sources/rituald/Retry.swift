import Dispatch

/// Another try after a while, and a longer while after each: 1 s, doubled, at most 5 min.
final class Retry {
  /// It is time to try again.
  var onTime: () -> Void = {}

  private static let longest = 300
  private var timer: (any DispatchSourceTimer)?
  private var seconds = 1

  /// Something failed: there will be another try, unless one is on its way already.
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

  /// It succeeded: the next failure begins with the shortest wait.
  func end() {
    timer?.cancel()
    timer = nil
    seconds = 1
  }
}
