import Desktop
import Dispatch

/// Reports to the service manager that the main queue is alive, if the manager wants that (`WatchdogSec=`,
/// sd_watchdog_enabled(3)). The reports come from the queue that does all the work: they stop if it hangs.
final class Watchdog {
  private let timer: any DispatchSourceTimer

  /// Nil if the service manager wants no reports.
  init?(_ manager: ServiceManager) {
    guard let interval = manager.watchdogInterval else { return nil }
    timer = DispatchSource.makeTimerSource(queue: .main)
    let milliseconds = Int(interval / .milliseconds(2))
    timer.schedule(deadline: .now(), repeating: .milliseconds(max(milliseconds, 1)))
    timer.setEventHandler { try? manager.feedWatchdog() }
    timer.activate()
  }
}
