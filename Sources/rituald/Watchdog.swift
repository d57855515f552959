import Desktop
import Dispatch

/// Tells the service manager that the main queue turns, where it asks for that (`WatchdogSec=`,
/// sd_watchdog_enabled(3)). Feeding from the queue that does all the work is the point: a queue that hangs starves it.
final class Watchdog {
  private let timer: any DispatchSourceTimer

  /// Nil where nobody watches.
  init?(_ manager: ServiceManager) {
    guard let interval = manager.watchdogInterval else { return nil }
    timer = DispatchSource.makeTimerSource(queue: .main)
    let milliseconds = Int(interval / .milliseconds(2))
    timer.schedule(deadline: .now(), repeating: .milliseconds(max(milliseconds, 1)))
    timer.setEventHandler { try? manager.feedWatchdog() }
    timer.activate()
  }
}
