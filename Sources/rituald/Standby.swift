import Control
import Desktop
import Dispatch
import Glibc
import Logging
import Varlink

/// Stands in for a daemon that cannot work, for a reason that the user or time can mend: for example a
/// journal of a later version. It answers every call with the reason, and tries to start the daemon until
/// that succeeds.
///
/// If the process ended instead, the service manager would start it again for each call, until it gives up
/// for good, and only the log would have the reason.
final class Standby {
  /// Called to try to start the daemon.
  var onTry: () -> Void = {}

  private static let pause = DispatchTimeInterval.seconds(5)

  private let service: VarlinkService
  private let log: Logger
  private let report: ServiceReport
  private let timer: any DispatchSourceTimer
  private var reason: String?

  init(_ service: VarlinkService, _ signals: Signals, log: Logger) {
    self.service = service
    self.log = log
    report = ServiceReport(log)
    timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + Self.pause, repeating: Self.pause, leeway: .milliseconds(500))
    timer.setEventHandler { [unowned self] in onTry() }
    timer.activate()
    signals.onReload = { [unowned self] in onTry() }
    signals.onStop = { [unowned self] in stop() }
    signals.start()
  }

  isolated deinit { timer.cancel() }

  /// Answers every call with `reason` from now on. A reason that stays the same is logged once.
  func refuse(_ reason: String) {
    guard reason != self.reason else { return }
    self.reason = reason
    service.refusal = NotWorking(reason: reason)
    log.critical("\(reason)", metadata: ["event": "not-working"])
    report.ready(reason)
  }

  private func stop() -> Never {
    report.stopping()
    // Not exit(3): see `Daemon.end`.
    _exit(EXIT_SUCCESS)
  }
}
